"""One case of fuzzing: what a format does with a content, there and back."""

from opensafe.formats.budget import Budget, Meter
from opensafe.formats.content import CannotReencode, Content, Format, Unpacked
from opensafe.formats.registry import formats_of
from opensafe.model.edit import Edit

BUDGET = Budget(max_part_bytes=16 * 1024 * 1024, max_total_bytes=64 * 1024 * 1024)


def exercise(form: Format, data: bytes) -> bool:
    """Opens `data` and changes the first thing in it. False where the format does not recognise it.

    Whatever a format raises, but for CannotReencode on the way back, is a defect.
    """
    content = Content.of(data)
    if form not in formats_of(content):
        return False
    meter = Meter(BUDGET)
    found = [
        item for item in form.unpack(content, meter) if isinstance(item, Unpacked) and meter.admits(len(item.data))
    ]
    for item in found[:1]:
        try:
            form.translate(content, {item.label: [Edit(0, min(1, len(item.data)), b"x")]})
        except CannotReencode:
            continue
    return True

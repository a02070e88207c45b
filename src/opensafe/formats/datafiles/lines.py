"""Values as text, one a line, within a budget."""

from collections.abc import Iterable, Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Unpacked
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role


def value_lines(
    label: str, values: Iterable[bytes], meter: Meter, role: Role = Role.TEXT
) -> Iterator[Unpacked | Unread]:
    """The values under this label, nothing where there are none; unread where they are over the budget.

    A value may hold breaks of its own, as a key in PEM does. What `values` raises is not caught.
    """
    lines: list[bytes] = []
    room = meter.limit
    for value in values:
        room -= len(value) + 1
        if room < 0:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
            return
        lines.append(value)
    if lines:
        yield Unpacked(label, b"\n".join(lines) + b"\n", role, is_text=True)

"""Whether a find stands in raw bytes that look like text by chance: fonts, pictures and models are full of them."""

from opensafe.model.expressions import expression
from opensafe.model.specimen import Role, Specimen

_NO_TEXT = expression(rb"[^\t\r\n\x20-\x7e]")
_AROUND = 24  # bytes to each side that tell text from other bytes
_ODD_SHARE = 5  # one odd byte in so many is too many
RAW = "stands among bytes that are no text"


def is_among_raw_bytes(specimen: Specimen, start: int, end: int) -> bool:
    """Whether what lies from `start` to `end` of a binary content has no text around it."""
    if specimen.role is not Role.BINARY:
        return False
    around = specimen.data[max(0, start - _AROUND) : end + _AROUND]
    return len(_NO_TEXT.findall(around)) * _ODD_SHARE > len(around)

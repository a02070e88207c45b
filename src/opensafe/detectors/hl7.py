"""Segments of HL7 version 2: fields between bars, repeats between tildes, components between carets."""

from collections.abc import Iterator

from opensafe.detectors.grids import Cell
from opensafe.model.expressions import expression

_SEGMENT = expression(rb"(?:\A|[\r\n\x0b\"'>])(?P<kind>[A-Z][A-Z0-9]{2})\|(?P<fields>[^\r\n\"]{1,8000})")
TRIGGERS = (rb"(?:PID|NK1|PV1|PD1|OBR|ORC|ROL|GT1|IN1)\|",)
"""What the segments that name people begin with."""


def segments(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, list[Cell]]]:
    """The name of each segment, and its fields from the first one on (`fields[4]` is PID-5 of a PID)."""
    for found in _SEGMENT.finditer(data, max(0, start - 1), end):
        yield found["kind"], list(_parts(data, found.span("fields"), b"|"))


def components(data: bytes, field: Cell) -> Iterator[list[Cell]]:
    """The components of each repeat of a field."""
    for repeat in _parts(data, field, b"~"):
        yield list(_parts(data, repeat, b"^"))


def _parts(data: bytes, span: Cell, mark: bytes) -> Iterator[Cell]:
    at = span[0]
    for piece in data[slice(*span)].split(mark):
        yield at, at + len(piece)
        at += len(piece) + 1

"""Changes of bytes at exact spans."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace bytes `start` to `end` (exclusive) by `replacement`."""

    start: int
    end: int
    replacement: bytes


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted and free of overlaps: of two that overlap the longer stays and grows over both (longest first).

    The union of overlapping spans is replaced, so that no byte that any edit covers is left.
    """
    merged: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, -e.end, e.replacement)):
        if merged and edit.start < merged[-1].end:
            last = merged[-1]
            longer = last if last.end - last.start >= edit.end - edit.start else edit
            merged[-1] = Edit(last.start, max(last.end, edit.end), longer.replacement)
        else:
            merged.append(edit)
    return merged


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with all edits made; overlapping edits are merged first."""
    pieces: list[bytes] = []
    at = 0
    for edit in without_overlaps(edits):
        pieces += [data[at : edit.start], edit.replacement]
        at = edit.end
    return b"".join([*pieces, data[at:]])

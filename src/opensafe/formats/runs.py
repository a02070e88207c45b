"""A map from decoded text to the bytes that it came from, and edits sent back through it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from opensafe.formats.content import CannotReencode
from opensafe.model.edit import Edit, without_overlaps

_CONTINUED = bytes(range(0x80, 0xC0))


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes `at` to `at + size` of the text stand at `raw_at` to `raw_at + raw_size` of the parent.

    Runs of equal size correspond byte by byte; others (an escape) are changed as a whole or not at all. Text
    that no run covers (a line break between two cells, say) was made by the decoder and has no way back.
    """

    at: int
    size: int
    raw_at: int
    raw_size: int

    @property
    def is_linear(self) -> bool:
        return self.size == self.raw_size

    def raw(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the text from `start` to `end`, which touches this run, stands; None within an escape."""
        low, high = max(start, self.at), min(end, self.at + self.size)
        if self.is_linear:
            return self.raw_at + low - self.at, self.raw_at + high - self.at
        if (low, high) == (self.at, self.at + self.size):
            return self.raw_at, self.raw_at + self.raw_size
        if low == high:
            edge = self.raw_at if low == self.at else self.raw_at + self.raw_size
            return (edge, edge) if low in {self.at, self.at + self.size} else None
        return None


def translate(
    text: bytes, runs: Sequence[Run], edits: Iterable[Edit], escape: Callable[[bytes], bytes], label: str
) -> list[Edit]:
    """The same edits in the parent. A span over several runs is replaced in the first, removed from the others.

    `escape` writes a replacement as the parent writes text. Raises CannotReencode where a span begins or ends
    within a character or an escape, or covers what the decoder made.
    """
    translated: list[Edit] = []
    for edit in without_overlaps(edits):
        check_characters(text, edit, label)
        pieces = _joined(_raw_spans(runs, edit, label))
        replacements = [escape(edit.replacement), *[b""] * (len(pieces) - 1)]
        translated += [Edit(start, end, new) for (start, end), new in zip(pieces, replacements, strict=True)]
    return translated


def check_characters(text: bytes, edit: Edit, label: str) -> None:
    """Raises CannotReencode for a span that lies outside or cuts a character, and for a replacement that is no text."""
    if not 0 <= edit.start <= edit.end <= len(text):
        raise CannotReencode((label,), "a span lies outside the text")
    if any(_is_within_character(text, at) for at in (edit.start, edit.end)):
        raise CannotReencode((label,), "a span begins or ends within a character")
    try:
        edit.replacement.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotReencode((label,), "the replacement is not text") from None


def _is_within_character(text: bytes, at: int) -> bool:
    """Bytes 80 to BF continue a character only behind a lead byte of UTF-8: other encodings have them alone."""
    if at >= len(text) or text[at] not in _CONTINUED:
        return False
    for back in range(1, min(at, 3) + 1):
        lead = text[at - back]
        if lead not in _CONTINUED:
            return back <= (lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0)  # noqa: PLR2004 - lead bytes of 2, 3, 4
    return False


def _raw_spans(runs: Sequence[Run], edit: Edit, label: str) -> list[tuple[int, int]]:
    if edit.start == edit.end:
        touched = [run for run in runs if run.at <= edit.start <= run.at + run.size][:1]
    else:
        touched = [run for run in runs if run.at < edit.end and edit.start < run.at + run.size]
    spans = [span for run in touched if (span := run.raw(edit.start, edit.end)) is not None]
    covered = sum(min(edit.end, run.at + run.size) - max(edit.start, run.at) for run in touched)
    if not spans or len(spans) != len(touched) or covered != edit.end - edit.start:
        raise CannotReencode((label,), "a span covers text that the decoder made, or part of an escape")
    return spans


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = spans[:1]
    for start, end in spans[1:]:
        if joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined

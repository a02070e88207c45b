"""Compares the files that had to change, inside: only what was decided is different."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opensafe.formats.decode import Part, decode
from opensafe.formats.fitting import fitted
from opensafe.formats.notebook import goes_with_outputs, strip_outputs
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, SpanEdit
from opensafe.model.specimen import Role
from opensafe.proof.trees import ChangedBlob


@dataclass(frozen=True, slots=True)
class BlobFigures:
    """Changed files that were compared inside, those that are not as decided, and blobs whose file went instead."""

    compared: int
    wrong: int
    given_up: int


def compare_blobs(
    source: ObjectView, result: ObjectView, changed: Iterable[ChangedBlob], paths: Mapping[Oid, bytes]
) -> BlobFigures:
    """Read both sides of every changed file. A file that went must be one that could not be changed inside."""
    pairs = sorted(changed, key=lambda pair: (pair.old, pair.new or ""))
    wrong = 0
    with ObjectReader(source) as before, ObjectReader(result) as after:
        for pair in pairs:
            old = before.read(pair.old)
            new = None if pair.new is None else after.read(pair.new)
            wrong += not _agree(old, new, pair.changes, paths.get(pair.old, b""))
    return BlobFigures(len(pairs), wrong, len({pair.old for pair in pairs if pair.new is None}))


def _agree(old: object, new: object, changes: Sequence[BlobChange], path: bytes) -> bool:
    if not isinstance(old, RawObject):
        return new is None
    strips = any(change.strip_outputs for change in changes)
    asked = dict.fromkeys(edit for change in changes for edit in change.edits)
    edits = fitted(old.data, [edit for edit in asked if not (strips and goes_with_outputs(edit.via))])
    expected = _expected(old.data, edits, path, strips=strips)
    if expected is None or not isinstance(new, RawObject):
        return expected is None and new is None
    return new.data == expected and _parts_agree(old.data, new.data, edits, path, strips=strips)


def _expected(data: bytes, edits: Sequence[SpanEdit], path: bytes, *, strips: bool) -> bytes | None:
    """The content as decided, `None` where that cannot be done inside the file."""
    try:
        edited = rewrite(data, edits, path)
    except CannotReencode:
        return None
    if not any(edit.via for edit in edits):
        edited = _at_spans(data, edits, ())  # the bytes themselves say what must stand there
    if not strips:
        return edited
    stripped = strip_outputs(edited)
    is_notebook = any(part.role is Role.SOURCE for part in decode(edited, path).parts)
    return stripped or (edited if is_notebook else None)


def _at_spans(data: bytes, edits: Sequence[SpanEdit], via: tuple[str, ...]) -> bytes:
    return apply_edits(data, [Edit(e.start, e.end, e.replacement) for e in edits if e.via == via])


def _parts_agree(old: bytes, new: bytes, edits: Sequence[SpanEdit], path: bytes, *, strips: bool) -> bool:
    """Decoded: every part that no edit reaches is still there, and the edited ones hold exactly their edits.

    Compared by content and not by `via`: places of escaped runs are offsets, which move. A part that stands in
    another with edits of its own may be gone with them: the bytes of the whole file tell (`_agree`).
    """
    edited = {edit.via for edit in edits}
    if not strips and edited <= {()}:
        return True
    wanted: Counter[bytes] = Counter()
    for part in decode(old, path).parts:
        if strips and part.role is not Role.SOURCE:
            continue
        if not _is_near(part, edited):
            wanted[part.data] += 1
        elif part.via in edited and not _has_edits_around(part.via, edited):
            wanted[_at_spans(part.data, edits, part.via)] += 1
    return not wanted - Counter(part.data for part in decode(new, path).parts)


def _is_near(part: Part, edited: set[tuple[str, ...]]) -> bool:
    """Whether an edit is made in the part, above it or below it."""
    return any(via[: len(part.via)] == part.via or part.via[: len(via)] == via for via in edited)


def _has_edits_around(via: tuple[str, ...], edited: set[tuple[str, ...]]) -> bool:
    """Whether an edit is made above or below the part as well."""
    return any(other != via and (other[: len(via)] == via or via[: len(other)] == other) for other in edited)

"""Changes at spans of decoded contents, made in the file itself: the way back of `decode`."""

from collections.abc import Sequence

from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Format, Unpacked
from opensafe.formats.fitting import fitted
from opensafe.formats.registry import children_of, formats_of, keeps_offsets
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.plan import SpanEdit

__all__ = ["CannotReencode", "rewrite"]


def rewrite(data: bytes, edits: Sequence[SpanEdit], path: bytes = b"") -> bytes:
    """`data` with every edit made at its span in the content that its `via` leads to; nothing else changes.

    Raises CannotReencode, with the `via` that has no way back. `path` is the file's, as `decode` was given it. A JSON
    text stays one (`fitting`).
    """
    return apply_edits(data, _edits_of(Content.of(data, path), fitted(data, edits), ())) if edits else data


def _edits_of(content: Content, edits: Sequence[SpanEdit], via: tuple[str, ...]) -> list[Edit]:
    """All edits as edits of this content: those of its children are translated by the format that opened them."""
    direct = [Edit(edit.start, edit.end, edit.replacement) for edit in edits if edit.via == via]
    if direct and keeps_offsets(content):
        raise CannotReencode(via, "its parts are found by offsets and check sums")
    if any(not 0 <= edit.start <= edit.end <= len(content.data) for edit in direct):
        raise CannotReencode(via, "a span lies outside the content")
    inner = [edit for edit in edits if edit.via != via]
    return [*direct, *_inner_edits(content, inner, via)] if inner else direct


def _inner_edits(content: Content, edits: Sequence[SpanEdit], via: tuple[str, ...]) -> list[Edit]:
    wanted = {edit.via[len(via)] for edit in edits}
    translated: list[Edit] = []
    for form in formats_of(content):
        labels = {label for label in wanted if form.owns(label)}
        if not labels:
            continue
        children = children_of(content, form, labels, Meter())
        changes = {label: _child_edits(child, edits, (*via, label)) for label, child in children.items()}
        translated += _translated(form, content, changes, via)
        wanted -= children.keys()
    if wanted:
        raise CannotReencode((*via, min(wanted)), "there is no such part")
    return translated


def _child_edits(child: Unpacked, edits: Sequence[SpanEdit], via: tuple[str, ...]) -> list[Edit]:
    return _edits_of(child.content(), [edit for edit in edits if edit.via[: len(via)] == via], via)


def _translated(form: Format, content: Content, changes: Changes, via: tuple[str, ...]) -> list[Edit]:
    try:
        return form.translate(content, changes)
    except CannotReencode as error:
        raise CannotReencode(via + error.via, error.why) from None

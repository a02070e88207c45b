"""Replacements as the syntax around them takes them: JSON stays JSON where a bare number is replaced by a word."""

import json
from collections.abc import Sequence

from opensafe.model.edit import Edit, apply_edits
from opensafe.model.expressions import expression
from opensafe.model.plan import SpanEdit

_LARGEST = 32 << 20  # bytes: a larger content is edited as it is
_BEFORE = expression(rb"[:\[,][ \t\r\n]{0,1000}\Z")
_BEHIND = expression(rb"[ \t\r\n]{0,1000}[,\]}]")
_NEAR = 1024  # bytes that are looked at on each side


def fitted(data: bytes, edits: Sequence[SpanEdit]) -> tuple[SpanEdit, ...]:
    """The same edits; in a JSON text that they would break, those of bare values put a string there instead.

    Only edits of the content itself are looked at. Fitting twice is fitting once.
    """
    direct = [edit for edit in edits if not edit.via]
    if not direct or not _is_json(data) or _is_json(_edited(data, direct)):
        return tuple(edits)
    quoted = tuple(_quoted(edit) if not edit.via and _is_bare(data, edit) else edit for edit in edits)
    return quoted if _is_json(_edited(data, [edit for edit in quoted if not edit.via])) else tuple(edits)


def _edited(data: bytes, edits: Sequence[SpanEdit]) -> bytes:
    return apply_edits(data, [Edit(edit.start, edit.end, edit.replacement) for edit in edits])


def _is_json(data: bytes) -> bool:
    if len(data) > _LARGEST or data.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_bare(data: bytes, edit: SpanEdit) -> bool:
    """Whether exactly one value without quotes stands there."""
    before = data[max(edit.start - _NEAR, 0) : edit.start]
    return bool(_BEFORE.search(before) and _BEHIND.match(data[edit.end : edit.end + _NEAR]))


def _quoted(edit: SpanEdit) -> SpanEdit:
    text = edit.replacement.decode("utf-8", "replace")
    return edit._replace(replacement=json.dumps(text, ensure_ascii=False).encode())

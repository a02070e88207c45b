"""Stands masks in the place of values, so that a text can be shown as it is and as it will be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.replacing import Replacer
from opensafe.model.edit import Edit, apply_edits, without_overlaps
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, SpanEdit
from opensafe.rewriting.content import WITHHELD, changed_content

_OWN = b"[matched by --replace-file]"


@dataclass(frozen=True, slots=True)
class Masks:
    """What to show in the place of every value of a source.

    `contents` by the id of a blob, a commit or a tag (its message), `names` by the raw path, ref or identity line.
    `unread` are objects that nobody has looked through: they cannot be masked. What the team's own rules match, which
    the case must not hold, is looked for by `rules` in whatever is shown.
    """

    contents: Mapping[Oid, tuple[SpanEdit, ...]] = field(default_factory=dict)
    names: Mapping[bytes, tuple[Edit, ...]] = field(default_factory=dict)
    unread: frozenset[Oid] = frozenset()
    rules: Replacer | None = None

    def of_content(self, oid: Oid, data: bytes, path: bytes) -> tuple[SpanEdit, ...]:
        """Every mask in a blob or a message."""
        own = self.rules.edits(data, path) if self.rules else ()
        return (*self.contents.get(oid, ()), *(edit._replace(replacement=_OWN) for edit in own))

    def of_name(self, raw: bytes) -> tuple[Edit, ...]:
        """Every mask in a path, a ref or an identity line."""
        own = self.rules.in_text(raw) if self.rules else ()
        return (*self.names.get(raw, ()), *(Edit(edit.start, edit.end, _OWN) for edit in own))


@dataclass(frozen=True, slots=True)
class Sides:
    """A content before and after, masked; `None` for a side that cannot be shown so.

    `removed`: it goes, and there is no side after. `given_up`: that is because it cannot be changed inside.
    """

    before: bytes | None = field(repr=False)
    after: bytes | None = field(repr=False)
    removed: bool = False
    given_up: bool = False


def masked_file(oid: Oid, data: bytes, change: BlobChange | None, masks: Masks, path: bytes) -> Sides:
    """A blob as it stands at `path`, and as `change` leaves it."""
    if change is not None and (change.remove or changed_content(data, change, path) is None):
        return Sides(None, None, removed=True, given_up=not change.remove)
    if oid in masks.unread:
        return Sides(None, None)
    hidden = masks.of_content(oid, data, path)
    before = _rewritten(data, hidden, path)
    if change is None:
        return Sides(before, before)
    after = changed_content(data, change._replace(edits=change.edits + _left(hidden, change.edits)), path)
    return Sides(before, after)


def masked_message(oid: Oid, message: bytes, edits: tuple[SpanEdit, ...], masks: Masks) -> Sides:
    """A message, and what the edits make of it. One that cannot be changed inside is withheld, as in the rewrite."""
    hidden = masks.of_content(oid, message, b"")
    before = _rewritten(message, hidden, b"")
    if _rewritten(message, edits, b"") is None:
        return Sides(before, WITHHELD, given_up=True)
    return Sides(before, _rewritten(message, edits + _left(hidden, edits), b""))


def masked_name(raw: bytes, masks: Masks) -> bytes:
    """A path, a ref or an identity line as it may be shown."""
    return apply_edits(raw, masks.of_name(raw))


def masked_new_name(raw: bytes, new: bytes, masks: Masks) -> bytes:
    """What `raw` is renamed to, with the values that stay in it masked."""
    if new == raw:
        return masked_name(raw, masks)
    for edit in without_overlaps(masks.of_name(raw)):
        value = raw[edit.start : edit.end]
        new = new.replace(value, edit.replacement) if value else new
    return new


def _left(hidden: tuple[SpanEdit, ...], edits: tuple[SpanEdit, ...]) -> tuple[SpanEdit, ...]:
    """The masks that are still needed: an edit that covers the same span takes the value away by itself."""
    return tuple(mask for mask in hidden if not any(_covers(edit, mask) for edit in edits))


def _covers(edit: SpanEdit, mask: SpanEdit) -> bool:
    return edit.via == mask.via and edit.start <= mask.start and mask.end <= edit.end


def _rewritten(data: bytes, edits: tuple[SpanEdit, ...], path: bytes) -> bytes | None:
    try:
        return rewrite(data, edits, path)
    except CannotReencode:
        return None

"""Turns decisions into the exact changes that they ask for.

Decisions hang on values; a rewrite needs object ids, spans and raw names. Raw names exist here in memory only: the
case holds keys and masked forms.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from opensafe.model.decision import Action, Decision
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.expressions import expression
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.marks import Mark
from opensafe.model.place import PlaceKind
from opensafe.model.plan import BlobChange, IdentityRename, RewriteSpec, SpanEdit
from opensafe.model.skip import Skip, SkipReason, SkipState
from opensafe.rewriting.asked import Asked
from opensafe.rewriting.changes import FileKey

_CONTENT = frozenset({PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.SYMLINK_TARGET, PlaceKind.SUBMODULE_URL})
_REPLACES = (Action.REDACT, Action.RENAME)
_UNREADABLE = frozenset({SkipReason.CORRUPT, SkipReason.MISSING})
_OID = attrgetter("oid")
_NOTHING: tuple[Action | None, bytes] = (None, b"")
_IN_NAME = expression(rb"[^A-Za-z0-9@._-]+")


@dataclass(frozen=True, slots=True)
class Inventory:
    """Raw names of the source, by the keys that the case holds (FingerprintKey.name).

    `refs` are the source's names; `published` maps those that will be public to their public name and id;
    `identities` are (name, e-mail) by the key of `name <e-mail>`; `files` lists which blobs stand at a raw path.
    """

    paths: Mapping[str, bytes]
    refs: Mapping[str, bytes]
    identities: Mapping[str, tuple[bytes, bytes]]
    published: Mapping[bytes, tuple[bytes, Oid]]
    head: bytes
    files: Mapping[bytes, frozenset[Oid]]


@dataclass(slots=True)
class _File:
    """What is to happen to one blob at one path."""

    edits: list[SpanEdit] = field(default_factory=list)
    strip: bool = False
    remove: bool = False


@dataclass(slots=True)
class _Draft:
    """What is to happen to everything that is no blob, and which files go whatever becomes of what they hold."""

    removed: set[FileKey] = field(default_factory=set)
    messages: dict[Oid, list[SpanEdit]] = field(default_factory=dict)
    headers: set[Oid] = field(default_factory=set)
    identities: dict[str, list[Edit]] = field(default_factory=dict)
    refs: dict[bytes, list[Edit]] = field(default_factory=dict)
    paths: dict[bytes, list[Edit]] = field(default_factory=dict)


def compile_spec(
    marks: Iterable[Mark],
    findings: Mapping[int, FindingId],
    decisions: Mapping[str, Sequence[Decision]],
    skips: Iterable[Skip],
    inventory: Inventory,
    replacements: Mapping[str, str],
) -> RewriteSpec:
    """Every change that the standing `decisions` ask for.

    `marks` are all published places of what they are about, those in one object one behind the other; `findings` says
    which finding is which in them.
    """
    draft = _Draft()
    asked = Asked(findings, decisions, replacements)
    changes: list[BlobChange] = []
    for oid, group in groupby(marks, key=_OID):
        places = list(group)
        alone = _alone(places[0], asked, inventory) if len(places) == 1 else None
        if alone is not None:
            changes.append(alone)
        else:
            changes += _blob_changes(oid, _files(draft, places, asked, inventory))
    draft.removed |= {(skip.oid, None) for skip in skips if skip.oid is not None and _must_go(skip)}
    return _spec(draft, _with_removed(changes, draft.removed), inventory)


def _must_go(skip: Skip) -> bool:
    """A file that nobody could read cannot be copied, even where that was accepted."""
    return skip.state is SkipState.REMOVE_FILE or (skip.state is SkipState.ACCEPTED and skip.reason in _UNREADABLE)


def _alone(mark: Mark, asked: Asked, inventory: Inventory) -> BlobChange | None:
    """What happens to a blob in which one text is replaced: said at once, since most are so."""
    finding, kind, oid, _, path_key, _, via, start, end = mark
    action, text = asked.everywhere.get(finding, _NOTHING)
    if action not in _REPLACES or kind is not PlaceKind.BLOB or oid is None:
        return None
    path = inventory.paths.get(path_key or "")
    return BlobChange(oid, None if path is None else frozenset((path,)), (SpanEdit(via, start, end, text),))


def _files(draft: _Draft, places: Iterable[Mark], asked: Asked, inventory: Inventory) -> dict[bytes | None, _File]:
    """What is to happen to one blob, by its paths. What stands in no blob goes into the draft."""
    files: dict[bytes | None, _File] = {}
    for mark in places:
        change = asked.at(mark)
        if change is None:
            continue
        if mark.kind in _CONTENT and mark.oid is not None:
            path = inventory.paths.get(mark.path_key or "")
            if path not in files:
                files[path] = _File()
            _add_content(files[path], mark, *change)
        else:
            _add(draft, mark, *change, inventory)
    return files


def _add_content(file: _File, mark: Mark, action: Action, text: bytes) -> None:
    if action is Action.REMOVE_FILE:
        file.remove = True
    elif action is Action.STRIP_OUTPUTS:
        file.strip = True
    else:
        file.edits.append(SpanEdit(mark.via, mark.start, mark.end, text))


def _add(draft: _Draft, mark: Mark, action: Action, text: bytes, inventory: Inventory) -> None:
    if mark.kind in {PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE} and mark.oid is not None:
        draft.messages.setdefault(mark.oid, []).append(SpanEdit(mark.via, mark.start, mark.end, text))
    elif mark.kind is PlaceKind.COMMIT_HEADER and mark.oid is not None:
        draft.headers.add(mark.oid)
    else:
        _add_name(draft, mark, action, text, inventory)


def _add_name(draft: _Draft, mark: Mark, action: Action, text: bytes, inventory: Inventory) -> None:
    """Identities, refs and paths: named in the case by key, changed as raw bytes."""
    path_key, ref_key = mark.path_key or "", mark.ref_key or ""
    if mark.kind is PlaceKind.IDENTITY and path_key in inventory.identities:
        draft.identities.setdefault(path_key, []).append(Edit(mark.start, mark.end, text))
    elif mark.kind is PlaceKind.REF_NAME and ref_key in inventory.refs:
        draft.refs.setdefault(inventory.refs[ref_key], []).append(_in_name(mark, text))
    elif mark.kind is PlaceKind.PATH and path_key in inventory.paths:
        _add_path(draft, inventory.paths[path_key], action, _in_name(mark, text), inventory)


def _add_path(draft: _Draft, path: bytes, action: Action, edit: Edit, inventory: Inventory) -> None:
    if action is Action.REMOVE_FILE:
        draft.removed |= {(oid, path) for oid in inventory.files.get(path, ())}
    else:
        draft.paths.setdefault(path, []).append(edit)


def _in_name(mark: Mark, text: bytes) -> Edit:
    """The replacement as it may stand in a file or branch name."""
    return Edit(mark.start, mark.end, _IN_NAME.sub(b"-", text).strip(b"-.") or b"redacted")


def _spec(draft: _Draft, blobs: Iterable[BlobChange], inventory: Inventory) -> RewriteSpec:
    return RewriteSpec(
        refs=dict(inventory.published.values()),
        head=inventory.head,
        blobs=tuple(blobs),
        message_edits={oid: tuple(sorted(edits, key=_by_span)) for oid, edits in sorted(draft.messages.items())},
        identities=tuple(_identity_renames(draft, inventory)),
        ref_renames=_ref_renames(draft, inventory),
        path_renames={path: apply_edits(path, edits) for path, edits in sorted(draft.paths.items())},
        header_drops=frozenset(draft.headers),
    )


def _blob_changes(oid: Oid, files: Mapping[bytes | None, _File]) -> Iterator[BlobChange]:
    for path in sorted(files, key=_path_order) if len(files) > 1 else files:
        file = files[path]
        paths = None if path is None else frozenset((path,))
        if file.remove:
            yield BlobChange(oid, paths, remove=True)
        else:
            yield BlobChange(oid, paths, _each_once(file.edits), file.strip)


def _path_order(path: bytes | None) -> bytes:
    """What holds everywhere comes first."""
    return b"" if path is None else b"/" + path


def _with_removed(changes: Sequence[BlobChange], removed: Collection[FileKey]) -> Iterable[BlobChange]:
    """The changes, in their order, with files that go for another reason than what stands in them."""
    if not removed:
        return changes
    others = [change for change in changes if _key(change) not in removed]
    gone = [BlobChange(oid, None if path is None else frozenset((path,)), remove=True) for oid, path in removed]
    return sorted((*others, *gone), key=lambda change: (change.oid, _path_order(_key(change)[1])))


def _key(change: BlobChange) -> FileKey:
    """Of a change at one path, or at all."""
    return change.oid, None if change.paths is None else next(iter(change.paths))


def _each_once(edits: list[SpanEdit]) -> tuple[SpanEdit, ...]:
    return tuple(sorted(set(edits), key=_by_span)) if len(edits) > 1 else tuple(edits)


def _by_span(edit: SpanEdit) -> tuple[tuple[str, ...], int, int, bytes]:
    return edit.via, edit.start, -edit.end, edit.replacement


def _identity_renames(draft: _Draft, inventory: Inventory) -> Iterable[IdentityRename]:
    # By raw name and not by key: the digest of a specification is the same in every case of a source.
    for key, edits in sorted(draft.identities.items(), key=lambda item: inventory.identities[item[0]]):
        name, email = inventory.identities[key]
        line = name + b" <" + email + b">"
        changed = apply_edits(line, edits)
        new_name, _, new_email = changed.rpartition(b" <")
        yield IdentityRename(name, email, new_name, new_email.removesuffix(b">"))


def _ref_renames(draft: _Draft, inventory: Inventory) -> dict[bytes, bytes]:
    """Public name → new public name. Spans were found in the source's name: a remote's prefix moves them."""
    renames: dict[bytes, bytes] = {}
    for source, edits in sorted(draft.refs.items()):
        if source in inventory.published:
            public = inventory.published[source][0]
            shift = len(public) - len(source)
            moved = [Edit(edit.start + shift, edit.end + shift, edit.replacement) for edit in edits]
            renames[public] = _free(apply_edits(public, moved), set(renames.values()))
    return renames


def _free(name: bytes, taken: set[bytes]) -> bytes:
    """`name`, or with the first number behind it that makes it unique."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = name + b"-%d" % number
    return free

"""Turns decisions into the exact changes that they ask for.

Decisions hang on values; a rewrite needs object ids, spans and raw names. Raw names exist here in memory only: the
case holds keys and masked forms.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.errors import UsageError
from opensafe.model.decision import Action, Decision
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.finding import Finding
from opensafe.model.fitting import fitting_actions
from opensafe.model.identifiers import Oid
from opensafe.model.place import Place, PlaceKind
from opensafe.model.plan import BlobChange, IdentityRename, RewriteSpec, SpanEdit
from opensafe.model.settlement import decision_for
from opensafe.model.skip import Skip, SkipReason, SkipState

_CONTENT = frozenset({PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.SYMLINK_TARGET, PlaceKind.SUBMODULE_URL})
_CHANGES = frozenset({Action.REDACT, Action.RENAME, Action.REMOVE_FILE, Action.STRIP_OUTPUTS})
_UNREADABLE = frozenset({SkipReason.CORRUPT, SkipReason.MISSING})
_IN_NAME = re.compile(rb"[^A-Za-z0-9@._-]+")


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
    files: dict[tuple[Oid, bytes | None], _File] = field(default_factory=dict)
    messages: dict[Oid, list[SpanEdit]] = field(default_factory=dict)
    headers: set[Oid] = field(default_factory=set)
    identities: dict[str, list[Edit]] = field(default_factory=dict)
    refs: dict[bytes, list[Edit]] = field(default_factory=dict)
    paths: dict[bytes, list[Edit]] = field(default_factory=dict)

    def file(self, oid: Oid, path: bytes | None) -> _File:
        if (file := self.files.get((oid, path))) is None:
            file = self.files[oid, path] = _File()
        return file


def compile_spec(
    findings: Sequence[Finding],
    decisions: Mapping[str, Sequence[Decision]],
    skips: Iterable[Skip],
    inventory: Inventory,
    replacements: Mapping[str, str],
) -> RewriteSpec:
    """Every change that the standing `decisions` ask for. Findings need their complete places.

    Raises UsageError for a decision of an earlier version that would not be taken any more.
    """
    draft = _Draft()
    for finding in findings:
        taken = decisions.get(finding.id, ())
        _check_fits(finding, taken)
        for place in finding.places if taken else ():
            decision = decision_for(taken, place)
            if decision is not None and decision.action in _CHANGES and place.published:
                text = (decision.to or replacements[finding.id]).encode()
                _add(draft, place, decision.action, text, inventory)
    for skip in skips:
        if skip.oid is not None and _must_go(skip):
            draft.file(skip.oid, None).remove = True
    return _spec(draft, inventory)


def _check_fits(finding: Finding, taken: Sequence[Decision]) -> None:
    """A file without outputs to take out would have to go as a whole, which nobody decided."""
    if any(d.action is Action.STRIP_OUTPUTS for d in taken) and Action.STRIP_OUTPUTS not in fitting_actions(finding):
        raise UsageError(
            f"{finding.id} is not a question about the outputs of a notebook, and was decided as one",
            remedy=f"decide again: opensafe decide {finding.id} --action redact (or remove-file, keep)",
        )


def _must_go(skip: Skip) -> bool:
    """A file that nobody could read cannot be copied, even where that was accepted."""
    return skip.state is SkipState.REMOVE_FILE or (skip.state is SkipState.ACCEPTED and skip.reason in _UNREADABLE)


def _add(draft: _Draft, place: Place, action: Action, text: bytes, inventory: Inventory) -> None:
    edit = SpanEdit(place.via, place.start, place.end, text)
    if place.kind in _CONTENT and place.oid is not None:
        _add_content(draft.file(place.oid, inventory.paths.get(place.path_key or "")), action, edit)
    elif place.kind in {PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE} and place.oid is not None:
        draft.messages.setdefault(place.oid, []).append(edit)
    elif place.kind is PlaceKind.COMMIT_HEADER and place.oid is not None:
        draft.headers.add(place.oid)
    else:
        _add_name(draft, place, action, text, inventory)


def _add_name(draft: _Draft, place: Place, action: Action, text: bytes, inventory: Inventory) -> None:
    """Identities, refs and paths: named in the case by key, changed as raw bytes."""
    path_key, ref_key = place.path_key or "", place.ref_key or ""
    if place.kind is PlaceKind.IDENTITY and path_key in inventory.identities:
        draft.identities.setdefault(path_key, []).append(Edit(place.start, place.end, text))
    elif place.kind is PlaceKind.REF_NAME and ref_key in inventory.refs:
        draft.refs.setdefault(inventory.refs[ref_key], []).append(_in_name(place, text))
    elif place.kind is PlaceKind.PATH and path_key in inventory.paths:
        _add_path(draft, inventory.paths[path_key], action, _in_name(place, text), inventory)


def _add_content(file: _File, action: Action, edit: SpanEdit) -> None:
    if action is Action.REMOVE_FILE:
        file.remove = True
    elif action is Action.STRIP_OUTPUTS:
        file.strip = True
    else:
        file.edits.append(edit)


def _add_path(draft: _Draft, path: bytes, action: Action, edit: Edit, inventory: Inventory) -> None:
    if action is Action.REMOVE_FILE:
        for oid in inventory.files.get(path, ()):
            draft.file(oid, path).remove = True
    else:
        draft.paths.setdefault(path, []).append(edit)


def _in_name(place: Place, text: bytes) -> Edit:
    """The replacement as it may stand in a file or branch name."""
    return Edit(place.start, place.end, _IN_NAME.sub(b"-", text).strip(b"-.") or b"redacted")


def _spec(draft: _Draft, inventory: Inventory) -> RewriteSpec:
    return RewriteSpec(
        refs=dict(inventory.published.values()),
        head=inventory.head,
        blobs=tuple(_blob_changes(draft.files)),
        message_edits={oid: tuple(sorted(edits, key=_by_span)) for oid, edits in sorted(draft.messages.items())},
        identities=tuple(_identity_renames(draft, inventory)),
        ref_renames=_ref_renames(draft, inventory),
        path_renames={path: apply_edits(path, edits) for path, edits in sorted(draft.paths.items())},
        header_drops=frozenset(draft.headers),
    )


def _blob_changes(files: Mapping[tuple[Oid, bytes | None], _File]) -> Iterable[BlobChange]:
    for (oid, path), file in sorted(files.items(), key=lambda item: (item[0][0], item[0][1] or b"")):
        yield BlobChange(
            oid=oid,
            paths=None if path is None else frozenset({path}),
            edits=() if file.remove else _each_once(file.edits),
            strip_outputs=file.strip and not file.remove,
            remove=file.remove,
        )


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

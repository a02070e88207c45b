"""Compares refs, annotated tags and notes: each is there under its name, or counted as lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.verification import Check
from opensafe.proof.decided import Decided
from opensafe.proof.trees import TreeComparison

_TAGS = b"refs/tags/"
_SIGNATURE = expression(rb"^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----$", re.MULTILINE)
_SIGNATURE_HEADERS = frozenset({b"gpgsig", b"gpgsig-sha256"})
_NOTE = expression(rb"(?:[0-9a-f]{2}/){0,31}[0-9a-f]{2,64}")


def check_head(git_dir: Path, spec: RewriteSpec) -> Check:
    expected = spec.ref_renames.get(spec.head, spec.head)
    actual = (git_dir / "HEAD").read_bytes().strip()
    good = not expected or actual == b"ref: " + expected
    return Check("head", good, "HEAD names the default branch" if good else "HEAD does not name the default branch")


@dataclass(slots=True)
class ReferenceComparison:
    """Follows every published ref of the source to what stands for it in the result."""

    source: ObjectGraph
    result: ObjectGraph
    decided: Decided
    claim: RewriteClaim
    trees: TreeComparison
    tags_compared: int = 0
    tags_differing: int = 0
    tag_signatures_lost: int = 0
    notes_compared: int = 0
    notes_differing: int = 0
    refs_lost: int = 0
    notes_lost: set[Oid] = field(default_factory=set)
    _known: dict[tuple[Oid, Oid], bool] = field(default_factory=dict)

    def check_refs(self, refs: Mapping[bytes, Oid]) -> Check:
        """Every ref of the source is accounted for, and the result has no other."""
        spec = self.decided.spec
        expected: set[bytes] = set()
        wrong = 0
        for name, oid in spec.refs.items():
            new_name = spec.ref_renames.get(name, name)
            if self.claim.refs.get(name) is None:
                self.refs_lost += 1
                wrong += not self._may_go(oid)
            else:
                expected.add(new_name)
                wrong += new_name not in refs or not self._stands_for(oid, refs[new_name])
        unknown = len(refs.keys() - expected)
        figure = f"{len(spec.refs):,} refs followed, {wrong:,} differ, {self.refs_lost:,} lost, {unknown:,} unknown"
        return Check("refs", not wrong and not unknown, figure)

    def checks(self) -> list[Check]:
        """Annotated tags and notes; complete only after `check_refs` and `compare_notes`."""
        tags = f"{self.tags_compared:,} annotated tags compared, {self.tags_differing:,} differ"
        notes = f"{self.notes_compared:,} notes compared, {self.notes_differing:,} differ"
        return [
            Check("tags-equal", not self.tags_differing, tags),
            Check("notes-equal", not self.notes_differing, notes),
        ]

    def _stands_for(self, old: Oid, new: Oid) -> bool:
        """Whether `new` is what `old` had to become; files of bare trees and blobs are compared like all others."""
        if old in self.source.commits:
            return self.claim.commits.get(old) == new
        if old in self.source.tags:
            return new in self.result.tags and self._same_tag(old, new)
        if old in self.source.trees:
            self.trees.compare(old, new)
            return new in self.result.trees
        changes = self.decided.at(old, b"")
        if changes:
            self.trees.note_change(b"", old, new, changes)
        return bool(changes) or old == new

    def _may_go(self, oid: Oid) -> bool:
        """Only a tag or ref on a blob with a decision can be lost."""
        seen: set[Oid] = set()
        while oid in self.source.tags and oid not in seen:
            seen.add(oid)
            oid = self.source.tags[oid].target
        return oid in self.decided.by_blob

    def _same_tag(self, old: Oid, new: Oid) -> bool:
        key = (old, new)
        if key not in self._known:
            self._known[key] = True  # a chain that bites its own tail ends here
            before, after = self.source.tags[old], self.result.tags[new]
            good = self._fields_agree(before, after) and self._stands_for(before.target, after.target)
            self._known[key] = good
            self.tags_compared += 1
            self.tags_differing += not good
            self.tag_signatures_lost += old != new and before.signed
        return self._known[key]

    def _fields_agree(self, old: Tag, new: Tag) -> bool:
        message = self.decided.message(old.oid, old.message)
        if new.oid != old.oid:
            found = _SIGNATURE.search(message)
            message = message if found is None else message[: found.start()]
        tagger = old.tagger and self._person(old)
        return (new.name, new.target_kind, new.tagger, new.message) == (
            self._tag_name(old.name),
            old.target_kind,
            tagger,
            message,
        ) and new.header_text in self._headers(old)

    def _headers(self, old: Tag) -> set[bytes]:
        """What may be left of extra headers: a signature may go with the id that it signed."""
        if self._must_be_stripped(old):
            return {b""}
        unsigned = tuple((name, value) for name, value in old.headers if name not in _SIGNATURE_HEADERS)
        return {old.header_text, replace(old, headers=unsigned).header_text}

    def _must_be_stripped(self, old: Tag) -> bool:
        return old.oid in self.decided.spec.header_drops

    def _person(self, old: Tag) -> object:
        who = old.tagger
        if who is None:
            return who
        is_named = (who.name, who.email) in self.decided.people
        return self.decided.person(who) if is_named or self._must_be_stripped(old) else who

    def _tag_name(self, name: bytes) -> bytes:
        new = self.decided.spec.ref_renames.get(_TAGS + name, b"")
        return new.removeprefix(_TAGS) if new.startswith(_TAGS) else name

    def compare_notes(self, old: Oid, new: Oid) -> None:
        """The files of a notes commit: each under the new id of what it is about."""
        before = dict(walk_tree(self.source.trees, self.source.commits[old].tree))
        after = dict(walk_tree(self.result.trees, self.result.commits[new].tree))
        for path, entry in before.items():
            about = Oid(path.replace(b"/", b"").decode("latin-1"))
            if about in self.decided.spec.gone:
                self.notes_lost.add(about)
                continue
            self.notes_compared += 1
            self.notes_differing += not self._same_note(entry, path, after.pop(self._filed_under(path), None))
        self.notes_differing += len(after)

    def _same_note(self, old: TreeEntry, path: bytes, new: TreeEntry | None) -> bool:
        changes = self.decided.at(old.oid, path)
        if any(change.remove for change in changes):
            self.trees.removed.add(old.oid)
            return new is None
        if changes:
            self.trees.note_change(path, old.oid, None if new is None else new.oid, changes)
            return new is None or new.mode == old.mode
        self.trees.kept.add(old.oid)
        return new is not None and (new.oid, new.mode) == (old.oid, old.mode)

    def _filed_under(self, path: bytes) -> bytes:
        renamed = self.decided.spec.path_renames.get(path, path)
        if not _NOTE.fullmatch(renamed):
            return renamed
        about = Oid(renamed.replace(b"/", b"").decode())
        new = iter((self.claim.commits.get(about) or self._blob(about)).encode())
        return bytes(character if character == ord("/") else next(new) for character in renamed)

    def _blob(self, about: Oid) -> Oid:
        """A note about a file that changed."""
        return next((pair.new for pair in self.trees.changed if pair.old == about and pair.new), about)

"""The decisions about content and people, looked up where they apply."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.identifiers import Oid
from opensafe.model.last_answer import last_answer
from opensafe.model.plan import BlobChange, RewriteSpec
from opensafe.rewriting.folders import folders_of

_EVERYWHERE = (None,)

FileKey = tuple[Oid, bytes | None]
"""A blob at one path, or (`None`) at every path that has no key of its own."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`files` holds one merged change for each key; `key_at` finds the one that applies.

    `folders` are those above every path that a decision names.
    """

    files: Mapping[FileKey, BlobChange]
    people: Mapping[tuple[bytes, bytes], tuple[bytes, bytes]]
    spec: RewriteSpec
    folders: frozenset[bytes]

    @staticmethod
    @last_answer
    def of(spec: RewriteSpec) -> "Changes":
        """Worked out once for a specification: a plan asks for it at every option, and there may be 300,000 changes."""
        several = _changed_often(spec.blobs)
        files: dict[FileKey, BlobChange] = {}
        for change in spec.blobs:
            oid, paths, edits, _, _ = change
            if oid not in several:  # nearly all are so
                merged = change if len(edits) <= 1 else _merge(oid, (change,))
                for path in _EVERYWHERE if paths is None else paths:
                    files[oid, path] = merged
        for oid, changes in several.items():
            files |= _merged_by_path(oid, changes)
        people = {r.old_repaired: r.new for r in spec.identities} | {r.old: r.new for r in spec.identities}
        named = {path for _, path in files if path is not None} | spec.path_renames.keys()
        return Changes(files, people, spec, frozenset(folder for path in named for folder in folders_of(path)))

    def key_at(self, oid: Oid, path: bytes) -> FileKey | None:
        """The key of the change that holds for this blob at this path."""
        if (oid, path) in self.files:
            return oid, path
        return (oid, None) if (oid, None) in self.files else None

    def renamed(self, who: Identity) -> Identity:
        """The identity as it will be; the date stays."""
        name, email = self.people.get((who.name, who.email), (who.name, who.email))
        return Identity(name, email, who.when)

    def touches(self, commit: Commit) -> bool:
        """Whether a decision changes the commit itself, whatever becomes of its files."""
        return (
            commit.oid in self.spec.message_edits
            or commit.oid in self.spec.header_drops
            or commit.oid == self.spec.new_root
            or any(parent in self.spec.gone for parent in commit.parents)
            or any((who.name, who.email) in self.people for who in (commit.author, commit.committer))
        )


def _changed_often(changes: Sequence[BlobChange]) -> dict[Oid, list[BlobChange]]:
    """The blobs that have more than one change."""
    count = Counter(change.oid for change in changes)
    several: dict[Oid, list[BlobChange]] = {oid: [] for oid, times in count.items() if times > 1}
    for change in changes if several else ():
        if change.oid in several:
            several[change.oid].append(change)
    return several


def _merged_by_path(oid: Oid, changes: list[BlobChange]) -> dict[FileKey, BlobChange]:
    """What holds everywhere, and for each path that is named: that and its own changes together."""
    everywhere = [change for change in changes if change.paths is None]
    named = {path for change in changes for path in change.paths or ()}
    merged: dict[FileKey, BlobChange] = {(oid, None): _merge(oid, everywhere)} if everywhere else {}
    for path in named:
        merged[oid, path] = _merge(oid, everywhere + [c for c in changes if c.paths and path in c.paths])
    return merged


def _merge(oid: Oid, changes: Sequence[BlobChange]) -> BlobChange:
    return BlobChange(
        oid,
        edits=tuple(dict.fromkeys(edit for change in changes for edit in change.edits)),
        strip_outputs=any(change.strip_outputs for change in changes),
        remove=any(change.remove for change in changes),
    )

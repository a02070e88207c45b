"""The decisions about content and people, looked up where they apply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.identifiers import Oid
from opensafe.model.last_answer import last_answer
from opensafe.model.plan import BlobChange, RewriteSpec

FileKey = tuple[Oid, bytes | None]
"""A blob at one path, or (`None`) at every path that has no key of its own."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`files` holds one merged change for each key; `at` finds the one that applies."""

    files: Mapping[FileKey, BlobChange]
    people: Mapping[tuple[bytes, bytes], tuple[bytes, bytes]]
    spec: RewriteSpec

    @staticmethod
    @last_answer
    def of(spec: RewriteSpec) -> "Changes":
        """Worked out once for a specification: a plan asks for it at every option, and there may be 300,000 changes."""
        by_blob: dict[Oid, list[BlobChange]] = {}
        for change in spec.blobs:
            by_blob.setdefault(change.oid, []).append(change)
        files: dict[FileKey, BlobChange] = {}
        for oid, changes in by_blob.items():
            if len(changes) > 1:
                files |= _merged_by_path(oid, changes)
            else:  # nearly all are so
                (change,) = changes
                merged = _merge(oid, changes)
                files |= {(oid, path): merged for path in ((None,) if change.paths is None else change.paths)}
        people = {r.old_repaired: r.new for r in spec.identities} | {r.old: r.new for r in spec.identities}
        return Changes(files, people, spec)

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

    @property
    def paths(self) -> frozenset[bytes]:
        """Every path that a decision names."""
        named = {path for _, path in self.files if path is not None}
        return frozenset(named | set(self.spec.path_renames))


def _merged_by_path(oid: Oid, changes: list[BlobChange]) -> dict[FileKey, BlobChange]:
    """What holds everywhere, and for each path that is named: that and its own changes together."""
    everywhere = [change for change in changes if change.paths is None]
    named = {path for change in changes for path in change.paths or ()}
    merged: dict[FileKey, BlobChange] = {(oid, None): _merge(oid, everywhere)} if everywhere else {}
    for path in named:
        merged[oid, path] = _merge(oid, everywhere + [c for c in changes if c.paths and path in c.paths])
    return merged


def _merge(oid: Oid, changes: Iterable[BlobChange]) -> BlobChange:
    taken = list(changes)
    if len(taken) == 1 and len(taken[0].edits) <= 1:  # nearly all are so
        return BlobChange(oid, None, taken[0].edits, taken[0].strip_outputs, taken[0].remove)
    return BlobChange(
        oid,
        edits=tuple(dict.fromkeys(edit for change in taken for edit in change.edits)),
        strip_outputs=any(change.strip_outputs for change in taken),
        remove=any(change.remove for change in taken),
    )

"""What a rewrite says that it did: the claim that the proof tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.model.identifiers import Oid
from opensafe.model.text import counted


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that the new history cannot carry: `what` as signature, header, encoding, tag, ref, note."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class RewriteClaim:
    """Old and new ids. `commits` holds every published commit of the source (`None`: dropped, squash).

    `plain` tells, by the id in the source, which id a commit would have if opensafe had added nothing below it.
    """

    commits: Mapping[Oid, Oid | None]
    tags: Mapping[Oid, Oid | None]
    refs: Mapping[bytes, bytes | None]  # old full name → new full name
    lost: tuple[Lost, ...] = ()
    blobs_changed: int = 0
    files_removed: int = 0
    plain: Mapping[Oid, Oid] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a rewrite reaches back into a history that it made before: nothing, where it only goes on from it.

    `first` is the id of the first commit there that changes or goes, `commits` how many do; `refs` are those that
    go or do not only move forward; `documents` are commits that opensafe had added and that would be lost.
    """

    first: str = ""
    commits: int = 0
    refs: int = 0
    documents: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.commits or self.refs or self.documents)

    @property
    def told(self) -> str:
        """What goes or changes, in words."""
        start = f", from commit {self.first} on" if self.first else ""
        added = f", and {counted(self.documents, 'commit')} that opensafe added" if self.documents else ""
        return (
            f"in the history that was made before, {counted(self.commits, 'commit')} and {counted(self.refs, 'ref')}"
            f" change or go{start}{added}"
        )

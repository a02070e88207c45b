"""What a rewrite says that it did: the claim that the proof tests."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that the new history cannot carry: `what` as signature, header, encoding, tag, ref, note."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class RewriteClaim:
    """Old and new ids. `commits` holds every published commit of the source (`None`: dropped, squash)."""

    commits: Mapping[Oid, Oid | None]
    tags: Mapping[Oid, Oid | None]
    refs: Mapping[bytes, bytes | None]  # old full name → new full name
    lost: tuple[Lost, ...] = ()
    blobs_changed: int = 0
    files_removed: int = 0

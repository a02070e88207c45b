"""What the decisions ask of each file, person and message: read from the specification alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec, SpanEdit

WITHHELD = b"(message withheld)\n"
_GOOD_DATE = expression(rb"-?[0-9]{1,18} [+-][0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Decided:
    """`by_blob` are all changes of a blob, `folders` those above a path that a decision names."""

    spec: RewriteSpec
    by_blob: Mapping[Oid, Sequence[BlobChange]]
    people: Mapping[tuple[bytes, bytes], tuple[bytes, bytes]]
    folders: frozenset[bytes]
    moved: frozenset[bytes]

    @classmethod
    def of(cls, spec: RewriteSpec) -> "Decided":
        by_blob: dict[Oid, list[BlobChange]] = {}
        for change in spec.blobs:
            by_blob.setdefault(change.oid, []).append(change)
        moved = frozenset({*spec.path_renames, *spec.path_renames.values()})
        named = moved.union(*(change.paths or () for change in spec.blobs))
        return cls(
            spec,
            by_blob,
            {r.old_repaired: r.new for r in spec.identities} | {r.old: r.new for r in spec.identities},
            frozenset(path[:at] for path in named for at in _slashes(path)),
            moved,
        )

    @property
    def root_folders(self) -> tuple[bytes, ...]:
        """The names on the way to the folder that became the root, from the top."""
        return tuple(self.spec.root_folder.split(b"/")) if self.spec.root_folder else ()

    @property
    def above_root(self) -> bytes:
        """What stood before a path that stays, where a folder became the root."""
        return self.spec.root_folder + b"/" if self.spec.root_folder else b""

    def parents(self, commit: Commit) -> tuple[Oid, ...]:
        """The parents in the source, without those that had to go: what stands in for them is followed up."""
        found: list[Oid] = []
        for parent in commit.parents:
            at: Oid | None = parent
            while at is not None and at in self.spec.gone:
                at = self.spec.gone[at]
            if at is not None and at != commit.oid and at not in found:
                found.append(at)
        return tuple(found)

    def at(self, oid: Oid, path: bytes) -> tuple[BlobChange, ...]:
        """Every change that holds for this blob at this path."""
        return tuple(c for c in self.by_blob.get(oid, ()) if c.paths is None or path in c.paths)

    def place(self, folder: bytes) -> bytes | None:
        """The folder where it matters which one it is; `None` where no decision names a path below."""
        return folder if folder in self.folders else None

    def person(self, who: Identity) -> Identity:
        """The identity as it must be: malformed lines repaired (no angle brackets, a date that git reads), renamed."""
        name, email = (re.sub(rb"[<>\n]", b"", part) for part in (who.name, who.email))
        when = who.when if _GOOD_DATE.fullmatch(who.when) else b"0 +0000"
        return Identity(*self.people.get((name, email), (name, email)), when)

    def message(self, oid: Oid, message: bytes) -> bytes:
        """The message as it must be, before ids of commits in it are translated."""
        edits: Sequence[SpanEdit] = self.spec.message_edits.get(oid, ())
        try:
            return rewrite(message, edits)
        except CannotReencode:
            return WITHHELD

    def withheld(self, messages: Mapping[Oid, bytes]) -> int:
        """How many of these messages cannot be changed inside."""
        return sum(self.message(oid, messages[oid]) is WITHHELD for oid in self.spec.message_edits.keys() & messages)


def _slashes(path: bytes) -> list[int]:
    """Where each folder above a path ends, slash included."""
    return [at + 1 for at, character in enumerate(path) if character == ord("/")]

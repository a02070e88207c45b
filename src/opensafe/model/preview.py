"""What a commit, a file or a message will be once the decisions are carried out: for people to look at beforehand.

Every text in here is fit to be shown: escaped, and with a mask in the place of each value.
"""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.identifiers import Oid


class Fate(StrEnum):
    """What becomes of a file."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"
    HIDDEN = "hidden"  # it changes or stays, but cannot be shown with its values masked


@dataclass(frozen=True, slots=True)
class PartPreview:
    """One readable content of a file (`where` names it, empty for the file itself) as lines of a comparison.

    A line begins with `- ` (as it is), `+ ` (as it will be), two spaces (both), or `@ ` (where the next lines stand).
    """

    where: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One file: `becomes` is its new path, empty where that stays; `why` explains REMOVED and HIDDEN."""

    path: str
    fate: Fate
    becomes: str = ""
    why: str = ""
    parts: tuple[PartPreview, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityPreview:
    """The author or committer line of a commit, or the tagger line of a tag."""

    role: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A commit or a tag (`oid`, `kind`), or one file in a commit.

    `message` is compared as a content is; for a single file it and `people` are empty. `files` are those that the
    decisions change and that the commit brings; `inherited` are files that change too, but came with an earlier one.
    `changes` tells whether the object gets a new id, `goes` that a commit leaves the history (dropped, or folded into
    the new root).
    """

    kind: str
    oid: Oid
    changes: bool
    people: tuple[IdentityPreview, ...] = ()
    message: tuple[str, ...] = ()
    files: tuple[FilePreview, ...] = ()
    inherited: tuple[str, ...] = ()
    goes: bool = False

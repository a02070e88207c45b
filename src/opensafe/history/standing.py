"""One place at which a blob stands."""

from dataclasses import dataclass

from opensafe.model.gitobjects import MODE_SYMLINK
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind

_MODULES = b".gitmodules"  # git reads it at the top of a work tree only


@dataclass(frozen=True, slots=True)
class Standing:
    """One (blob, path): `first` and `last` commit that hold it there, and under which kind of place."""

    path: bytes
    kind: PlaceKind
    first: Oid | None
    last: Oid | None
    in_head: bool
    published: bool


NOWHERE = Standing(b"", PlaceKind.UNREACHABLE, None, None, in_head=False, published=False)
"""Where a blob stands that nothing leads to."""


def kind_of_file(path: bytes, mode: int) -> PlaceKind:
    """Under which kind of place the content of a file stands."""
    if path == _MODULES:
        return PlaceKind.SUBMODULE_URL
    return PlaceKind.SYMLINK_TARGET if mode == MODE_SYMLINK else PlaceKind.BLOB

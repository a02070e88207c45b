"""Looks at an object store before git does: what would make git wait, or read objects from elsewhere.

Git opens whatever lies under the name of an object or a pack: of a named pipe it waits for ever, and a symbolic link
it follows out of the repository (CVE-2024-32020 and -32021 are of this kind). The list of borrowed stores it follows
from store to store. Format: gitrepository-layout(5).
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from opensafe.errors import SourceUnreadable
from opensafe.model.expressions import expression

_FOLDERS = expression(r"[0-9a-f]{2}|pack|info")
_LIST = "info/alternates"
_MAX_LIST = 1 << 20  # bytes
_MAX_STORES = 1000
_ESCAPE = expression(rb"\\(?:([0-3][0-7]{2})|([abfnrtv\"\\]))")
_SIMPLE = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))


def borrowed_places(objects: Path) -> tuple[Path, ...]:
    """Every folder elsewhere whose objects git would read with this store, borrowed by borrowed ones or linked to.

    Raises SourceUnreadable where git would hang, or where this cannot be said.
    """
    own = Path(os.path.realpath(objects))
    found: dict[Path, None] = {}
    todo = [own]
    while todo:
        store = todo.pop()
        for place in (*_linked(store), *_listed(store)):
            if place != own and place not in found:
                found[place] = None
                todo.append(place)
        if len(found) > _MAX_STORES:
            raise _refused(objects, "borrows from more folders than can be shown", "make a full clone of it")
    return tuple(found)


def _linked(store: Path) -> Iterator[Path]:
    """Where symbolic links in a store lead. Nothing is opened."""
    for entry in _entries(store):
        if not (entry.is_file() or entry.is_dir()):
            cause = f"holds something that is neither a file nor a folder: {_tail(store, entry)}"
            raise _refused(store, cause, "delete it, or copy the repository without it")
        if entry.is_symlink():
            yield Path(os.path.realpath(entry.path))


def _entries(store: Path) -> Iterator[os.DirEntry[str]]:
    """All that lies where git looks for objects."""
    for entry in _listing(store):
        if _FOLDERS.fullmatch(entry.name):
            yield entry
            if entry.is_dir():
                yield from _listing(Path(entry.path))


def _listing(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise _refused(folder, f"cannot be listed: {error.strerror}", "check the permissions") from error


def _listed(store: Path) -> Iterator[Path]:
    """The folders that the list of borrowed stores names; relative ones count from the store."""
    for line in _list_of(store).split(b"\n"):
        if line and not line.startswith(b"#"):
            yield Path(os.path.realpath(store / os.fsdecode(_unquoted(line))))


def _list_of(store: Path) -> bytes:
    file = store / _LIST
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise _refused(store, f"has a list of borrowed stores (objects/{_LIST}) that is no plain file", "delete it")
        with file.open("rb") as opened:
            text = opened.read(_MAX_LIST + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _refused(store, f"cannot be read: {error.strerror}", "check the permissions") from error
    if len(text) > _MAX_LIST or b"\0" in text:
        raise _refused(store, f"has a list of borrowed stores (objects/{_LIST}) that cannot be a list", "look at it")
    return text


def _unquoted(line: bytes) -> bytes:
    """A path as git quotes it; one without quotes, or with a wrong one, is taken as it is."""
    if len(line) < 2 or not (line.startswith(b'"') and line.endswith(b'"')):  # noqa: PLR2004 - both quotes
        return line
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 8) if found[1] else _SIMPLE[found[2][0]]]), line[1:-1])


def _tail(store: Path, entry: os.DirEntry[str]) -> str:
    return Path(entry.path).relative_to(store.parent).as_posix()


def _refused(store: Path, cause: str, remedy: str) -> SourceUnreadable:
    return SourceUnreadable(f"the object store {store} {cause}", remedy=remedy)

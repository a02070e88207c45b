"""Files of the case on disk: private, whole or not at all, and every failure named with its way out."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opensafe.errors import DiskFailed
from opensafe.model.text import printable

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_BINARY = getattr(os, "O_BINARY", 0)  # Windows: no translation of line ends
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_USE = {5, 32}  # Windows: access denied, sharing violation
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds: a virus scanner or a reader lets go within these


def shown_path(path: Path) -> str:
    """A path of the user's machine, fit for a message."""
    return printable(str(path))


@contextmanager
def disk_failures(path: Path, doing: str) -> Iterator[None]:
    """Turns an OSError into DiskFailed: `doing` is what was tried ("write"), `path` what it was tried on."""
    try:
        yield
    except OSError as error:
        cause = f"cannot {doing} {shown_path(path)}: {error.strerror or type(error).__name__}"
        raise DiskFailed(cause, remedy=_remedy(error)) from error


def _remedy(error: OSError) -> str:
    if error.errno in _FULL:
        return "make room on the disk of the case, then run the same command again: nothing was switched"
    if error.errno in _DENIED:
        return "give yourself permission to write to the case folder, or copy the case to where you have it"
    return "look at the disk and the folder, then run the same command again: nothing was switched"


def open_private(path: Path, flags: int) -> int:
    """A file descriptor, binary; a file that is created is readable by its owner only."""
    return os.open(path, flags | _BINARY, PRIVATE_FILE)


def make_private(path: Path) -> None:
    """The file is there, and only its owner may read it: for what another library writes. Raises DiskFailed."""
    if not path.exists():
        with disk_failures(path, "write"):
            os.close(open_private(path, os.O_WRONLY | os.O_CREAT))
    elif os.name == "posix" and path.stat().st_mode & 0o077:
        with disk_failures(path, "write"):
            path.chmod(PRIVATE_FILE)


def may_append(path: Path) -> bool:
    """Whether this account may add to the file: asked by opening it, since a share may refuse what its modes allow."""
    try:
        os.close(open_private(path, os.O_WRONLY | os.O_APPEND))
    except OSError as error:
        return error.errno not in _DENIED
    return True


def may_create_in(folder: Path) -> bool:
    """Whether its modes let this account put files into the folder, as far as the system tells."""
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=effective)


def write_fully(descriptor: int, data: bytes) -> None:
    """All of `data`, in one call of the system unless that writes less than it was given."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def write_whole(path: Path, *parts: bytes) -> None:
    """The file holds `parts`, or what it held before: written beside, synchronised, switched. Raises DiskFailed.

    The name beside is always the same: what a killed run left there is overwritten by the next.
    """
    beside = path.with_name(path.name + ".new")
    with disk_failures(path, "write"):
        try:
            descriptor = open_private(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            try:
                for part in parts:
                    write_fully(descriptor, part)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            switch(beside, path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def switch(new: Path, target: Path) -> None:
    """`new` takes the place of `target` in one step that lasts. Raises OSError.

    On Windows this fails while somebody has `target` open: tried again for a bounded time.
    """
    for wait in (*_WAITS, None):
        try:
            new.replace(target)
            break
        except OSError as error:
            if wait is None or getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(wait)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes new names in `folder` last through a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_tree(folder: Path) -> None:
    """Removes a folder and all in it, links not followed. Raises OSError."""
    if os.name == "nt":  # Windows does not delete what is read-only, as git's packs are
        for parent, _, names in os.walk(folder):
            for name in names:
                Path(parent, name).chmod(PRIVATE_FILE)
    shutil.rmtree(folder)

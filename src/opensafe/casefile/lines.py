"""Append-only files of lines: one write for each call, and a line that was torn by a kill is discarded."""

import os
from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.disk import disk_failures, open_private, write_fully

_BLOCK = 1 << 14  # bytes
_AROUND_A_LINE = 2  # line ends: its own, and that of the line before


@dataclass(frozen=True, slots=True)
class Lines:
    """What the file holds: whole lines without their ends, and what follows the last line end (torn)."""

    whole: tuple[bytes, ...]
    torn: bytes


def read_lines(path: Path) -> Lines:
    """Raises DiskFailed."""
    with disk_failures(path, "read"):
        *whole, torn = path.read_bytes().split(b"\n")
    return Lines(tuple(whole), torn)


def last_whole_line(path: Path) -> bytes | None:
    """The last of the whole lines, without its end; `None` where there is none. Only the end of the file is read.

    Raises DiskFailed.
    """
    with disk_failures(path, "read"), path.open("rb") as file:
        start, end = file.seek(0, os.SEEK_END), b""
        while start > 0 and end.count(b"\n") < _AROUND_A_LINE:
            size = min(start, max(_BLOCK, len(end)))  # twice as much each time: a line may be long
            start -= size
            file.seek(start)
            end = file.read(size) + end
    whole = end.split(b"\n")[:-1]
    return whole[-1] if whole else None


def whole_lines(path: Path) -> bytes:
    """The whole lines as one text, each with its end. Raises DiskFailed."""
    with disk_failures(path, "read"):
        data = path.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def torn_line(path: Path) -> bytes:
    """What follows the last line end. Raises DiskFailed."""
    with disk_failures(path, "read"):
        data = path.read_bytes()
    return data[data.rfind(b"\n") + 1 :]


def append_lines(path: Path, lines: list[bytes]) -> None:
    """Adds `lines` in one write and synchronises. Raises DiskFailed, with the file as it was.

    A torn line at the end is cut off first. A kill in the middle leaves the first of the lines, and at most
    one torn.
    """
    data = b"".join(line + b"\n" for line in lines)
    with disk_failures(path, "append to"):
        descriptor = open_private(path, os.O_RDWR | os.O_APPEND)
        try:
            _append(descriptor, data, _end_of_whole_lines(path))
        finally:
            os.close(descriptor)


def _append(descriptor: int, data: bytes, end: int) -> None:
    os.ftruncate(descriptor, end)
    try:
        write_fully(descriptor, data)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _end_of_whole_lines(path: Path) -> int:
    return path.read_bytes().rfind(b"\n") + 1

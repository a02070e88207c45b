"""The folders of a path, as git writes them."""

from collections.abc import Iterator


def folders_of(path: bytes) -> Iterator[bytes]:
    """Every folder above a path, each with its slash."""
    at = path.find(b"/")
    while at >= 0:
        yield path[: at + 1]
        at = path.find(b"/", at + 1)

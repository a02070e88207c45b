"""What a glob of the team's own matches: the same for plan, rewrite and proof.

As in `decide --path`, `*` and `?` match any byte, slashes too, and case counts. A glob that matches a folder takes
everything below it.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase

_NAMESPACES = (b"refs/heads/", b"refs/tags/")
_REFS = b"refs/"


def raw_glob(glob: str) -> bytes:
    """A glob as bytes, without a slash at its end."""
    return glob.encode("utf-8", "surrogateescape").strip(b"/")


def matches_path(path: bytes, globs: Iterable[bytes]) -> bool:
    """Whether a glob matches the path or a folder above it."""
    spots = [path, *(path[:at] for at, character in enumerate(path) if character == ord("/"))]
    return any(fnmatchcase(spot, glob) for glob in globs for spot in spots)


def matches_ref(name: bytes, globs: Iterable[bytes]) -> bool:
    """Whether a glob matches the full name of a ref, or its name without `refs/heads/` or `refs/tags/`."""
    short = next((name.removeprefix(space) for space in _NAMESPACES if name.startswith(space)), name)
    return any(fnmatchcase(spot, glob) for glob in globs for spot in (name, short, name.removeprefix(_REFS)))

"""The files of an object store as they lie there: what has not changed needs not be read again."""

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from opensafe.model.expressions import expression

_LOOSE = expression(r"[0-9a-f]{2}/[0-9a-f]{38,62}")
_PACK = expression(r"pack/pack-[0-9a-f]{40,64}\.(?:pack|idx)")
_BESIDE = expression(
    r"pack/pack-[0-9a-f]{40,64}\.(?:rev|bitmap|mtimes|keep)|info/commit-graph|info/commit-graphs/[\w.-]{1,100}"
    r"|pack/multi-pack-index(?:-[\w.-]{1,100})?"
)
"""What git may write beside packs: it is told not to believe these files, so that they change nothing."""

_SHA1, _SHA256 = 20, 32
_LONG_NAME = 5 + 64  # of a pack whose ids are SHA-256
_CHUNK = 1 << 20
_MAX_DEPTH = 3
_LISTING = "info/packs"  # for servers without git of their own: git itself never reads it

Stored = dict[str, tuple[int, int]]
"""Name → size in bytes and number of the file: git writes a file anew under another one, and touches old ones often."""


def stored_files(objects: Path) -> Stored:
    """Every file of the store that git reads; links are not followed."""
    return {name: stamp for name, stamp in _below(objects, "", _MAX_DEPTH) if name != _LISTING}


def reads_as_before(objects: Path, before: Mapping[str, tuple[int, int]], now: Stored) -> bool:
    """Whether every object that is still listed reads as it did: files are as they were, or new, or packed anew.

    `git gc` writes packs with what it has read. Such a pack is whole where its bytes have the digest at its end, which
    its index repeats. A loose object that was written anew (the folder was copied, say) has the id that it is named
    after. Files of other kinds may change how old objects read.
    """
    new = [name for name, stamp in now.items() if before.get(name) != stamp]
    return all(_is_added(objects, name, known=name in before) for name in new)


def _is_added(objects: Path, name: str, *, known: bool) -> bool:
    if _PACK.fullmatch(name):
        return _is_whole(objects / name)
    if _LOOSE.fullmatch(name):
        return not known or _has_its_name(objects / name, name.replace("/", ""))
    return bool(_BESIDE.fullmatch(name))


def _has_its_name(file: Path, name: str) -> bool:
    """Whether a loose object has the id that its file is named after."""
    digest = _hash(_SHA256 if len(name) == 2 * _SHA256 else _SHA1)
    inflated = zlib.decompressobj()
    try:
        with file.open("rb") as stream:
            while part := inflated.unconsumed_tail or stream.read(_CHUNK):
                digest.update(inflated.decompress(part, _CHUNK))
        digest.update(inflated.flush())
    except (OSError, zlib.error):
        return False
    return inflated.eof and digest.hexdigest() == name


def _is_whole(file: Path) -> bool:
    """Whether a pack has the digest that it ends with, and its index ends with that digest and its own."""
    width = _SHA256 if len(file.stem) == _LONG_NAME else _SHA1
    pack, index = _ending(file.with_suffix(".pack"), width), _ending(file.with_suffix(".idx"), width)
    return pack is not None and index is not None and pack[1] == index[0]


def _ending(file: Path, width: int) -> tuple[bytes, bytes] | None:
    """The digest at the end of a file, and what stands before it; `None` where the digest is not that of the file."""
    digest = _hash(width)
    try:
        with file.open("rb") as stream:
            left = os.fstat(stream.fileno()).st_size - width
            last = b""
            while left > 0 and (part := stream.read(min(left, _CHUNK))):
                digest.update(part)
                last, left = (last + part)[-width:], left - len(part)
            stated = stream.read(width)
    except OSError:
        return None
    return (last, stated) if not left and stated == digest.digest() else None


def _hash(width: int) -> "hashlib._Hash":
    return hashlib.new("sha256" if width == _SHA256 else "sha1", usedforsecurity=False)


def _below(folder: Path, prefix: str, depth: int) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and depth:
            yield from _below(Path(entry.path), f"{prefix}{entry.name}/", depth - 1)
        else:
            yield prefix + entry.name, (entry.stat(follow_symlinks=False).st_size, entry.inode())

"""Many objects into a repository at once: as one pack, because a process for each would take for ever.

Format: gitformat-pack of git's documentation; every object whole, none as a difference.
"""

import hashlib
import zlib
from collections.abc import Sequence

from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid

_KINDS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
_SHA256_LENGTH = 64


def object_id(kind: str, data: bytes, hex_digits: int) -> Oid:
    """The id that git gives an object, in 40 (SHA-1) or 64 (SHA-256) hex digits."""
    return Oid(_hash(hex_digits, b"%s %d\0%s" % (kind.encode(), len(data), data)).hex())


def store_objects(repository: OwnedRepository, objects: Sequence[tuple[str, bytes]], hex_digits: int) -> None:
    """Write these objects (kind and content). Nothing is checked: a malformed one is stored as it is."""
    if objects:
        body = b"".join(_entry(kind, data) for kind, data in objects)
        pack = b"PACK" + (2).to_bytes(4, "big") + len(objects).to_bytes(4, "big") + body
        repository.run("index-pack", "--stdin", stdin=pack + _hash(hex_digits, pack))


def _entry(kind: str, data: bytes) -> bytes:
    """Kind and size in groups of 4 and then 7 bits, the last group without the high bit; then the content."""
    size = len(data) >> 4
    head = [_KINDS[kind] << 4 | len(data) & 0x0F]
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7F)
        size >>= 7
    return bytes(head) + zlib.compress(data)


def _hash(hex_digits: int, data: bytes) -> bytes:
    name = "sha256" if hex_digits == _SHA256_LENGTH else "sha1"
    return hashlib.new(name, data, usedforsecurity=False).digest()

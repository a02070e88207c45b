"""Parses raw commits, tags and trees. Malformed ones give what can be read, never an error.

Every byte of a commit or a tag comes back in a field, but for keywords, ids and dates that git itself can read.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, Identity, RawObject, Tag, TreeEntry
from opensafe.model.identifiers import Oid

_IDENTITY = expression(rb"^(?P<name>[^<]*?) ?<(?P<email>[^>]*)>? ?(?P<when>.*)$", re.DOTALL)
_ID = expression(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DATE = expression(rb"(?:-?[0-9]{1,11} [+-][0-9]{4,5})?")  # git writes ten digits until the year 2286
_KINDS = frozenset({b"commit", b"tree", b"blob", b"tag"})
_IDS = frozenset({b"tree", b"parent", b"object"})
_PEOPLE = frozenset({b"author", b"committer", b"tagger"})
_OF_COMMIT = frozenset({b"tree", b"parent", b"author", b"committer"})
_OF_TAG = frozenset({b"object", b"type", b"tag", b"tagger"})
_NOBODY = Identity(b"", b"", b"")
_SHA1_BYTES, _SHA256_BYTES = 20, 32
_CHUNK = 1 << 20


def parse_identity(line: bytes) -> Identity:
    """`Name <e-mail> 1700000000 +0000`; without angle brackets everything is the name."""
    match = _IDENTITY.match(line)
    if match is None:
        return Identity(line.strip(), b"", b"")
    return Identity(_once(match["name"]), _once(match["email"]), match["when"])


@lru_cache(maxsize=1 << 14)
def _once(text: bytes) -> bytes:
    """The same text as one object: few people make most commits."""
    return text


def split_headers(data: bytes) -> tuple[list[tuple[bytes, bytes]], int]:
    """The header lines with continuation lines unfolded, and the offset of the message."""
    end = data.find(b"\n\n")
    head, message_at = (data, len(data)) if end < 0 else (data[: end + 1], end + 2)
    headers: list[tuple[bytes, bytes]] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and headers:
            name, value = headers[-1]
            headers[-1] = (name, value + b"\n" + line[1:])
        elif line:
            name, _, value = line.partition(b" ")
            headers.append((name, value))
    return headers, message_at


def parse_commit(raw: RawObject) -> Commit:
    headers, message_at = split_headers(raw.data)
    first = dict(reversed(headers))
    return Commit(
        oid=raw.oid,
        tree=_oid(first.get(b"tree", b"")),
        parents=tuple(_oid(value) for name, value in headers if name == b"parent"),
        author=parse_identity(first[b"author"]) if b"author" in first else _NOBODY,
        committer=parse_identity(first[b"committer"]) if b"committer" in first else _NOBODY,
        headers=tuple((name, value) for name, value in headers if name not in _OF_COMMIT),
        message=raw.data[message_at:],
        message_at=message_at,
        aside=_aside(headers, _OF_COMMIT),
    )


def parse_tag(raw: RawObject) -> Tag:
    headers, message_at = split_headers(raw.data)
    first = dict(reversed(headers))
    return Tag(
        oid=raw.oid,
        target=_oid(first.get(b"object", b"")),
        target_kind=first.get(b"type", b"").decode("ascii", "replace"),
        name=first.get(b"tag", b""),
        tagger=parse_identity(first[b"tagger"]) if b"tagger" in first else None,
        message=raw.data[message_at:],
        message_at=message_at,
        headers=tuple((name, value) for name, value in headers if name not in _OF_TAG),
        aside=_aside(headers, _OF_TAG),
    )


def aside_identities(aside: bytes) -> Iterator[Identity]:
    """The people whom the lines name that a commit or a tag has set aside."""
    for line in aside.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name in _PEOPLE:
            yield parse_identity(value)


def _aside(headers: list[tuple[bytes, bytes]], known: frozenset[bytes]) -> bytes:
    """The known lines of which some byte is left over: not an id, not a date, or a person or a name once too often."""
    lines: list[bytes] = []
    seen: set[bytes] = set()
    for name, value in headers:
        if name in known and not _is_understood(name, value, again=name in seen):
            lines.append(name + b" " + value)
        seen.add(name)
    return b"\n".join(lines)


def _is_understood(name: bytes, value: bytes, *, again: bool) -> bool:
    if name in _IDS:
        return _ID.fullmatch(value) is not None
    if name == b"type":
        return value in _KINDS
    if again:
        return False
    return name == b"tag" or _DATE.fullmatch(parse_identity(value).when) is not None


def _oid(value: bytes) -> Oid:
    """An id, empty where something else stands in its place: ids are shown as they are."""
    return Oid(value.decode() if _ID.fullmatch(value) else "")


_ENTRY_SHA1 = expression(rb"([0-7]{1,7}) ([^\0]+)\0(.{20})", re.DOTALL)
_ENTRY_SHA256 = expression(rb"([0-7]{1,7}) ([^\0]+)\0(.{32})", re.DOTALL)


def parse_tree(raw: RawObject) -> tuple[TreeEntry, ...]:
    """The entries in the order they stand; the width of ids follows from the tree's own id."""
    pattern = _ENTRY_SHA1 if len(raw.oid) == 2 * _SHA1_BYTES else _ENTRY_SHA256
    return tuple(TreeEntry(int(mode, 8), name, Oid(oid.hex())) for mode, name, oid in pattern.findall(raw.data))


def is_whole_tree(raw: RawObject) -> bool:
    """Whether a tree is nothing but entries: what stands between or behind them is in no path and no file."""
    pattern = _ENTRY_SHA1 if len(raw.oid) == 2 * _SHA1_BYTES else _ENTRY_SHA256
    return sum(match.end() - match.start() for match in pattern.finditer(raw.data)) == len(raw.data)


def blob_id(content: IO[bytes], size: int, hex_digits: int) -> Oid:
    """The id that git gives a content of `size` bytes: 40 (SHA-1) or 64 (SHA-256) hex digits."""
    name = "sha1" if hex_digits == 2 * _SHA1_BYTES else "sha256"
    digest = hashlib.new(name, b"blob %d\0" % size, usedforsecurity=False)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return Oid(digest.hexdigest())


def format_tree(entries: list[TreeEntry]) -> bytes:
    """The raw bytes of a tree: git's order sorts folders as if their names ended in a slash."""
    ordered = sorted(entries, key=lambda entry: entry.name + (b"/" if entry.is_tree else b""))
    return b"".join(b"%o %s\0%s" % (entry.mode, entry.name, bytes.fromhex(entry.oid)) for entry in ordered)

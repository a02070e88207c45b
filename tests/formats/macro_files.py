"""Modules of VBA as Office stores them, packed by hand ([MS-OVBA] 2.4.1.3.8)."""

import struct
from collections.abc import Iterator

_CHUNK = 4096
MODULE = b'Attribute VB_Name = "Upload"\r\nSub Upload()\r\n' + b"' nothing to see here\r\n" * 300 + b"End Sub\r\n"


def packed_module(source: bytes, cache: bytes = b"\x16\1\xf0" * 60) -> bytes:
    """The stream of a module: what Office remembers of it, then its source."""
    return cache + packed(source)


def packed(source: bytes) -> bytes:
    chunks = (_packed_chunk(source[at : at + _CHUNK]) for at in range(0, len(source), _CHUNK))
    return b"\1" + b"".join(struct.pack("<H", len(chunk) - 1 | 0xB000) + chunk for chunk in chunks)


def _packed_chunk(chunk: bytes) -> bytes:
    tokens = list(_tokens(chunk))
    groups = [tokens[at : at + 8] for at in range(0, len(tokens), 8)]
    return b"".join(
        bytes([sum((len(token) == 2) << bit for bit, token in enumerate(group))]) + b"".join(group) for group in groups
    )


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """A byte as it is, or two that say how far back and how long a copy is."""
    at = 0
    while at < len(chunk):
        length, back = max(((_same(chunk, at, back), back) for back in range(1, min(at, 60) + 1)), default=(0, 0))
        if length < 3:
            yield chunk[at : at + 1]
            at += 1
            continue
        bits = max(4, (at - 1).bit_length())
        yield struct.pack("<H", (back - 1) << (16 - bits) | (length - 3))
        at += length


def _same(chunk: bytes, at: int, back: int) -> int:
    length = 0
    while length < 18 and at + length < len(chunk) and chunk[at + length] == chunk[at + length - back]:
        length += 1
    return length

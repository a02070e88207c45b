"""Source of VBA macros: how Office compresses it in its modules ([MS-OVBA] 2.4.1)."""

import struct
from collections.abc import Iterator

_SIGNED = 1  # the first byte of a compressed container
_CHUNK = 4096
_RAW, _PACKED = 0x3000, 0xB000  # marks in the upper four bits of a chunk's header
_FIRST = b"\0Attribut"  # a module begins with `Attribute VB_Name`: no copies among its first eight bytes


def sources_in(stream: bytes, limit: int) -> Iterator[bytes]:
    """What the compressed containers in a stream hold: one that fills it, and those that begin a module."""
    starts = [0] if stream[:1] == bytes([_SIGNED]) else []
    at = stream.find(_FIRST)
    while at >= 0:
        if at >= 3 and stream[at - 3] == _SIGNED:  # noqa: PLR2004 - the sign and the header of the chunk
            starts.append(at - 3)
        at = stream.find(_FIRST, at + 1)
    for start in dict.fromkeys(starts):
        source = _unpacked(stream, start + 1, limit)
        limit -= len(source)
        if source:
            yield source


def _unpacked(stream: bytes, at: int, limit: int) -> bytes:
    """The chunks that follow each other from here; what is damaged ends it."""
    out = bytearray()
    while at + 2 <= len(stream) and len(out) + _CHUNK <= limit:
        (header,) = struct.unpack_from("<H", stream, at)
        chunk = stream[at + 2 : at + 3 + (header & 0xFFF)]
        if header & 0xF000 == _PACKED:
            out += _chunk(chunk)
        elif header & 0xF000 == _RAW:
            out += chunk
        else:
            break
        at += 2 + len(chunk)
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    """Groups of eight: a byte of flags, then for each a byte as it is or a copy of what came before."""
    out = bytearray()
    at = 0
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
            elif not _copied(data, at, out):
                return bytes(out)
            else:
                at += 2
    return bytes(out)


def _copied(data: bytes, at: int, out: bytearray) -> bool:
    """A copy token: the more was written, the more of its bits say how far back it goes (2.4.1.3.19.1)."""
    if at + 2 > len(data) or not out:
        return False
    (token,) = struct.unpack_from("<H", data, at)
    bits = max(4, (len(out) - 1).bit_length())
    length, back = (token & (0xFFFF >> bits)) + 3, (token >> (16 - bits)) + 1
    if back > len(out) or len(out) + length > _CHUNK:
        return False
    for _ in range(length):
        out.append(out[-back])
    return True

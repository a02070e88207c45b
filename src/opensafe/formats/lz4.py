"""LZ4, which the standard library lacks: its blocks, and the frames of files (lz4 Frame Format 1.6)."""

FRAME = b"\x04\x22\x4d\x18"
LEGACY = b"\x02\x21\x4c\x18"
_STORED = 0x80000000  # the flag of a block of a frame that is stored as it is
_LEGACY_BLOCK = 8 * 1024 * 1024


class TooLong(Exception):
    """The content is longer than the limit."""


def lz4_block(data: bytes, limit: int) -> bytes:
    """One block. Raises TooLong, IndexError or ValueError."""
    out = bytearray()
    _add_block(data, out, limit)
    return bytes(out)


def lz4_frames(data: bytes, limit: int) -> bytes:
    """All frames that follow each other. Raises as `lz4_block`."""
    out = bytearray()
    add_frames(data, out, limit)
    return bytes(out)


def add_frames(data: bytes, out: bytearray, limit: int) -> int:
    """Adds what frames hold to `out`; returns where they end. Check sums are passed over. Raises as `lz4_block`."""
    at = 0
    while True:
        if data.startswith(FRAME, at):
            at = _add_frame(data, at, out, limit)
        elif data.startswith(LEGACY, at):
            at = _add_legacy(data, at + 4, out, limit)
        else:
            break
    if not at:
        raise ValueError
    return at


def _add_frame(data: bytes, at: int, out: bytearray, limit: int) -> int:
    flags = data[at + 4]
    at += 7 + (8 if flags & 8 else 0) + (4 if flags & 1 else 0)
    while size := _size(data, at):
        block = data[at + 4 : at + 4 + (size & ~_STORED)]
        if size & _STORED:
            out += block
        else:
            _add_block(block, out, limit)
        if len(out) > limit:
            raise TooLong
        at += 4 + (size & ~_STORED) + (4 if flags & 16 else 0)
    return at + 4 + (4 if flags & 4 else 0)


def _add_legacy(data: bytes, at: int, out: bytearray, limit: int) -> int:
    """The frames of old programs and kernels: blocks until something else follows."""
    while at + 4 <= len(data) and (size := _size(data, at)) <= _LEGACY_BLOCK + _LEGACY_BLOCK // 255 + 16:
        if at + 4 + size > len(data):
            raise ValueError
        _add_block(data[at + 4 : at + 4 + size], out, limit)
        at += 4 + size
    return at


def _size(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise ValueError
    return int.from_bytes(data[at : at + 4], "little")


def _add_block(data: bytes, out: bytearray, limit: int) -> None:
    """Adds what a block holds to `out`, which it may refer to."""
    at = 0
    while at < len(data):
        token = data[at]
        length, at = _length(data, at + 1, token >> 4)
        out += data[at : at + length]
        at += length
        if len(out) > limit:
            raise TooLong
        if at >= len(data):
            break
        offset = int.from_bytes(data[at : at + 2], "little")
        length, at = _length(data, at + 2, token & 15)
        repeat(out, offset, min(length + 4, limit + 1 - len(out)))
        if len(out) > limit:
            raise TooLong


def _length(data: bytes, at: int, length: int) -> tuple[int, int]:
    while length >= 15 and data[at] == 255:  # noqa: PLR2004 - fifteen and every 255 say that more follows
        length, at = length + 255, at + 1
    return (length + data[at], at + 1) if length >= 15 else (length, at)  # noqa: PLR2004 - as above


def repeat(out: bytearray, offset: int, length: int) -> None:
    """Repeat what stands `offset` bytes back; it may run into what it writes. Raises ValueError."""
    if not 0 < offset <= len(out):
        raise ValueError
    start = len(out) - offset
    if offset >= length:
        out += out[start : start + length]
    else:
        out += (bytes(out[start:]) * (length // offset + 1))[:length]

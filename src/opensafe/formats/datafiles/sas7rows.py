"""Compressed rows of SAS data sets: runs of bytes (COMPRESS=CHAR), and Ross data compression (COMPRESS=BINARY)."""

from opensafe.formats.lz4 import repeat

_FILLED = {0x5: 0x40, 0x6: 0x20, 0x7: 0x00}  # commands for long runs of @, blanks, zeros
_SHORT_FILLED = {0xD: 0x40, 0xE: 0x20, 0xF: 0x00}


def unpacked_row(packed: bytes, kind: bytes, size: int) -> bytes:
    """A row of `size` bytes; one that is not shorter when packed stands as it is. Raises IndexError or ValueError."""
    if len(packed) >= size:
        return packed[:size]
    row = _runs(packed, size) if kind == b"SASYZCRL" else _ross(packed, size)
    if len(row) != size:
        raise ValueError
    return bytes(row)


def _runs(packed: bytes, size: int) -> bytearray:
    """A command in four bits, and a number in four more or in another byte as well."""
    out = bytearray()
    at = 0
    while at < len(packed) and len(out) < size:
        command, low = packed[at] >> 4, packed[at] & 15
        at += 1
        if command <= 0x1:
            count = packed[at] + 64 + 256 * low + 4096 * command
            out += packed[at + 1 : at + 1 + count]
            at += 1 + count
        elif command == 0x4:  # noqa: PLR2004 - a command
            _fill(out, packed[at + 1], packed[at] + 18 + 256 * low, size)
            at += 2
        elif command in _FILLED:
            _fill(out, _FILLED[command], packed[at] + 17 + 256 * low, size)
            at += 1
        elif 0x8 <= command <= 0xB:  # noqa: PLR2004 - commands
            count = low + 1 + 16 * (command - 0x8)
            out += packed[at : at + count]
            at += count
        elif command == 0xC:  # noqa: PLR2004 - a command
            _fill(out, packed[at], low + 3, size)
            at += 1
        elif command in _SHORT_FILLED:
            _fill(out, _SHORT_FILLED[command], low + 2, size)
        else:
            raise ValueError
    return out


def _ross(packed: bytes, size: int) -> bytearray:
    """Sixteen flags at a time: a byte as it is, a run, or a copy of what came before."""
    out = bytearray()
    at = flags = left = 0
    while at < len(packed) and len(out) < size:
        if not left:
            flags, left, at = packed[at] << 8 | packed[at + 1], 16, at + 2
        left -= 1
        if not flags >> left & 1:
            out.append(packed[at])
            at += 1
            continue
        command, low = packed[at] >> 4, packed[at] & 15
        if command == 0:
            _fill(out, packed[at + 1], low + 3, size)
            at += 2
        elif command == 1:
            _fill(out, packed[at + 2], low + (packed[at + 1] << 4) + 19, size)
            at += 3
        else:
            is_long = command == 2  # noqa: PLR2004 - a copy whose length stands in a byte of its own
            count = packed[at + 2] + 16 if is_long else command
            repeat(out, low + 3 + (packed[at + 1] << 4), min(count, size - len(out)))
            at += 3 if is_long else 2
    return out


def _fill(out: bytearray, byte: int, count: int, size: int) -> None:
    out += bytes([byte]) * min(count, size - len(out))

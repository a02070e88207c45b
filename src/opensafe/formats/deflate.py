"""Deflate streams that are the same on every machine (RFC 1951).

Builds of Python carry different libraries (zlib, zlib-ng), which pack one content in different ways: a rewrite on two
machines would give two commits. Stored blocks leave nothing to choose. Git packs the file again when it stores it.
"""

import zlib

_BLOCK = 0xFFFF  # bytes: the longest stored block
_LARGEST_STORED = 16 << 20
"""Beyond this a file would become too large for its users (bytes): zlib packs it, which differs in rare builds."""


def deflated(content: bytes) -> bytes:
    """A raw deflate stream (without the headers of zlib or gzip) that holds `content`."""
    if len(content) > _LARGEST_STORED:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(content) + packer.flush()
    starts = range(0, max(len(content), 1), _BLOCK)
    return b"".join(_block(content[at : at + _BLOCK], is_last=at + _BLOCK >= len(content)) for at in starts)


def _block(data: bytes, *, is_last: bool) -> bytes:
    size = len(data)
    return bytes([is_last]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data

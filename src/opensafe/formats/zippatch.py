"""Edits that put new contents into a zip file: everything else in it stays as it is, byte by byte."""

import struct
import zlib
from collections.abc import Mapping

from opensafe.formats.ziplayout import Entry, NotZip, content_span, directory_of, entries_of
from opensafe.formats.zipmethods import packed as packed_by
from opensafe.model.edit import Edit

_DESCRIPTOR = 8  # flag: sizes follow the content instead of standing in the header


def replaced_members(data: bytes, contents: Mapping[int, bytes]) -> list[Edit]:
    """Edits of `data` that give these members (by `Entry.central_at`) new contents. Raises NotZip."""
    entries = sorted(entries_of(data), key=lambda entry: entry.local_at)
    edits: list[Edit] = []
    grown = 0  # by how many bytes everything that follows has moved
    for entry in entries:
        edits += _moved(entry, data, grown)
        if entry.central_at in contents:
            changed = _replaced(data, entry, contents[entry.central_at])
            edits += changed
            grown += sum(len(edit.replacement) - (edit.end - edit.start) for edit in changed)
    directory = directory_of(data)
    return [*edits, _number(data, directory.end_at + 16, grown)]


def _moved(entry: Entry, data: bytes, grown: int) -> list[Edit]:
    return [_number(data, entry.central_at + 42, grown)] if grown else []


def _number(data: bytes, at: int, more: int) -> Edit:
    (value,) = struct.unpack_from("<I", data, at)
    try:
        return Edit(at, at + 4, struct.pack("<I", value + more))
    except struct.error:  # the offset of a damaged member
        raise NotZip from None


def _replaced(data: bytes, entry: Entry, content: bytes) -> list[Edit]:
    """New bytes in the place of the old, and check sum and sizes in all places that tell them."""
    packed = packed_by(content, entry.method)
    start, end = content_span(data, entry)
    sums = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    edits = [Edit(start, end, packed), Edit(entry.central_at + 16, entry.central_at + 28, sums)]
    if not entry.flags & _DESCRIPTOR:
        return [*edits, Edit(entry.local_at + 14, entry.local_at + 26, sums)]
    signed = 4 if data[end : end + 4] == b"PK\7\x08" else 0
    return [*edits, Edit(end + signed, end + signed + 12, sums)]

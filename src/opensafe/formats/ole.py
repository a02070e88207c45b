"""The old Office container (xls, doc, msg; [MS-CFB]): streams in chains of sectors. Damage shortens, never raises."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA  # ids from here on are marks, not sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MAX_STREAMS = 10_000


class OleFile:
    """The streams of one file, found by its allocation tables."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        header = data[:_HEADER].ljust(_HEADER, b"\0")
        self._sector = 1 << min(struct.unpack_from("<H", header, 30)[0], 16)
        self._small_limit = struct.unpack_from("<I", header, 56)[0]
        self._table = self._allocation(header)
        self._entries = list(self._directory(struct.unpack_from("<I", header, 48)[0]))
        self._small_table = self._words(self._chain(struct.unpack_from("<I", header, 60)[0]))
        self._small = next((self._chain(start) for _, kind, start, _ in self._entries if kind == _ROOT), b"")

    @property
    def names(self) -> list[str]:
        return [name for name, kind, _, _ in self._entries if kind == _STREAM]

    def streams(self) -> Iterator[tuple[str, bytes]]:
        """Every stream, in the order of the directory."""
        for name, kind, start, size in self._entries:
            if kind == _STREAM:
                whole = self._small_chain(start, size) if size < self._small_limit else self._chain(start, size)
                yield name, whole[:size]

    def _sector_at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    @staticmethod
    def _words(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _allocation(self, header: bytes) -> tuple[int, ...]:
        """The file allocation table: its sectors are listed in the header, then in a chain of lists."""
        listed = list(struct.unpack_from("<109I", header, 76))
        following, seen = struct.unpack_from("<I", header, 68)[0], set[int]()
        while following < _LAST_SECTOR and following not in seen and (words := self._words(self._sector_at(following))):
            seen.add(following)
            listed += words[:-1]
            following = words[-1]
        sectors = dict.fromkeys(number for number in listed if number < _LAST_SECTOR)
        return self._words(b"".join(self._sector_at(number) for number in sectors))

    def _chain(self, start: int, size: int | None = None) -> bytes:
        """The sectors of a chain, each at most once, up to `size` bytes."""
        pieces: list[bytes] = []
        seen: set[int] = set()
        while start < len(self._table) and start not in seen and (size is None or len(pieces) * self._sector < size):
            seen.add(start)
            pieces.append(self._sector_at(start))
            start = self._table[start]
        return b"".join(pieces)

    def _small_chain(self, start: int, size: int) -> bytes:
        pieces: list[bytes] = []
        seen: set[int] = set()
        while start < len(self._small_table) and start not in seen and len(pieces) * 64 < size:
            seen.add(start)
            pieces.append(self._small[start * 64 : start * 64 + 64])
            start = self._small_table[start]
        return b"".join(pieces)

    def _directory(self, start: int) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of every entry."""
        table = self._chain(start)[: _MAX_STREAMS * _ENTRY]
        for at in range(0, len(table) - _ENTRY + 1, _ENTRY):
            name_size, kind = struct.unpack_from("<HB", table, at + 64)
            first, size = struct.unpack_from("<II", table, at + 116)
            name = table[at : at + max(0, min(name_size, 64) - 2)].decode("utf-16-le", "replace")
            yield name, kind, first, size

"""Hostile contents cost no more than the budget, and what is over it is named."""

import bz2
import gzip
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from opensafe.formats.budget import Budget
from opensafe.formats.compression import recompressed
from opensafe.formats.decode import decode
from opensafe.formats.notebook import strip_outputs
from opensafe.formats.tables import read_tables
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

MIB = 1024 * 1024
SMALL = Budget(max_part_bytes=MIB, max_total_bytes=4 * MIB, max_parts=50)


@contextmanager
def bounded(mebibytes: float) -> Iterator[None]:
    """Fails if the block takes more memory than this."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < mebibytes * MIB
    finally:
        tracemalloc.stop()


def zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


ZEROS = b" " * (64 * MIB)
GZIP_BOMB = gzip.compress(ZEROS, mtime=0)
BZ2_BOMB = bz2.compress(ZEROS)
ZSTD_BOMB = recompressed(b"", "zstd", ZEROS)
ZIP_BOMB = zip_of({"zeros": ZEROS, "small": b"small"})


@pytest.mark.parametrize(("data", "label"), [(GZIP_BOMB, "gzip"), (BZ2_BOMB, "bz2"), (ZSTD_BOMB, "zstd")])
def test_a_compressed_bomb(data: bytes, label: str) -> None:
    with bounded(8):
        decoding = decode(data, budget=SMALL)
    assert [(part.via, part.role) for part in decoding.parts] == [((), Role.BINARY)]
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, (label,))]


def test_a_zip_bomb_and_its_harmless_neighbour() -> None:
    with bounded(8):
        decoding = decode(ZIP_BOMB, budget=SMALL)
    assert [part.via for part in decoding.parts] == [(), ("zip:small",), ("zip:names",)]
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("zip:zeros",))]


def test_a_zip_member_that_lies_about_its_size_is_damaged() -> None:
    true_size, lie = struct.pack("<I", len(ZEROS)), struct.pack("<I", 10)
    with bounded(8):
        decoding = decode(ZIP_BOMB.replace(true_size, lie), budget=SMALL)
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.CORRUPT, ("zip:zeros",))]


def test_many_members_that_share_one_content_stop_at_the_total() -> None:
    data = zip_of({f"{number:02}": b" " * MIB for number in range(30)})
    decoding = decode(data, budget=SMALL)
    assert sum(len(part.data) for part in decoding.parts[1:]) <= SMALL.max_total_bytes
    assert {unread.reason for unread in decoding.unread} == {SkipReason.ARCHIVE_BUDGET}
    assert len(decoding.unread) > 20


def test_a_zip_of_too_many_members() -> None:
    decoding = decode(zip_of({f"{number}": b"" for number in range(2000)}), budget=SMALL)
    assert len(decoding.parts) <= SMALL.max_parts + 1
    assert Unread(SkipReason.ARCHIVE_BUDGET, via=("zip",), detail="more members than the budget has") in decoding.unread


def test_gzip_within_gzip_ends_at_the_depth() -> None:
    data = b"the innermost text"
    for _ in range(20):
        data = gzip.compress(data, mtime=0)
    decoding = decode(data)
    assert [part.via for part in decoding.parts] == [("gzip",) * depth for depth in range(5)]
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("gzip",) * 4)]


def test_a_million_brackets() -> None:
    for data in (b"[" * 1_000_000, b'{"nbformat":4,"cells":' + b'[{"a":' * 300_000):
        with bounded(60):
            decoding = decode(data, b"x.ipynb")
        assert [part.data for part in decoding.parts] == [data]
        assert strip_outputs(data) is None
        assert read_tables(data, "json") == ()


def test_a_text_full_of_base64_is_bounded() -> None:
    data = b"aGVsbG8gd29ybGQgaGVsbG8gd29ybGQg\n" * 5000
    decoding = decode(data)
    assert len(decoding.parts) == 1001
    assert [unread.via for unread in decoding.unread] == [("base64",)]


@pytest.mark.parametrize(
    "data",
    [
        b"A" * 3_000_000,
        b"/" * 3_000_000,
        (b"A" * 76 + b"\n") * 40_000,
        b"eyJ" * 1_000_000,
        b"-" * 3_000_000,
        b"," * 3_000_000,
    ],
)
def test_long_runs_cost_little(data: bytes) -> None:
    with bounded(64):
        assert decode(data).parts[0].data == data


def _page_of_one_row() -> bytes:
    """A write-ahead log of one page, all of whose pointers name the same long row."""
    row = b"\x00\x01\x04\x83\xff\x7f" + b"x" * 30_000
    pointers = (65_536 - len(row)).to_bytes(2, "big") * 10_000
    page = b"\x0d\0\0" + (10_000).to_bytes(2, "big") + bytes(3) + pointers
    page = page.ljust(65_536 - len(row), b"\0") + row
    return b"\x37\x7f\x06\x82" + bytes(4) + (65_536).to_bytes(4, "big") + bytes(20) + bytes(24) + page


def _nested_lists_of_r() -> bytes:
    """Three hundred lists within each other around a million numbers."""
    head = b"X\n" + struct.pack(">III", 2, 0x040201, 0x020300)
    return head + struct.pack(">II", 19, 1) * 250 + struct.pack(">II", 13, 500_000) + b"\0\0\0\1" * 500_000


def _sequences_of_r() -> bytes:
    """Ten million numbers in forty bytes, many times."""
    symbol = struct.pack(">III", 1, 9, 14) + b"compact_intseq"
    info = struct.pack(">I", 2) + symbol + struct.pack(">I", 254)
    state = struct.pack(">IIddd", 14, 3, 1e7, 1.0, 1.0)
    one = struct.pack(">I", 238) + info + state + struct.pack(">I", 254)
    return b"X\n" + struct.pack(">IIIII", 2, 0x040201, 0x020300, 19, 200) + one * 200


@pytest.mark.parametrize(
    "data", [_page_of_one_row(), _nested_lists_of_r(), _sequences_of_r()], ids=["page", "lists", "r"]
)
def test_data_files_that_unfold_without_end(data: bytes) -> None:
    with bounded(64):
        assert decode(data, budget=SMALL).parts[0].data == data

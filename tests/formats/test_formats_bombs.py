"""Hostile contents cost no more than the budget, and what is over it is named."""

import bz2
import gzip
import io
import struct
import time
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
def bounded(mebibytes: float, seconds: float = 5) -> Iterator[None]:
    """Fails if the block takes more memory or time than this."""
    tracemalloc.start()
    started = time.monotonic()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < mebibytes * MIB
        assert time.monotonic() - started < seconds
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

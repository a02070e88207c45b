"""Parquet files as pyarrow and polars write them; what cannot be read is named."""

import pytest

from opensafe.formats.budget import Budget
from opensafe.formats.datafiles.frame import Room, TooMuch
from opensafe.formats.datafiles.parquetvalues import bits, run_lengths
from opensafe.formats.datafiles.unpacking import snappy
from opensafe.formats.decode import decode
from opensafe.formats.lz4 import TooLong, lz4_block
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.tables import read_tables
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from opensafe.model.specimen import Role
from tests.formats.sample_files import opened, part, sample, table

READ = ["none.parquet", "snappy.parquet", "gzip.parquet", "lz4.parquet", "v2.parquet", "nodict.parquet"]
NUMBERS = [str(9990000001 + at) for at in range(12)]


@pytest.mark.parametrize("name", [*READ, "polars.parquet", "delta.parquet"])
def test_every_column_is_read(name: str) -> None:
    decoding = opened(name)
    columns = table(decoding, "parquet:table")
    assert columns["name"] == [f"Ada {letter} Lovelace" for letter in "abcdefghijkl"]
    assert columns["nhs_number"] == NUMBERS
    assert columns["nhs_float"][:4] == ["", "9990000102", "9990000103", ""]
    assert columns["nhs_text"][:3] == ["", "9990000202", "9990000203"]
    assert (columns["dob"][2], columns["seen"][1], columns["ward"][0]) == ("1957-03-03", "2020-01-02 12:00:00", "Élan")
    assert not decoding.unread


@pytest.mark.parametrize("name", [*READ, "polars.parquet"])
def test_decimals_lists_and_records(name: str) -> None:
    decoding = opened(name)
    columns = table(decoding, "parquet:table")
    assert (columns["dec"][0], columns["inner.a"][1], columns["inner.b"][0]) == ("9990000301", "9990000502", "q")
    assert part(decoding, "parquet:lists").splitlines()[:4] == ["9990000401", "x", "9990000402", "x"]


def test_notes_hold_names_keys_and_extremes() -> None:
    decoding = opened("snappy.parquet")
    notes = part(decoding, "parquet:notes").splitlines()
    assert notes[0].startswith("parquet-cpp-arrow")
    assert any(line.startswith('pandas: {"index_columns"') for line in notes)
    assert {"name", "inner", "a", "nhs_text: 9990000212", "name: Ada a Lovelace", "dec: 9990000301"} <= set(notes)
    assert {found.role for found in decoding.parts if found.via == ("parquet:notes",)} == {Role.METADATA}


@pytest.mark.parametrize(("name", "label"), [("zstd.parquet", "parquet"), ("zstd.feather", "arrow")])
def test_zstandard_is_read(name: str, label: str) -> None:
    decoding = opened(name)
    assert table(decoding, f"{label}:table")["nhs_number"] == NUMBERS
    assert decoding.unread == ()


def test_what_is_not_read_is_named() -> None:
    data = sample("snappy.parquet")
    packed = opened("brotli.parquet")
    assert [(item.reason, item.via) for item in packed.unread] == [(SkipReason.UNSUPPORTED, ("parquet",))]
    assert packed.unread[0].detail.startswith("13 columns: the compression (brotli)")
    secret = decode(data[:-4] + b"PARE")
    assert [(item.reason, item.via) for item in secret.unread] == [(SkipReason.ENCRYPTED, ("parquet",))]
    cut = decode(data[: len(data) // 2])
    assert [(item.reason, item.via) for item in cut.unread] == [(SkipReason.CORRUPT, ("parquet",))]


def test_there_is_no_way_back() -> None:
    with pytest.raises(CannotReencode):
        rewrite(sample("snappy.parquet"), [SpanEdit(("parquet:table",), 0, 1, b"x")])


def test_the_table_is_profiled() -> None:
    (found,) = read_tables(sample("v2.parquet"), "parquet")
    assert (found.rows, found.header[:2], found.columns[1]) == (12, ("name", "nhs_number"), tuple(NUMBERS))


def test_more_than_the_budget_is_named() -> None:
    decoding = decode(sample("snappy.parquet"), budget=Budget(max_part_bytes=7000, max_total_bytes=6000))
    assert [(item.reason, item.via) for item in decoding.unread] == [
        (SkipReason.ARCHIVE_BUDGET, ("parquet",)),
    ]
    with pytest.raises(TooMuch):
        Room(10).take(11)
    with pytest.raises(TooMuch):
        run_lengths(b"\xff\xff\xff\xff\x0e\x01", 1, 2**31)


def test_streams_by_their_specifications() -> None:
    assert snappy(b"\x08\x08abc\x05\x03", 20) == b"abcabcab"
    assert lz4_block(b"\x35abc\x03\x00\x10x", 20) == b"abcabcabcabcx"
    with pytest.raises(TooMuch):
        snappy(b"\xff\xff\xff\x7f", 1000)
    with pytest.raises(TooLong):
        lz4_block(b"\x1fa\x01\x00" + b"\xff" * 99 + b"\0", 1000)


@pytest.mark.parametrize("damaged", [b"\x05\x01\x00", b"\x05\x08abc", b"\x05\x11\x01", b"\xff" * 11])
def test_damaged_snappy_is_an_error(damaged: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        snappy(damaged, 10**30)


def test_numbers_of_few_bits() -> None:
    example = bytes([0b10001000, 0b11000110, 0b11111010])  # of the specification: 0 to 7 in three bits each
    assert bits(example, 3) == list(range(8))
    assert run_lengths(b"\x03" + example + b"\x06\x05", 3, 10) == [*range(8), 5, 5]

"""Files of Arrow and Feather as pyarrow and polars write them."""

import pytest

from opensafe.formats.decode import decode
from opensafe.formats.lz4 import TooLong, lz4_frames
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.tables import read_tables
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.sample_files import opened, part, sample, table

NEWER = ["uncompressed.feather", "lz4.feather", "polars.arrow", "polars_l.arrow"]
PARQUET = table(opened("none.parquet"), "parquet:table")


@pytest.mark.parametrize("name", NEWER)
def test_the_same_table_as_in_parquet(name: str) -> None:
    decoding = opened(name)
    assert table(decoding, "arrow:table") == PARQUET
    assert part(decoding, "arrow:lists").splitlines()[:4] == ["9990000401", "x", "9990000402", "x"]
    assert not decoding.unread


def test_the_first_version_of_feather() -> None:
    decoding = opened("v1.feather")
    columns = table(decoding, "arrow:table")
    names = ["name", "nhs_number", "nhs_float", "nhs_text", "ward", "score"]
    assert columns == {name: PARQUET[name] for name in names}
    assert not decoding.unread


def test_notes_hold_names_and_metadata() -> None:
    notes = part(opened("lz4.feather"), "arrow:notes").splitlines()
    assert notes[:2] == ["name", "nhs_number"]
    assert any(line.startswith('pandas: {"index_columns"') for line in notes)


@pytest.mark.parametrize("name", ["uncompressed.feather", "lz4.feather"])
def test_a_file_without_its_end_is_read_in_order(name: str) -> None:
    assert table(decode(sample(name)[:-700]), "arrow:table") == PARQUET


@pytest.mark.parametrize("name", ["uncompressed.feather", "polars.arrow", "v1.feather"])
def test_a_cut_file_is_named(name: str) -> None:
    decoding = decode(sample(name)[:1000])
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.CORRUPT, ("arrow",))]


def test_no_way_back_and_a_profile() -> None:
    with pytest.raises(CannotReencode):
        rewrite(sample("lz4.feather"), [SpanEdit(("arrow:table",), 0, 1, b"x")])
    (found,) = read_tables(sample("lz4.feather"), "arrow")
    assert (found.rows, found.header[0]) == (12, "name")


def test_frames_of_lz4() -> None:
    head = b"\x04\x22\x4d\x18\x40\x40\xc0"
    stored = (6 | 0x80000000).to_bytes(4, "little") + b"abcabc"
    linked = (5).to_bytes(4, "little") + b"\x02\x06\x00\x10x"  # six bytes from six back, in the block before
    assert lz4_frames(head + stored + bytes(4), 100) == b"abcabc"
    assert lz4_frames(head + stored + linked + bytes(4), 100) == b"abcabcabcabcx"
    with pytest.raises(TooLong):
        lz4_frames(head + stored + bytes(4), 5)

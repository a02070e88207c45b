"""SAS data sets: rows as they are and compressed, and what is damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.kit.sas_data_set import ROSS, RUNS, Value, sas_data_set
from opensafe.formats.datafiles.sas7rows import unpacked_row
from opensafe.formats.decode import decode
from opensafe.formats.tables import read_tables
from opensafe.model.skip import SkipReason
from tests.formats.sample_files import part

_COLUMNS = ["name", "born", "nhs"]
_PEOPLE: list[list[Value]] = [["Ada", -3651.0, 9990000001.0], ["Bea  B", 0.0, 7.5], ["Cyd", 12.0, float("nan")]]
_TABLE = "name\tborn\tnhs\nAda\t1950-01-02\t9990000001\nBea  B\t1960-01-01\t7.5\nCyd\t1960-01-13\t\n"


@pytest.mark.parametrize(
    "data",
    [
        sas_data_set(_COLUMNS, _PEOPLE),
        sas_data_set(_COLUMNS, _PEOPLE, mixed=2),
        sas_data_set(_COLUMNS, _PEOPLE, mixed=3),
        sas_data_set(_COLUMNS, _PEOPLE, packing=RUNS),
        sas_data_set(_COLUMNS, _PEOPLE, packing=ROSS),
    ],
)
def test_rows_names_and_labels(data: bytes) -> None:
    decoding = decode(data, b"a.sas7bdat")
    assert (decoding.signature, decoding.unread) == ("sas7bdat", ())
    assert part(decoding, "sas7bdat:BEDS") == _TABLE
    assert {"NAME", "BORN", "NHS"} <= set(part(decoding, "sas7bdat:notes").split())
    (table,) = read_tables(data, "sas7bdat")
    assert (table.header, table.rows) == (("name", "born", "nhs"), 3)


@pytest.mark.parametrize("packing", [RUNS, ROSS])
@pytest.mark.parametrize("length", [25, 41, 42, 58, 59, 60])
def test_blanks_too_few_for_a_run_stand_as_they_are(length: int, packing: str) -> None:
    data = sas_data_set(["ward", "remark"], [["Ash", "x" * length]], packing=packing)
    assert part(decode(data, b"a.sas7bdat"), "sas7bdat:BEDS") == f"ward\tremark\nAsh\t{'x' * length}\n"


def test_rows_that_are_absent_are_named() -> None:
    data = sas_data_set(_COLUMNS, _PEOPLE, mixed=2)
    cut = decode(data[: 1024 + 8192])
    assert part(cut, "sas7bdat:BEDS").count("\n") == 3
    assert [(unread.reason, unread.detail) for unread in cut.unread] == [(SkipReason.CORRUPT, "2 of 3 rows are there")]


def test_what_cannot_be_read_is_named_and_searched_for_strings() -> None:
    data = sas_data_set(_COLUMNS, _PEOPLE)
    decoding = decode(data.replace(b"\xf7" * 4, bytes(4)))
    assert "Bea  B" in part(decoding, "sas7bdat:strings")
    assert "9990000001" in part(decoding, "sas7bdat:numbers")
    assert [unread.reason for unread in decoding.unread] == [SkipReason.CORRUPT]


@pytest.mark.parametrize(
    ("packed", "kind", "row"),
    [
        (b"\x01\x00" + b"a" * 320 + b"\x60\x03", RUNS, b"a" * 320 + b" " * 20),
        (b"\x41\x02x" + b"\x60\x03" + b"\x70\x03" + b"\x50\x03", RUNS, b"x" * 276 + b" " * 20 + bytes(20) + b"@" * 20),
        (b"\x81ab\x91" + b"c" * 18 + b"\xc1z" + b"\xd0\xe1\xf2", RUNS, b"ab" + b"c" * 18 + b"zzzz@@   " + bytes(4)),
        (b"\x10\x00abc\xf0\x00d", ROSS, b"abc" * 6 + b"d"),
        (b"\x40\x00a\x12\x01xb", ROSS, b"a" + b"x" * 37 + b"b"),
        (b"\x10\x00abc\x20\x00\x01", ROSS, b"abc" + b"abc" * 5 + b"ab"),
    ],
)
def test_commands_of_compressed_rows(packed: bytes, kind: str, row: bytes) -> None:
    assert unpacked_row(packed, kind.encode(), len(row)) == row


@given(st.binary(max_size=80), st.sampled_from([RUNS, ROSS]), st.integers(1, 300))
def test_damaged_rows_have_their_size_or_raise(packed: bytes, kind: str, size: int) -> None:
    try:
        assert len(unpacked_row(packed, kind.encode(), size)) == size
    except (IndexError, ValueError):
        assert packed is not None

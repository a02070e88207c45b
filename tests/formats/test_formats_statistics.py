"""Files of SPSS, Stata and SAS: labels, texts, numbers and dates; what is cut is named."""

import struct

import pytest

from opensafe.formats.budget import Budget
from opensafe.formats.datafiles.sasxport import ibm_double
from opensafe.formats.decode import decode
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.signature import signature
from opensafe.formats.tables import read_tables
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.sample_files import opened, part, sample, table

SPSS = ["x.sav", "x.usav", "x.zsav"]
STATA = ["v8.dta", "v12.dta", "v13.dta", "v14.dta", "p117.dta", "p118.dta", "p119.dta", "big114.dta", "big118.dta"]
SAS = ["x5.xpt", "x8.xpt"]
KINDS = {**dict.fromkeys(SPSS, "spss"), **dict.fromkeys(STATA, "stata"), **dict.fromkeys(SAS, "sas-xport")}
REMARK = "z" * 300 + " 9990000601 " + "y" * 300


def columns_of(name: str) -> dict[str, list[str]]:
    return table(opened(name), f"{KINDS[name]}:{'PEOPLE' if name in SAS else 'table'}")


@pytest.mark.parametrize("name", KINDS)
def test_texts_numbers_and_dates(name: str) -> None:
    columns = columns_of(name)
    assert columns["name"] == [f"Ada {letter} Lovelace" for letter in "abcdefghijkl"]
    numbers = columns["NHS" if name == "x5.xpt" else "nhs_number"]
    assert numbers == [str(9990000001 + at) for at in range(12)]
    assert columns["NHSF" if name == "x5.xpt" else "nhs_float"][:3] == ["", "9990000102", "9990000103"]
    assert columns["score"][:3] == ["0", "0.25", "0.5"]
    assert columns.get("dob", ["1957-03-01"])[0] == "1957-03-01"
    assert columns.get("seen", ["", "2020-01-02 12:00:00"])[1] == "2020-01-02 12:00:00"
    assert not opened(name).unread


@pytest.mark.parametrize("name", [*SPSS, "v13.dta", "v14.dta", "p117.dta", "p118.dta", "p119.dta"])
def test_long_texts_are_whole(name: str) -> None:
    assert columns_of(name)["remark"] == [REMARK] * 12


@pytest.mark.parametrize("name", [*SPSS, *STATA])
def test_labels_are_read(name: str) -> None:
    notes = part(opened(name), f"{KINDS[name]}:notes").splitlines()
    assert {"Patients of Ada", "label of name"} <= set(notes)


def test_labels_of_values_and_documents() -> None:
    notes = part(opened("x.zsav"), "spss:notes").splitlines()
    assert {": Seen by Bob", "made for Cleo"} <= set(notes)
    assert {"Élan", "Oak"} <= set(part(opened("big118.dta"), "stata:notes").splitlines())
    assert {"Elan", "Oak"} <= set(part(opened("big114.dta"), "stata:notes").splitlines())


@pytest.mark.parametrize("name", KINDS)
def test_the_signature_and_the_profile(name: str) -> None:
    assert signature(sample(name), b"notes.md") == KINDS[name]
    (found,) = read_tables(sample(name), KINDS[name])
    assert found.rows == 12


@pytest.mark.parametrize("name", ["x.zsav", "v12.dta", "p118.dta", "x8.xpt"])
def test_a_cut_file_is_named(name: str) -> None:
    data = sample(name)[: len(sample(name)) // 3]
    assert {item.reason for item in decode(data).unread} <= {SkipReason.CORRUPT}
    head = decode(sample(name)[:200])
    assert [(item.reason, item.via) for item in head.unread] == [(SkipReason.CORRUPT, (KINDS[name],))]


def test_no_way_back_and_no_half_table() -> None:
    with pytest.raises(CannotReencode):
        rewrite(sample("x.sav"), [SpanEdit(("spss:table",), 0, 1, b"x")])
    decoding = decode(sample("x.sav"), budget=Budget(max_total_bytes=2000))
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("spss:table",))]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("4110000000000000", 1.0), ("C276A00000000000", -118.625), ("0000000000000000", 0.0), ("2E00000000000000", None)],
)
def test_numbers_of_mainframes(raw: str, value: float | None) -> None:
    assert ibm_double(bytes.fromhex(raw)) == value


def test_rows_of_no_width_do_not_loop() -> None:
    head = struct.pack("<BBBBHi", 114, 2, 1, 0, 0, 2**31 - 1) + bytes(99) + b"\0\0" + bytes(5)
    decoding = decode(head)
    assert [found.via for found in decoding.parts if found.via[:1] > ("stata:notes",)] == [("stata:table",)]

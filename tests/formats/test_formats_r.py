"""R's own files in every form that R writes; what is damaged is named and still searched."""

import struct

import pytest

from opensafe.formats.budget import Budget
from opensafe.formats.decode import decode
from opensafe.formats.signature import signature
from opensafe.formats.tables import read_tables
from opensafe.model.skip import SkipReason
from tests.formats.sample_files import opened, part, sample, table

FORMS = {
    "plain.rds": (),
    "v2.rds": (),
    "native.rds": (),
    "ascii.RData": (),
    "ascii.rds": ("gzip",),
    "gzip.rds": ("gzip",),
    "bzip2.rds": ("bz2",),
    "xz.rda": ("xz",),
    "all.RData": ("gzip",),
}
PEOPLE = table(opened("plain.rds"), "rds:table")


def test_the_table_is_what_r_shows() -> None:
    assert PEOPLE["name"][:2] == ["Ada a Lovelace", "Ada b Lovelace"]
    assert PEOPLE["nhs_number"] == [str(9990000001 + at) for at in range(12)]
    assert PEOPLE["num"] == [str(at) for at in range(1, 13)]
    assert PEOPLE["ward"][:3] == ["Élan", "Oak", "Oak"]
    assert PEOPLE["dob"][1] == "1957-03-02"
    assert PEOPLE["ok"][:2] == ["1", ""]
    assert PEOPLE["seen"][:2] == ["2020-01-01", "2020-01-01 01:00:00"]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_table(name: str) -> None:
    decoding = opened(name)
    label = "rds:table" if name.endswith(".rds") else "rds:df"
    assert table(decoding, *FORMS[name], label) == PEOPLE
    values = part(decoding, *FORMS[name], "rds").splitlines()
    assert {"Ada c Lovelace", "9990000003", "label of name", "Élan", "nhs_number"} <= set(values)
    assert decoding.signature in {"rds", "rdata"}
    assert not decoding.unread


def test_a_workspace_of_functions_environments_and_models() -> None:
    decoding = opened("all.RData")
    tables = [found.via[1] for found in decoding.parts if found.via[1:2] > ("rds",)]
    assert tables == ["rds:df", "rds:e$people", "rds:m$model", "rds:l$c"]
    values = part(decoding, "gzip", "rds").splitlines()
    assert "Bob said 9990000777" in values  # in a compiled function
    assert {"9990000801", "9990000803"} <= set(values)  # texts that R made of a sequence


def test_objects_of_s4_and_long_integers() -> None:
    assert {"Cleo", "9990000901"} <= set(part(opened("s4.rds"), "gzip", "rds").splitlines())
    wide = opened("integer64.rds")
    assert table(wide, "rds:table") == {"name": ["Ada"], "nhs": ["9990000001"]}
    assert "9990000001" in part(wide, "rds").splitlines()


def test_a_damaged_file_is_named_and_searched() -> None:
    data = sample("plain.rds")
    decoding = decode(data[:400])
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.CORRUPT, ("rds",))]
    assert "Ada c Lovelace" in part(decoding, "rds").splitlines()
    bare = b"X\n" + struct.pack(">III", 3, 0x040201, 0x030500) + data[30:]
    assert "9990000003" in part(decode(bare), "rds").splitlines()


def test_a_loop_of_lists_is_refused() -> None:
    deep = b"X\n" + struct.pack(">III", 2, 0x040201, 0x020300) + struct.pack(">II", 19, 1) * 100_000
    assert [item.reason for item in decode(deep).unread] == [SkipReason.CORRUPT]
    many = b"X\n" + struct.pack(">III", 2, 0x040201, 0x020300) + struct.pack(">II", 19, 2**30) + bytes(8_000_000)
    assert [item.reason for item in decode(many).unread] == [SkipReason.ARCHIVE_BUDGET]


def test_over_the_budget_nothing_is_half_read() -> None:
    decoding = decode(sample("plain.rds"), budget=Budget(max_total_bytes=900))
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("rds:table",))]


def test_signatures_and_profiles() -> None:
    assert signature(sample("native.rds"), b"notes.md") == "rds"
    (found,) = read_tables(sample("xz.rda"), "rdata")
    assert (found.rows, found.columns[1][0]) == (12, "9990000001")

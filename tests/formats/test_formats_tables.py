"""Tables of data files as columns, whatever the file is made of."""

import gzip
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.signature import signature
from opensafe.formats.tables import Table, read_tables
from tests.formats.office_files import text_cell, xls, xlsx

PEOPLE = Table(("name", "nhs"), (("Ada", "Bob"), ("9990000001", "9990000002")), 2)
CSV = b"name,nhs\nAda,9990000001\nBob,9990000002\n"
CELLS: dict[tuple[int, int], str | float] = {
    (0, 0): "name",
    (0, 1): "nhs",
    (1, 0): "Ada",
    (1, 1): 9990000001.0,
    (2, 0): "Bob",
    (2, 1): 9990000002.0,
}
ROWS = "".join(
    f'<row r="{number}">{text_cell(f"A{number}", name)}{text_cell(f"B{number}", nhs)}</row>'
    for number, (name, nhs) in enumerate([("name", "nhs"), ("Ada", "9990000001"), ("Bob", "9990000002")], 1)
)


def a_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE people (name, nhs)")
    database.execute("INSERT INTO people VALUES ('Ada', 9990000001), ('Bob', '9990000002')")
    database.commit()
    image = database.serialize()
    database.close()
    return image


FILES = {
    "csv": CSV,
    "semicolons": CSV.replace(b",", b";"),
    "quoted": b'"name","nhs"\r\n"Ada","9990000001"\r\n"Bob","9990000002"\r\n',
    "utf-16": CSV.decode().encode("utf-16"),
    "mark": b"\xef\xbb\xbf" + CSV,
    "compressed": gzip.compress(CSV, mtime=0),
    "preamble": b"Extract of all patients\n\n" + CSV,
    "tsv": CSV.replace(b",", b"\t"),
    "json": b'[{"name": "Ada", "nhs": 9990000001}, {"name": "Bob", "nhs": "9990000002"}]',
    "json lines": b'{"name": "Ada", "nhs": "9990000001"}\n{"name": "Bob", "nhs": "9990000002"}\n',
    "json object": b'{"count": 2, "rows": [{"name": "Ada", "nhs": 9990000001}, {"name": "Bob", "nhs": 9990000002}]}',
    "xlsx": xlsx({"Data": ROWS}, frozenset({"Data"})),
    "xls": xls(CELLS),
    "sqlite": a_database(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_table_from_every_file(name: str) -> None:
    found = signature(FILES[name], b"people.csv" if not name.startswith("json") else b"people.json")
    assert read_tables(FILES[name], found) == (replace(PEOPLE, hidden=name == "xlsx"),)


def test_rows_are_counted_beyond_the_sample() -> None:
    data = b"id,word\n" + b"".join(b"%d,w\n" % number for number in range(5000))
    (table,) = read_tables(data, "csv")
    assert (table.rows, len(table.columns[0]), table.columns[0][-1]) == (5000, 2000, "1999")


def test_rows_of_uneven_width_are_filled_up() -> None:
    assert read_tables(b"a,b\n1\n1,2,3\n", "csv") == (Table(("a", "b"), (("1", "1"), ("", "2")), 2),)


@pytest.mark.parametrize("found", ["text", "pickle", "", "fhir"])
def test_other_contents_have_no_tables(found: str) -> None:
    assert read_tables(CSV, found) == ()


@settings(deadline=None, max_examples=150)
@given(
    data=st.binary(max_size=200) | st.sampled_from(list(FILES.values())).map(lambda data: data[: len(data) // 2]),
    found=st.sampled_from(["csv", "tsv", "json", "xlsx", "xls", "ods", "sqlite"]),
)
def test_reading_never_raises(data: bytes, found: str) -> None:
    for table in read_tables(data, found):
        assert len(table.columns) == len(table.header)

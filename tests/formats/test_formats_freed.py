"""What was deleted from a database and still stands in its file; logs and journals beside it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.decode import Decoding, decode
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.signature import DATA_SIGNATURES, signature
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from opensafe.model.specimen import Role

PEOPLE = [("Ada", 9990000001), ("Bob", 9990000002), ("Cleo", 9990000003)]


def made(*statements: str, encoding: str = "UTF-8", people: int = 3, column: str = "INTEGER") -> bytes:
    """A database of people after these statements, as it would be published."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA encoding = '{encoding}'")
        database.execute("PRAGMA secure_delete = OFF")
        database.execute(f"CREATE TABLE people (name TEXT, nhs {column})")
        many = PEOPLE + [(f"Person{at}", 9990000000 + at) for at in range(10, 7 + people)]
        database.executemany("INSERT INTO people VALUES (?, ?)", many)
        database.commit()
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


def lines_of(decoding: Decoding, label: str) -> list[str]:
    return [line for part in decoding.parts if part.via == (label,) for line in part.data.decode().splitlines()]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
@pytest.mark.parametrize("column", ["INTEGER", "REAL", "TEXT"])
def test_a_deleted_row_is_read(encoding: str, column: str) -> None:
    decoding = decode(made("DELETE FROM people WHERE name = 'Bob'", encoding=encoding, column=column))
    tables = b"".join(part.data for part in decoding.parts if part.role is Role.TABLE)
    assert b"9990000003" in tables
    assert b"9990000002" not in tables
    assert "9990000002" in lines_of(decoding, "sqlite-freed")
    assert not decoding.unread


def test_rows_of_freed_pages_are_read_as_rows() -> None:
    decoding = decode(made("DROP TABLE people", people=2000))
    found = lines_of(decoding, "sqlite-freed")
    assert not [part for part in decoding.parts if part.role is Role.TABLE]
    assert len([line for line in found if line.startswith("Person") and "\t9990" in line]) > 1800
    assert {line.split("\t")[-1] for line in found} >= {str(9990000000 + at) for at in range(10, 2007)}


def test_nothing_deleted_nothing_found() -> None:
    data = made("VACUUM")
    assert [part.via for part in decode(data).parts] == [(), ("sqlite:people",)]


def test_what_is_freed_has_no_way_back() -> None:
    data = made("DELETE FROM people")
    with pytest.raises(CannotReencode):
        rewrite(data, [SpanEdit(("sqlite-freed",), 0, 1, b"x")])


def _log(folder: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(folder / "log.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE people (name TEXT, nhs)")
        database.executemany("INSERT INTO people VALUES (?, ?)", PEOPLE)
        database.commit()
        yield (folder / "log.db-wal").read_bytes()


def _journal(folder: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(folder / "journal.db")) as database:
        database.execute("CREATE TABLE people (name TEXT, nhs)")
        database.executemany("INSERT INTO people VALUES (?, ?)", PEOPLE)
        database.commit()
        database.execute("PRAGMA cache_spill = 1")
        database.execute("PRAGMA cache_size = 1")
        database.execute("UPDATE people SET nhs = 0")
        database.executemany("INSERT INTO people VALUES (?, ?)", [("x" * 900, 0)] * 50)
        yield (folder / "journal.db-journal").read_bytes()


@pytest.mark.parametrize(("maker", "name"), [(_log, "sqlite-wal"), (_journal, "sqlite-journal")])
def test_pages_beside_a_database_are_read(maker: Callable[[Path], Iterator[bytes]], name: str, tmp_path: Path) -> None:
    pages = maker(tmp_path)
    data = next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert signature(data, b"notes.md") == name
    assert name in DATA_SIGNATURES
    assert {"Ada\t9990000001", "Bob\t9990000002"} <= set(lines_of(decode(data), "sqlite-pages"))


def test_a_log_without_sense_is_named() -> None:
    decoding = decode(b"\x37\x7f\x06\x82" + bytes(200))
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.CORRUPT, ("sqlite-pages",))]


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE VIEW v AS SELECT a || 'made' FROM secret",
        "CREATE VIEW v AS SELECT a AS made FROM secret",
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 'made' || x FROM c",
        "CREATE  VIRTUAL TABLE v USING dbstat",
    ],
)
def test_what_a_schema_calls_a_table_is_not_run(schema: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE secret (a)")
        database.execute("INSERT INTO secret VALUES ('x')")
        database.execute("PRAGMA writable_schema = ON")
        database.execute("INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 2, ?)", (schema,))
        database.commit()
        decoding = decode(database.serialize())
    assert [item.reason for item in decoding.unread] == [SkipReason.CORRUPT]
    assert ("sqlite:v",) not in [part.via for part in decoding.parts]


def test_a_schema_with_a_name_that_is_no_text() -> None:
    data = made().replace(b"tablepeople", b"table\xffeople").replace(b"CREATE TABLE", b"CREATE TABXX")
    assert [(item.reason, item.via) for item in decode(data).unread] == [(SkipReason.CORRUPT, ("sqlite",))]


@settings(deadline=None, max_examples=60)
@given(at=st.integers(0, 8191), byte=st.integers(0, 255), cut=st.integers(0, 8192))
def test_damage_never_raises(at: int, byte: int, cut: int) -> None:
    data = bytearray(made("DELETE FROM people WHERE name = 'Bob'"))
    data[at % len(data)] = byte
    decode(bytes(data))
    decode(bytes(data[:cut]))

"""SQLite files as tables: a copy in memory, read only, under a limit of steps (facts, names 7)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

_STEPS = 1000  # virtual machine instructions between two calls of the progress handler
_MAX_CALLS = 200_000
_MAX_LENGTH = 64 * 1024 * 1024
_JOURNAL_FIELDS = slice(18, 20)  # file format versions: 2 means a write-ahead log, which a copy in memory cannot have
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'create virtual%' ORDER BY rowid"


class DatabaseDamaged(Exception):
    """SQLite cannot read the file or the table, or it takes more steps than are given."""


@dataclass(frozen=True, slots=True)
class DatabaseTable:
    """A table; its first row holds the names of the columns. Iterating may raise DatabaseDamaged."""

    name: str
    rows: Iterator[list[str]]


def tables_of(data: bytes) -> Iterator[DatabaseTable]:
    """Every ordinary table, in the order of creation. Views, triggers and virtual tables are not run.

    Raises DatabaseDamaged.
    """
    image = bytearray(data)
    image[_JOURNAL_FIELDS] = b"\1\1"
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(bytes(image))
            _restrain(database)
            names = [str(name, "utf-8", "replace") for (name,) in database.execute(_TABLES)]
            database.set_authorizer(_only_reading)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:  # a name in SQLite's message may be no UTF-8
            raise DatabaseDamaged from error
        for name in names:
            yield DatabaseTable(name, _rows(database, name))


def _restrain(database: sqlite3.Connection) -> None:
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return int(calls > _MAX_CALLS)

    database.text_factory = bytes
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_LENGTH)
    database.set_progress_handler(count, _STEPS)


def _only_reading(action: int, *names: str | None) -> int:
    """No functions: those of a computed column may do any amount of work in one step.

    The last name is that of the view or trigger that wants to read: a schema may call a view a table.
    """
    is_reading = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ} and names[-1] is None
    return sqlite3.SQLITE_OK if is_reading else sqlite3.SQLITE_DENY


def _rows(database: sqlite3.Connection, name: str) -> Iterator[list[str]]:
    quoted = name.replace('"', '""')
    try:
        cursor = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - an identifier, quoted by the rules of SQL
        yield [str(column[0]) for column in cursor.description]
        for row in cursor:
            yield [_cell(value) for value in row]
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise DatabaseDamaged from error


def _cell(value: object) -> str:
    """Bytes that are no text stay out: the raw file is searched as well."""
    if value is None:
        return ""
    if not isinstance(value, bytes):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return ""

"""Reads where many findings stand, one place after the other: no list of them is ever made."""

import sqlite3
from collections.abc import Collection, Iterator

from opensafe.casefile.index import Index
from opensafe.casefile.rows import appearances_from, marked_from, marks_from
from opensafe.casefile.where import EACH, EVERY, listed, with_ids
from opensafe.model.identifiers import FindingId
from opensafe.model.marks import Appearance, Mark, Marked

_MANY = 50_000  # findings, from which on going through every row is faster than looking for those of each

_SPOTS = "FROM mark CROSS JOIN spot ON spot.number = mark.spot"
_APPEARANCES = f"""
SELECT finding, spot.published, first_commit, kind, path, ref, oid, via, start, "end" {_SPOTS} {{where}}
"""
_MARKS = f"""
SELECT finding, kind, oid, path, path_key, ref_key, via, start, "end" {_SPOTS} AND spot.published = 1 {{where}}
ORDER BY oid, path_key
"""


def marked(index: Index, ids: Collection[str], many: int = _MANY) -> dict[int, Marked]:
    """The findings that have one of these ids, by their numbers. Raises OutOfOrder, CaseDamaged, as all here do.

    From so `many` on, all findings are gone through.
    """
    wanted = frozenset(ids)
    columns, where = "key, id, category, form, title, person", EVERY if len(wanted) > many else with_ids(wanted)
    with index.understood():
        return {row[0]: marked_from(row) for row in index.rows(columns, where) if row[1] in wanted}


def numbered(index: Index, ids: Collection[str], many: int = _MANY) -> dict[int, FindingId]:
    """No more of them than their ids."""
    wanted = frozenset(ids)
    rows = index.rows("key, id", EVERY if len(wanted) > many else with_ids(wanted))
    return {number: id_ for number, id_ in rows if id_ in wanted}


def appearances(index: Index, findings: Collection[int], many: int = _MANY) -> Iterator[Appearance]:
    """Every place of these findings, and of others where these are many."""
    with index.query() as database:
        yield from appearances_from(_executed(database, _APPEARANCES, findings, many))


def published_marks(index: Index, findings: Collection[int], many: int = _MANY) -> Iterator[Mark]:
    """Every published place of them, of others too where these are many. Those in one object come together."""
    with index.query() as database:
        database.execute("PRAGMA temp_store = MEMORY")  # what is sorted leaves nothing on the disk
        yield from marks_from(_executed(database, _MARKS, findings, many))


def _executed(database: sqlite3.Connection, query: str, findings: Collection[int], many: int) -> sqlite3.Cursor:
    if len(findings) > many:
        return database.execute(query.format(where=""))
    return database.execute(query.format(where=f"WHERE mark.finding IN ({EACH})"), (listed(findings),))

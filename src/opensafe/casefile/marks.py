"""Reads where many findings stand, one place after the other: no list of them is ever made."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping

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


def marked(index: Index, ids: Collection[str], many: int = _MANY) -> tuple[Marked, ...]:
    """What is told of the findings that have one of these ids. Raises OutOfOrder, CaseDamaged, as all here do.

    From so `many` on, all findings are gone through.
    """
    wanted = frozenset(ids)
    rows = index.rows("id, category, form, title, person", EVERY if len(wanted) > many else with_ids(wanted))
    return tuple(marked_from(row) for row in rows if row[0] in wanted)


def appearances(index: Index, ids: Collection[str], many: int = _MANY) -> Iterator[Appearance]:
    """Every place of these findings."""
    keys = _keys(index, ids, many)
    with index.query() as database:
        yield from appearances_from(_executed(database, _APPEARANCES, keys, many), keys)


def published_marks(index: Index, ids: Collection[str], many: int = _MANY) -> Iterator[Mark]:
    """Every published place of these findings: those in one object come together, sorted by its id."""
    keys = _keys(index, ids, many)
    with index.query() as database:
        database.execute("PRAGMA temp_store = MEMORY")  # what is sorted leaves nothing on the disk
        yield from marks_from(_executed(database, _MARKS, keys, many), keys)


def _keys(index: Index, ids: Collection[str], many: int) -> dict[int, FindingId]:
    """The findings by what their marks know them by."""
    wanted = frozenset(ids)
    rows = index.rows("key, id", EVERY if len(wanted) > many else with_ids(wanted))
    return {key: id_ for key, id_ in rows if id_ in wanted}


def _executed(database: sqlite3.Connection, query: str, keys: Mapping[int, FindingId], many: int) -> sqlite3.Cursor:
    """The rows of every finding where these are many."""
    if len(keys) > many:
        return database.execute(query.format(where=""))
    return database.execute(query.format(where=f"WHERE mark.finding IN ({EACH})"), (listed(keys),))

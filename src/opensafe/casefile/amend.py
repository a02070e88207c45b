"""Amends a copy of the index, and switches it in: what an audit of a few new commits changes, and nothing else."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from opensafe.casefile.build import fill, switched_in
from opensafe.casefile.covered import cover_again
from opensafe.casefile.grounds import ground_rows
from opensafe.casefile.rows import (
    Row,
    audit_row,
    finding_from,
    finding_row,
    mark_row,
    ref_row,
    review_order,
    skip_row,
    spot_row,
)
from opensafe.casefile.verdicts import said
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.ground import Amendment, Ground, Spot
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place

_SPOT = """
UPDATE spot SET kind = ?, first_commit = ?, last_commit = ?, in_head = ?, published = ?, count = ? WHERE number = ?
"""
# In the order of `assemble`: what will be published comes first, HEAD before older versions.
_IN_ORDER = """
INSERT INTO mark SELECT finding, row_number() OVER (
  PARTITION BY finding ORDER BY NOT published, NOT in_head, kind, coalesce(path, ''), coalesce(oid, ''), via, start,
  "end", coalesce(ref, '')) - 1, spot, line, "column", start, "end", via
FROM amended JOIN spot ON spot.number = amended.spot
"""
_COUNTED = """
UPDATE finding SET (occurrences, published, in_head) = (
  SELECT count(*), max(spot.published), max(spot.in_head) FROM mark JOIN spot ON spot.number = mark.spot
  WHERE mark.finding = finding.key
) WHERE key IN (SELECT value FROM json_each(?))
"""
_LEFT = "DELETE FROM spot WHERE number IN (SELECT value FROM json_each(?)) AND number NOT IN (SELECT spot FROM mark)"
_SAME_SPOT = """
SELECT number FROM spot WHERE kind IS ? AND oid IS ? AND path IS ? AND path_key IS ? AND ref IS ? AND ref_key IS ?
AND first_commit IS ? AND last_commit IS ? AND in_head IS ? AND published IS ? AND count IS ?
"""


def amend_index(
    path: Path,
    beside: Path,
    record: AuditRecord,
    ground: Ground,
    amendment: Amendment,
    cover: Callable[[list[Finding]], list[Finding]],
) -> None:
    """See `Index.amend`."""
    with switched_in(path, beside, former=path) as database:
        database.execute("BEGIN")
        _about(database, record, ground)
        _Places(database).amend(amendment)
        cover_again(database, cover)
        _review(database)
        database.execute("COMMIT")


def _about(database: sqlite3.Connection, record: AuditRecord, ground: Ground) -> None:
    """What is said of the audit as a whole is small, and written anew."""
    for table in ("audit", "ref", "skip", "ground"):
        database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
    fill(database, "audit", 14, [audit_row(record)])
    fill(database, "ref", 5, (ref_row(n, ref) for n, ref in enumerate(record.source.refs)))
    fill(database, "skip", 7, (skip_row(n, skip) for n, skip in enumerate(record.coverage.skipped)))
    fill(database, "ground", 2, ground_rows(ground))


class _Places:
    """Brings spots, marks and counts up to date."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._keys: dict[FindingId, int] = dict(database.execute("SELECT id, key FROM finding"))
        self._next_key = max(self._keys.values(), default=-1) + 1
        (highest,) = database.execute("SELECT coalesce(max(number), -1) FROM spot").fetchone()
        self._next_spot = highest + 1
        self._new_spots: dict[Row, int] = {}

    def amend(self, amendment: Amendment) -> None:
        moved = self._update_spots(amendment.spots)
        self._tell(amendment)
        touched = {self._keys[id_] for id_, _ in (*amendment.gone, *amendment.come)} | moved
        self._rewrite(touched, amendment)
        self._database.execute(_COUNTED, (json.dumps(sorted(touched)),))
        self._database.execute("DELETE FROM finding WHERE occurrences = 0")
        self._database.execute("DELETE FROM spoken WHERE finding NOT IN (SELECT key FROM finding)")

    def _update_spots(self, spots: Iterable[Spot]) -> set[int]:
        """The findings with a spot of which kind, HEAD or publication changed: their places come in another order."""
        moved = []
        for spot in spots:
            row = self._database.execute(
                "SELECT kind, in_head, published FROM spot WHERE number = ?", (spot.number,)
            ).fetchone()
            if row != (spot.kind, spot.in_head, spot.published):
                moved.append(spot.number)
            values = (spot.kind, spot.first, spot.last, spot.in_head, spot.published, spot.count, spot.number)
            self._database.execute(_SPOT, values)
        if not moved:
            return set()
        query = "SELECT DISTINCT finding FROM mark WHERE spot IN (SELECT value FROM json_each(?))"
        return {key for (key,) in self._database.execute(query, (json.dumps(moved),))}

    def _tell(self, amendment: Amendment) -> None:
        """Findings as their verdicts have them, counts and what covers them left to the end."""
        for id_, finding in amendment.findings.items():
            known = self._keys.get(id_)
            key = self._keys.setdefault(id_, self._next_key)
            self._next_key += known is None
            self._database.execute("DELETE FROM finding WHERE key = ?", (key,))
            (number,) = self._database.execute("SELECT coalesce(max(number), -1) + 1 FROM finding").fetchone()
            fill(self._database, "finding", 18, [finding_row(number, finding, key)])
            if id_ in amendment.told:
                self._database.execute("DELETE FROM spoken WHERE finding = ?", (key,))
                fill(self._database, "spoken", 2, [(key, said(verdict)) for verdict in amendment.told[id_]])

    def _rewrite(self, touched: set[int], amendment: Amendment) -> None:
        """The marks of these findings, without what went, with what came, in order."""
        self._database.execute(
            'CREATE TEMP TABLE amended (finding INTEGER, spot INTEGER, line INTEGER, "column" INTEGER,'
            ' start INTEGER, "end" INTEGER, via TEXT)'
        )
        keys = json.dumps(sorted(touched))
        self._database.execute(
            'INSERT INTO amended SELECT finding, spot, line, "column", start, "end", via FROM mark'
            " WHERE finding IN (SELECT value FROM json_each(?))",
            (keys,),
        )
        self._database.execute("DELETE FROM mark WHERE finding IN (SELECT value FROM json_each(?))", (keys,))
        for id_, place in amendment.gone:
            for row in self._marks(id_, place, new=False):
                self._database.execute(
                    'DELETE FROM amended WHERE finding = ? AND spot = ? AND line = ? AND "column" = ? AND start = ?'
                    ' AND "end" = ? AND via = ?',
                    row,
                )
        gone = [spot for id_, place in amendment.gone for _, spot, *_ in self._marks(id_, place, new=False)]
        fill(self._database, "amended", 7, (row for id_, place in amendment.come for row in self._marks(id_, place)))
        fill(self._database, "spot", 12, ((number, *row) for row, number in self._new_spots.items()))
        self._database.execute(_IN_ORDER)
        self._database.execute("DROP TABLE amended")
        self._database.execute(_LEFT, (json.dumps(gone),))

    def _marks(self, id_: FindingId, place: Place, *, new: bool = True) -> Iterator[Row]:
        row = spot_row(place)
        if new:
            number = self._new_spots.setdefault(row, self._next_spot + len(self._new_spots))
            found = [number]
        else:
            found = [number for (number,) in self._database.execute(_SAME_SPOT, row)]
        for number in found:
            finding, _, spot, *span = mark_row(self._keys[id_], 0, number, place)
            yield (finding, spot, *span)


def _review(database: sqlite3.Connection) -> None:
    """Number the findings in the order of review."""
    rows = database.execute("SELECT * FROM finding").fetchall()
    found = sorted(((finding_from(row), row[-1]) for row in rows), key=lambda item: review_order(item[0]))
    if [key for _, key in found] == [row[-1] for row in rows]:
        return
    database.execute("DELETE FROM finding")
    fill(database, "finding", 18, (finding_row(n, finding, key) for n, (finding, key) in enumerate(found)))

"""Which findings lie in questions about files: worked out again for those that may, after an index was amended."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from opensafe.casefile.rows import Row, finding_from, finding_row, place_from
from opensafe.casefile.verdicts import verdict_from
from opensafe.model.finding import Finding, Form
from opensafe.model.match import strongest

# A copy in the work tree has no object: its path alone leads to the question.
_MAYBE = """
WITH asked AS (
  SELECT DISTINCT oid, path_key
  FROM finding JOIN mark ON mark.finding = finding.key JOIN spot ON spot.number = mark.spot
  WHERE form = 'file' AND path_key IS NOT NULL
), inside AS (
  SELECT number FROM spot WHERE path_key IN (SELECT path_key FROM asked)
    AND (kind = 'worktree' OR (oid, path_key) IN (SELECT oid, path_key FROM asked))
)
SELECT * FROM finding WHERE form = 'file' OR covered_by <> '[]' OR key IN (
  SELECT finding FROM mark GROUP BY finding HAVING min(spot IN (SELECT number FROM inside)) = 1
)
"""


def cover_again(database: sqlite3.Connection, cover: Callable[[list[Finding]], list[Finding]]) -> None:
    """`cover` is given the questions, and what may lie in them, as they were without it."""
    rows = database.execute(_MAYBE).fetchall()
    if not any(finding_from(row).form is Form.FILE for row in rows):
        return
    found = [(_bare(database, row), row) for row in rows]
    for told, (_, row) in zip(cover([finding for finding, _ in found]), found, strict=True):
        if finding_row(row[0], told, row[-1]) != row:
            database.execute("DELETE FROM finding WHERE number = ?", (row[0],))
            marks = ", ".join("?" * len(row))
            database.execute(f"INSERT INTO finding VALUES ({marks})", finding_row(row[0], told, row[-1]))  # noqa: S608 - marks only


def _bare(database: sqlite3.Connection, row: Row) -> Finding:
    """A finding with its places, as its own verdicts have it: not as grave as what lies in it, and with its profile."""
    finding = replace(finding_from(row), covered_by=())
    query = "SELECT * FROM place WHERE finding = ? ORDER BY number"
    places = tuple(map(place_from, database.execute(query, (row[0],))))
    spoken = [
        verdict_from(text) for (text,) in database.execute("SELECT verdict FROM spoken WHERE finding = ?", (row[-1],))
    ]
    if finding.form is Form.FILE and spoken:
        speaker = strongest(spoken)[0]
        finding = replace(finding, severity=speaker.severity, profile=speaker.profile)
    return replace(finding, places=places)

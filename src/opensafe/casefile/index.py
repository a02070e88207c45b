"""The last audit, in `index.sqlite`: replaced whole by the next one, and only read in between.

The file is built beside and switched in, so it needs no journal of SQLite's. WAL would even harm: its side files
would outlive the index that they belong to, and it does not work in synchronised or network folders.
"""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from opensafe.casefile.amend import amend_index
from opensafe.casefile.build import build_index
from opensafe.casefile.rows import Row, audit_from, finding_from, place_from, read_columns, ref_from, skip_from
from opensafe.casefile.schema import SCHEMA_VERSION
from opensafe.casefile.where import EVERY, Where
from opensafe.errors import CaseDamaged, OutOfOrder, UsageError
from opensafe.model.audit import AuditRecord
from opensafe.model.expressions import expression
from opensafe.model.finding import Finding
from opensafe.model.ground import Amendment, Ground
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.skip import Skip

_PREFIX = expression(r"(?:([fs])-)?([0-9a-z]{1,64})", re.IGNORECASE)
_CANDIDATES = 5  # how many ids an ambiguous prefix lists
_ALL = -1  # SQLite's LIMIT for no limit

_PLACES = """
SELECT * FROM place WHERE finding = (SELECT number FROM finding WHERE id = ?) ORDER BY number LIMIT ? OFFSET ?
"""
# In the order in which they are kept: the view would be sorted anew.
_ALL_PLACES = """
SELECT id, mark.number, kind, oid, path, path_key, ref, ref_key, line, "column", start, "end", via,
  first_commit, last_commit, spot.in_head, spot.published, count
FROM finding CROSS JOIN mark ON mark.finding = finding.key CROSS JOIN spot ON spot.number = mark.spot
ORDER BY finding.number, mark.number
"""
_BY_PREFIX = {
    "finding": "SELECT * FROM finding WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
    "skip": "SELECT * FROM skip WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
}
_DIGESTED = ("SELECT digest FROM audit", "SELECT id FROM finding ORDER BY id", "SELECT id FROM skip ORDER BY id")


@dataclass(frozen=True, slots=True)
class Index:
    """The file at `path`. Reading needs an audit (else OutOfOrder) and raises CaseDamaged for a broken file.

    What is read is always open: states follow from the decisions (`view.settled`).
    """

    path: Path

    def exists(self) -> bool:
        return self.path.exists()

    @property
    def beside(self) -> Path:
        """Where the next index is built."""
        return self.path.with_name(self.path.name + ".new")

    def write(self, record: AuditRecord, ground: Ground | None = None) -> None:
        """Replaces the whole index, in one step. Raises DiskFailed, with the former index in place."""
        build_index(self.path, self.beside, record, ground)

    def amend(
        self, record: AuditRecord, ground: Ground, amendment: Amendment, cover: Callable[[list[Finding]], list[Finding]]
    ) -> None:
        """The same for an audit that changes little: everything else is copied as it stands. Raises DiskFailed.

        `record` comes without findings, `ground` with the verdicts of no finding; `cover` says which findings lie in
        questions about files.
        """
        amend_index(self.path, self.beside, record, ground, amendment, cover)

    def summary(self) -> AuditRecord | None:
        """The audit with refs and coverage but without findings; `None` where there was no audit."""
        if not self.exists():
            return None
        with self._reading() as database:
            refs = [ref_from(row) for row in database.execute("SELECT * FROM ref ORDER BY number")]
            skips = [skip_from(row) for row in database.execute("SELECT * FROM skip ORDER BY number")]
            return audit_from(database.execute("SELECT * FROM audit").fetchone(), refs, skips)

    def findings(self, where: Where = EVERY) -> tuple[Finding, ...]:
        """The findings that meet the conditions, without their places, by severity, category and id."""
        query = f"SELECT * FROM finding{where.sql} ORDER BY number"  # noqa: S608 - conditions are ours, values are marks
        with self._reading() as database:
            return tuple(map(finding_from, database.execute(query, where.values)))

    def count(self, where: Where = EVERY) -> int:
        """How many findings meet the conditions."""
        with self._reading() as database:
            query = f"SELECT count(*) FROM finding{where.sql}"  # noqa: S608 - as above
            return int(database.execute(query, where.values).fetchone()[0])

    def ids(self, where: Where = EVERY) -> tuple[FindingId, ...]:
        """The ids of the findings that meet the conditions, in the order of `findings()`."""
        query = f"SELECT id FROM finding{where.sql} ORDER BY number"  # noqa: S608 - as above
        with self._reading() as database:
            return tuple(FindingId(row[0]) for row in database.execute(query, where.values))

    def rows(self, columns: str, where: Where = EVERY) -> list[Row]:
        """These columns of the findings that meet the conditions, as they stand, in the order of `findings()`."""
        query = f"SELECT {columns} FROM finding{where.sql} ORDER BY number"  # noqa: S608 - columns are ours too
        with self._reading() as database:
            return database.execute(query, where.values).fetchall()

    def columns(self, names: Sequence[str], where: Where = EVERY) -> list[tuple[Any, ...]]:
        """The same by columns, with their words read."""
        with self.understood():
            return read_columns(names, self.rows(", ".join(names), where))

    def places(self, finding: FindingId, limit: int | None = None, offset: int = 0) -> tuple[Place, ...]:
        """The places of one finding, in the order of the audit; none for an id that it does not know."""
        with self._reading() as database:
            rows = database.execute(_PLACES, (finding, _ALL if limit is None else limit, offset))
            return tuple(map(place_from, rows))

    def places_of(self, findings: Iterable[FindingId]) -> dict[FindingId, tuple[Place, ...]]:
        """The places of several findings, opened once."""
        with self._reading() as database:
            return {id_: tuple(map(place_from, database.execute(_PLACES, (id_, _ALL, 0)))) for id_ in findings}

    def among(self, ids: Iterable[FindingId]) -> tuple[Finding, ...]:
        """The findings that have one of these ids, without their places."""
        with self._reading() as database:
            rows = (database.execute("SELECT * FROM finding WHERE id = ?", (id_,)).fetchone() for id_ in ids)
            return tuple(finding_from(row) for row in rows if row)

    def all_places(self) -> dict[FindingId, tuple[Place, ...]]:
        """Every place of every finding that has one, in the order of `findings()`."""
        with self._reading() as database:
            by_finding = groupby(database.execute(_ALL_PLACES), itemgetter(0))
            return {FindingId(id_): tuple(map(place_from, rows)) for id_, rows in by_finding}

    def finding_by_prefix(self, prefix: str) -> Finding:
        """The finding whose id begins so (`F-` may be left out, case does not matter). Raises UsageError."""
        return finding_from(self._one("finding", "F-", prefix))

    def skip_by_prefix(self, prefix: str) -> Skip:
        """The skip whose id begins so (`S-` may be left out, case does not matter). Raises UsageError."""
        return skip_from(self._one("skip", "S-", prefix))

    def digest(self) -> str:
        """SHA-256, in hex, over what decisions hang on: the source's digest and all ids, in order."""
        total = hashlib.sha256()
        with self._reading() as database:
            for query in _DIGESTED:
                texts = (text for (text,) in database.execute(query))
                total.update("\n".join((*texts, "")).encode())
        return total.hexdigest()

    @contextmanager
    def query(self) -> Iterator[sqlite3.Connection]:
        """The tables, read only, for questions of other files here (`places.py`)."""
        with self._reading() as database:
            yield database

    def _one(self, table: str, letter: str, prefix: str) -> Row:
        start = _start(letter, prefix)
        with self._reading() as database:
            rows = database.execute(_BY_PREFIX[table], (start, start + "\x7f", _CANDIDATES + 1)).fetchall()
        if not rows:
            raise UsageError(f"no {table} begins with {start}", remedy="opensafe findings lists the ids")
        if len(rows) > 1 and rows[0][1] != start:
            more = ", …" if len(rows) > _CANDIDATES else ""
            listed = ", ".join(row[1] for row in rows[:_CANDIDATES])
            raise UsageError(f"{start} is not unique: {listed}{more}", remedy="give more characters of the id")
        return tuple(rows[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if not self.exists():
            raise OutOfOrder("this case has not been audited", remedy="opensafe audit")
        with self.understood(), closing(sqlite3.connect(self.path, isolation_level=None)) as database:
            database.execute("PRAGMA query_only = ON")
            database.create_function("casefolded", 1, str.casefold, deterministic=True)
            if database.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
                raise OutOfOrder("the index was made by another version of opensafe", remedy="opensafe audit")
            yield database

    @contextmanager
    def understood(self) -> Iterator[None]:
        """For whatever reads rows of it: raises CaseDamaged where they hold what opensafe never wrote."""
        try:
            yield
        except (sqlite3.Error, LookupError, TypeError, ValueError) as error:  # a damaged row may hold anything
            raise CaseDamaged(
                f"{self.path.name} cannot be read ({type(error).__name__})",
                remedy="make it again: opensafe audit; decisions are kept apart from it",
            ) from error


def _start(letter: str, prefix: str) -> str:
    """What the id begins with. The text itself is not repeated in the message: it could be anything."""
    match = _PREFIX.fullmatch(prefix.strip())
    if match is None or (match[1] or letter[0]).upper() != letter[0]:
        raise UsageError(f"that is not an id that begins with {letter}", remedy="opensafe findings lists the ids")
    return letter + match[2].lower()

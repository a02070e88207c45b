"""What was scanned before, by object id: a killed audit goes on, and `--since-last` reads what is new.

Messages and names are no objects: their ids are keyed digests that begin with `#`.

Holds outcomes, never values. Outcomes count only for the rules and people under which they were made.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from opensafe.casefile.disk import make_private
from opensafe.casefile.verdicts import said, verdict_from
from opensafe.errors import CaseDamaged, DiskFailed
from opensafe.model.ground import Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan, Verdict
from opensafe.model.skip import SkipReason, Unread

_SCHEMA = """
CREATE TABLE made_under (digest TEXT NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE verdicts (number INTEGER PRIMARY KEY, said TEXT NOT NULL UNIQUE);
CREATE TABLE searched (value TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE outcomes (oid TEXT NOT NULL, bytes INTEGER NOT NULL, outcome TEXT NOT NULL, names TEXT NOT NULL);
"""
"""Outcomes are written one behind the other, and the last one of an id counts: ids come in no order, so that each would
change a page of its own if the table were kept in theirs.
"""

_TABLES = ("outcomes", "verdicts", "searched", "made_under")
_FORMER = ("scanned", "rules")
_VERSION = 2  # of the tables; what other ones hold is forgotten
_SOME = "SELECT oid, bytes, outcome, names FROM outcomes WHERE oid IN (SELECT value FROM json_each(?)) ORDER BY rowid"
_BY_OID = "CREATE INDEX IF NOT EXISTS by_oid ON outcomes (oid)"


class ScanMemory:
    """The memory of one case. `reuse_finished` lets a finished audit's outcomes count again (`--since-last`)."""

    def __init__(self, file: Path, *, reuse_finished: bool) -> None:
        self._file = file
        self._reuse_finished = reuse_finished
        self._numbers: dict[str, int] = {}
        self._searched: frozenset[str] = frozenset()

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        """Outcomes that may be used again; everything else is forgotten."""
        with self._open() as database:
            row = database.execute("SELECT digest, finished FROM made_under").fetchone()
            usable = row is not None and row[0] == rules and (self._reuse_finished or not row[1])
            if not usable:
                database.execute("DROP INDEX IF EXISTS by_oid")  # it comes again when all is written
                for table in _TABLES:
                    database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
                database.execute("INSERT INTO made_under VALUES (?, 0)", (rules,))
                return {}
            if row[1]:
                self._searched = frozenset(value for (value,) in database.execute("SELECT value FROM searched"))
            database.execute("UPDATE made_under SET finished = 0")
            return dict(_decoded(database))

    def recall_some(self, rules: str, oids: Collection[Oid]) -> dict[Oid, ObjectScan]:
        """The outcomes of these, where the audit of these rules was finished. Raises Outgrown where it was not.

        Nothing is forgotten: the audit stays finished, and what is remembered later has to be as whole as it was.
        """
        with self._open() as database:
            if database.execute("SELECT digest, finished FROM made_under").fetchone() != (rules, 1):
                raise Outgrown
            self._searched = frozenset(value for (value,) in database.execute("SELECT value FROM searched"))
            verdicts = _Verdicts(database)
            rows = database.execute(_SOME, (json.dumps(list(oids)),))
            return {Oid(row[0]): _outcome(row, verdicts) for row in rows}

    def searched(self) -> frozenset[str]:
        """Keys of the values that were searched for in everything that is recalled; none after a run that was ended."""
        return self._searched

    def remember(self, scans: Sequence[ObjectScan]) -> None:
        with self._open() as database:
            numbers = self._numbered(database, {match.verdict for scan in scans for match in scan.matches})
            rows = (_encode(scan, numbers) for scan in scans)
            database.executemany("INSERT INTO outcomes VALUES (?, ?, ?, ?)", rows)

    def remember_search(self, values: Collection[str], scans: Sequence[ObjectScan]) -> None:
        """Everything was searched for the values with these keys; `scans` are the outcomes that this made anew."""
        self.remember(scans)
        with self._open() as database:
            database.execute("DELETE FROM searched")
            database.executemany("INSERT OR IGNORE INTO searched VALUES (?)", ((value,) for value in values))

    def finish(self) -> None:
        """The audit that this memory served is in the case: the next one reads everything again."""
        with self._open() as database:
            database.execute("UPDATE made_under SET finished = 1")
            database.execute(_BY_OID)

    def _numbered(self, database: sqlite3.Connection, verdicts: set[Verdict]) -> dict[Verdict, int]:
        """The number of each verdict; new ones are written."""
        if not self._numbers:
            self._numbers = dict(database.execute("SELECT said, number FROM verdicts"))
        texts = {verdict: said(verdict) for verdict in verdicts}
        new = dict.fromkeys(text for text in texts.values() if text not in self._numbers)
        numbered = list(enumerate(new, start=len(self._numbers) + 1))
        database.executemany("INSERT INTO verdicts (number, said) VALUES (?, ?)", numbered)
        self._numbers |= {text: number for number, text in numbered}
        return {verdict: self._numbers[text] for verdict, text in texts.items()}

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            make_private(self._file)
            with closing(sqlite3.connect(self._file)) as database, database:
                database.execute("PRAGMA synchronous = NORMAL")
                _prepare(database)
                yield database
        except sqlite3.OperationalError as error:  # a full disk, a folder that cannot be written to
            raise DiskFailed(
                f"cannot write {self._file.name}: {error}",
                remedy="free some space where the case lies, then run the audit again: it goes on where it stopped",
            ) from error
        except sqlite3.DatabaseError as error:
            raise CaseDamaged(
                f"{self._file.name} cannot be read ({type(error).__name__})",
                remedy=f"delete {self._file.name}: it only saves time; the next audit reads everything again",
            ) from error


def _prepare(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA user_version").fetchone() != (_VERSION,):
        drops = "".join(f"DROP TABLE IF EXISTS {table};" for table in (*_TABLES, *_FORMER))
        database.executescript(f"BEGIN; {drops} {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")


def _encode(scan: ObjectScan, numbers: dict[Verdict, int]) -> tuple[str, int, str, str]:
    matches = [[numbers[m.verdict], list(m.via), m.start, m.end, m.line, m.column] for m in scan.matches]
    unread = [[item.reason, list(item.via), item.detail] for item in scan.unread]
    outcome = json.dumps([matches, unread], separators=(",", ":")) if matches or unread else ""
    return scan.oid, scan.bytes, outcome, scan.names


def _decoded(database: sqlite3.Connection) -> Iterator[tuple[Oid, ObjectScan]]:
    verdicts = _Verdicts(database)
    for row in database.execute("SELECT oid, bytes, outcome, names FROM outcomes"):
        yield Oid(row[0]), _outcome(row, verdicts)


class _Verdicts(dict[int, Verdict]):
    """By number; each is read when it is asked for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__()
        self._database = database

    def __missing__(self, number: int) -> Verdict:
        (text,) = self._database.execute("SELECT said FROM verdicts WHERE number = ?", (number,)).fetchone()
        verdict = self[number] = verdict_from(text)
        return verdict


def _outcome(row: tuple[str, int, str, str], verdicts: _Verdicts) -> ObjectScan:
    oid, size, outcome, names = Oid(row[0]), *row[1:]
    matches, unread = json.loads(outcome) if outcome else ((), ())
    return ObjectScan(
        oid,
        size,
        tuple(Match(verdicts[number], tuple(via), *span) for number, via, *span in matches),
        tuple(Unread(SkipReason(reason), oid, via=tuple(via), detail=text) for reason, via, text in unread),
        names,
    )

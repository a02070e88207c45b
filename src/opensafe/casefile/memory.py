"""What was scanned before, by object id: a killed audit goes on, and `--since-last` reads what is new.

Holds outcomes, never values. Outcomes count only for the rules and people under which they were made.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from opensafe.errors import CaseDamaged, DiskFailed
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.skip import SkipReason, Unread

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rules (digest TEXT NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS scanned (oid TEXT PRIMARY KEY, bytes INTEGER NOT NULL, outcome TEXT NOT NULL) WITHOUT ROWID;
"""


class ScanMemory:
    """The memory of one case. `reuse_finished` lets a finished audit's outcomes count again (`--since-last`)."""

    def __init__(self, file: Path, *, reuse_finished: bool) -> None:
        self._file = file
        self._reuse_finished = reuse_finished

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        """Outcomes that may be used again; everything else is forgotten."""
        with self._open() as database:
            row = database.execute("SELECT digest, finished FROM rules").fetchone()
            usable = row is not None and row[0] == rules and (self._reuse_finished or not row[1])
            if not usable:
                database.execute("DELETE FROM scanned")
                database.execute("DELETE FROM rules")
                database.execute("INSERT INTO rules VALUES (?, 0)", (rules,))
                return {}
            database.execute("UPDATE rules SET finished = 0")
            return dict(map(_decode, database.execute("SELECT oid, bytes, outcome FROM scanned")))

    def remember(self, scans: Sequence[ObjectScan]) -> None:
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO scanned VALUES (?, ?, ?)", map(_encode, scans))

    def finish(self) -> None:
        """The audit that this memory served is in the case: the next one reads everything again."""
        with self._open() as database:
            database.execute("UPDATE rules SET finished = 1")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file)) as database, database:
                database.execute("PRAGMA synchronous = NORMAL")
                database.executescript(_SCHEMA)
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


def _encode(scan: ObjectScan) -> tuple[str, int, str]:
    matches = [_match_row(match) for match in scan.matches]
    unread = [[item.reason, list(item.via), item.detail] for item in scan.unread]
    return scan.oid, scan.bytes, json.dumps([matches, unread], separators=(",", ":")) if matches or unread else ""


def _decode(row: tuple[str, int, str]) -> tuple[Oid, ObjectScan]:
    oid, size, outcome = Oid(row[0]), row[1], row[2]
    if not outcome:
        return oid, ObjectScan(oid, size)
    matches, unread = json.loads(outcome)
    return oid, ObjectScan(
        oid,
        size,
        tuple(_match(item) for item in matches),
        tuple(Unread(SkipReason(reason), oid, via=tuple(via), detail=detail) for reason, via, detail in unread),
    )


def _match_row(match: Match) -> list[object]:
    return [getattr(match, name) if name != "via" else list(match.via) for name in Match.__slots__]


def _match(row: list[object]) -> Match:
    values = dict(zip(Match.__slots__, row, strict=True))
    return Match(
        finding=FindingId(str(values["finding"])),
        category=Category(str(values["category"])),
        detector=str(values["detector"]),
        title=str(values["title"]),
        severity=Severity(str(values["severity"])),
        confidence=Confidence(str(values["confidence"])),
        form=Form(str(values["form"])),
        masked=str(values["masked"]),
        why=str(values["why"]),
        person=_int_or_none(values["person"]),
        via=tuple(map(str, _list(values["via"]))),
        start=_int(values["start"]),
        end=_int(values["end"]),
        line=_int(values["line"]),
        column=_int(values["column"]),
        question=str(values["question"]),
    )


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a number is expected")
    return value


def _int_or_none(value: object) -> int | None:
    return None if value is None else _int(value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value

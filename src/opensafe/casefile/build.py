"""Builds an index file beside the case's own, and switches it in: a killed audit leaves the former one."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from opensafe.casefile.disk import disk_failures, open_private, switch
from opensafe.casefile.grounds import ground_rows, spoken_rows
from opensafe.casefile.rows import Row, audit_row, finding_row, mark_row, ref_row, review_order, skip_row, spot_row
from opensafe.casefile.schema import INDEXES, SCHEMA_VERSION, TABLES
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.ground import Ground

_FULL_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE}


def build_index(path: Path, beside: Path, record: AuditRecord, ground: Ground | None = None) -> None:
    """`path` holds `record` and nothing else, or what it held before. Raises DiskFailed.

    `ground` is what the next audit may build on.
    """
    with switched_in(path, beside) as database:
        database.executescript(TABLES)
        database.execute("BEGIN")
        _insert(database, record, ground)
        database.execute("COMMIT")
        database.executescript(f"{INDEXES} PRAGMA user_version={SCHEMA_VERSION};")


@contextmanager
def switched_in(path: Path, beside: Path, former: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A database that begins as a copy of `former`, and takes the place of `path` in the end. Raises DiskFailed."""
    with disk_failures(path, "write"):
        try:
            _create(beside, former)
            with _opened(beside) as database:
                yield database
            _sync(beside)
            switch(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _create(beside: Path, former: Path | None) -> None:
    os.close(open_private(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
    if former is not None:
        shutil.copyfile(former, beside)


@contextmanager
def _opened(beside: Path) -> Iterator[sqlite3.Connection]:
    """Raises OSError for a disk that is full: SQLite has an error of its own for it."""
    with closing(sqlite3.connect(beside, isolation_level=None)) as database:
        try:
            # Nobody reads this file before it is finished and synchronised: no journal, no waiting for the disk.
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            yield database
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in _FULL_DISK:
                raise OSError(errno.ENOSPC, "the disk is full, or the file larger than is allowed") from error
            raise


def _insert(database: sqlite3.Connection, record: AuditRecord, ground: Ground | None) -> None:
    findings = sorted(record.findings, key=review_order)
    spots: dict[Row, int] = {}
    tables: dict[str, tuple[int, Iterator[Row]]] = {
        "audit": (14, iter([audit_row(record)])),
        "ref": (5, (ref_row(n, ref) for n, ref in enumerate(record.source.refs))),
        "skip": (7, (skip_row(n, skip) for n, skip in enumerate(record.coverage.skipped))),
        "finding": (18, (finding_row(n, finding) for n, finding in enumerate(findings))),
        "mark": (8, _mark_rows(findings, spots)),
        "spot": (12, _spot_rows(spots)),
        "spoken": (2, spoken_rows(ground, {finding.id: n for n, finding in enumerate(findings)})),
        "ground": (2, ground_rows(ground)),
    }
    for table, (columns, rows) in tables.items():
        fill(database, table, columns, rows)


def fill(database: sqlite3.Connection, table: str, columns: int, rows: Iterable[Row]) -> None:
    marks = ", ".join("?" * columns)
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - the names are ours


def _mark_rows(findings: Sequence[Finding], spots: dict[Row, int]) -> Iterator[Row]:
    """Every place as a mark at its spot; the spots are collected on the way."""
    for number, finding in enumerate(findings):
        for at, place in enumerate(finding.places):
            yield mark_row(number, at, spots.setdefault(spot_row(place), len(spots)), place)


def _spot_rows(spots: dict[Row, int]) -> Iterator[Row]:
    """Begins when the last mark is written."""
    for row, number in spots.items():
        yield (number, *row)


def _sync(path: Path) -> None:
    descriptor = open_private(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Takes a decision sheet back: every row is checked before any of it counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.view import settled, settled_where
from opensafe.casefile.where import with_ids
from opensafe.casework.confirming import Confirmation, waiting_decisions
from opensafe.casework.deciding import Decided, Ruling
from opensafe.casework.decision_rows import ASKED, DecisionRows
from opensafe.casework.readiness import profile_of
from opensafe.casework.sheet_binding import code_of, present_code, refuse_problems, require_columns, require_same
from opensafe.casework.sheet_cells import SheetRow
from opensafe.casework.sheet_rows import read_sheet
from opensafe.casework.typed_texts import TypedTexts
from opensafe.errors import UsageError
from opensafe.model.finding import Finding
from opensafe.model.sheet import SheetKind
from opensafe.model.text import counted
from opensafe.reports.decision_sheet import FINDING, STATE


@dataclass(frozen=True, slots=True)
class Returned:
    """What a sheet decides, and what it confirms as a second person."""

    rulings: list[Ruling]
    confirmations: list[Confirmation]


def decisions_on(case: Case, file: Path, *, by: str = "", cache: str | None = None) -> Returned:
    """What the sheet says. `by` is who decides where a row names nobody.

    Raises OutOfOrder for a sheet of another state, UsageError naming every cell that cannot be taken.
    """
    rows = read_sheet(file)
    today = case.today
    _require_same(case, rows, today)
    require_columns(rows, (FINDING, STATE))
    findings = _listed(case, rows, today)
    filled = [row for row in rows if any(row.text(title) for title in ASKED)]
    if not filled:
        raise UsageError("no row of the sheet is filled in", remedy=f"fill in the columns {', '.join(ASKED)}")
    waiting = waiting_decisions(case.decisions.read(), today)
    taking = DecisionRows(findings, profile_of(case).second_person, waiting, TypedTexts(case, cache), by, today)
    for row in filled:
        taking.take(row)
    refuse_problems(taking.problems, len(filled))
    return Returned(
        [Ruling(Decided(tuple(members)), verdict) for verdict, members in taking.decided.items()],
        [Confirmation(tuple(members), *said) for said, members in taking.confirmed.items()],
    )


def _listed(case: Case, rows: Sequence[SheetRow], today: date) -> dict[str, Finding]:
    """The findings of the rows as they are now, by id in small letters: spreadsheets may change the case."""
    ids = (row.text(FINDING).lower().replace("f-", "F-", 1) for row in rows)
    return {finding.id.lower(): finding for finding in settled_where(case, today, with_ids(ids))[0]}


def _require_same(case: Case, rows: Sequence[SheetRow], today: date) -> None:
    code = code_of(rows, SheetKind.DECIDE)
    audit = case.index.summary()
    now = present_code(case, SheetKind.DECIDE, audit.source.head if audit else None, case.index.digest())
    every = settled(case, today)[0] if now.state != code.state else ()
    changes = list(_changes(rows, {finding.id.lower(): finding for finding in every})) if every else []
    require_same(now, code, case.log.entries(), changes)


def _changes(rows: Sequence[SheetRow], findings: Mapping[str, Finding]) -> Iterator[str]:
    """How the findings differ from those on the sheet."""
    listed = {row.text(FINDING).lower() for row in rows}
    gone = len(listed - findings.keys())
    new = sum(1 for id_, finding in findings.items() if id_ not in listed and finding.waits)
    if gone:
        yield f"{counted(gone, 'finding')} on it that the last audit does not know"
    if new:
        yield f"{counted(new, 'open finding')} that it does not list"

"""Writes the sheets on which people decide, attest and sign who do not sit at this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.disk import write_whole
from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import outlines
from opensafe.casefile.places import names_of
from opensafe.casefile.selection import Filter
from opensafe.casefile.view import settle_these
from opensafe.casefile.where import EVERY, with_ids
from opensafe.casework.confirming import waiting_decisions
from opensafe.casework.public import open_public
from opensafe.casework.read_only import hand_out, require_place
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.sheet_binding import present_code
from opensafe.casework.sheet_second import two_people
from opensafe.casework.suggesting import suggestions
from opensafe.errors import UsageError
from opensafe.model.readiness import Checklist
from opensafe.model.settlement import standing
from opensafe.model.sheet import Sheet, SheetKind
from opensafe.model.text import counted
from opensafe.reports.checklist_sheet import attestation_sheet, signoff_sheet
from opensafe.reports.decision_sheet import decision_sheet
from opensafe.reports.sheet_csv import csv_sheet
from opensafe.reports.sheet_html import html_sheet
from opensafe.reports.sheet_xlsx import xlsx_sheet

FORMS: Mapping[str, Callable[[Sheet], bytes]] = {".xlsx": xlsx_sheet, ".csv": csv_sheet, ".html": html_sheet}
"""The form of a sheet goes by how the name of its file ends."""

_PLACES = 20


@dataclass(frozen=True, slots=True)
class Written:
    """So many rows stand on the sheet, and `left` that could stand there do not.

    It is `recorded` in the log of the case, unless that can only be read here.
    """

    rows: int
    left: int = 0
    recorded: bool = True


def write_decision_sheet(
    case: Case, file: Path, chosen: Filter, *, by: str = "", awaiting_second: bool = False, most: int = 0
) -> Written:
    """A row for each finding that `chosen` takes, by a state: the first `most`, if that is not 0.

    With `awaiting_second`, only what waits for a second person. Raises OutOfOrder before the first audit.
    """
    _check_place(case, file, SheetKind.DECIDE)
    today = case.today
    decisions = case.decisions.read()
    waiting = waiting_decisions(decisions, today)
    among = with_ids(sorted(waiting)) if awaiting_second else EVERY
    every = [row.id for row in outlines(case, chosen, today, decisions, among)]
    shown = case.index.findings(with_ids(every[: most or None]))
    findings = settle_these(case, shown, standing(decisions, today))
    audit = case.index.summary()
    code = present_code(case, SheetKind.DECIDE, audit.source.head if audit else None, case.index.digest())
    names = names_of(case.index, (finding.id for finding in findings), _PLACES)
    words = {id_: made.sentence for id_, made in suggestions(case, findings).items()}
    second = two_people(findings, profile_of(case).second_person, waiting)
    sheet = decision_sheet(case.config.name, findings, words, names, code, second, len(every))
    return _write(case, file, sheet, SheetKind.DECIDE, by, left=len(every) - len(findings))


def write_attestation_sheet(case: Case, file: Path, *, by: str = "") -> Written:
    """A row for each row of the checklist. Raises OutOfOrder before there is a new history."""
    _check_place(case, file, SheetKind.ATTEST)
    checklist = _checklist(case)
    code = present_code(case, SheetKind.ATTEST, checklist.commit, checklist.profile.digest)
    return _write(case, file, attestation_sheet(case.config.name, checklist, code), SheetKind.ATTEST, by)


def write_signoff_sheet(case: Case, file: Path, *, by: str = "") -> Written:
    """One row for each role that has yet to sign."""
    _check_place(case, file, SheetKind.SIGNOFF)
    checklist = _checklist(case)
    signed = {s.role for s in case.signoffs.read() if (s.commit, s.profile_digest) == _bound(checklist)}
    missing = [role for role in checklist.profile.signoffs if role not in signed]
    code = present_code(case, SheetKind.SIGNOFF, checklist.commit, checklist.profile.digest)
    return _write(case, file, signoff_sheet(case.config.name, checklist, missing, code), SheetKind.SIGNOFF, by)


def _checklist(case: Case) -> Checklist:
    return checklist_of(case, open_public(case), profile_of(case))


def _bound(checklist: Checklist) -> tuple[str, str]:
    return checklist.commit, checklist.profile.digest


def _check_place(case: Case, file: Path, kind: SheetKind) -> None:
    """Before anything is read: a form that is known, and a place that may be written to."""
    _form_of(file)
    require_place(case, file, what="a sheet", remedy=f"opensafe {kind} --sheet FILE, with a FILE in another folder")


def _write(case: Case, file: Path, sheet: Sheet, kind: SheetKind, by: str, left: int = 0) -> Written:
    form, rows = _form_of(file), len(sheet.rows)

    def record() -> None:
        what = f"Made a sheet for {kind}: {counted(rows, 'row')}"
        case.log.append("sheet", what, by=by, details={"kind": kind.value, "rows": rows})

    return Written(rows, left, hand_out(case, kind, lambda: write_whole(file, form(sheet)), record))


def _form_of(file: Path) -> Callable[[Sheet], bytes]:
    form = FORMS.get(file.suffix.lower())
    if form is None:
        remedy = f"end the name of the file with {' or '.join(FORMS)}"
        raise UsageError("there is no such form of a sheet", remedy=remedy)
    return form

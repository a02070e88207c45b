"""Writes the sheets on which people decide, attest and sign who do not sit at this machine."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.disk import write_whole
from opensafe.casefile.folder import Case
from opensafe.casefile.places import names_of
from opensafe.casefile.selection import Filter, select
from opensafe.casefile.where import EVERY, with_ids
from opensafe.casework.confirming import waiting_decisions
from opensafe.casework.public import open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.sheet_binding import present_code
from opensafe.casework.sheet_second import two_people
from opensafe.casework.suggesting import suggestions
from opensafe.errors import UsageError
from opensafe.model.finding import State
from opensafe.model.readiness import Checklist
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


def write_decision_sheet(case: Case, file: Path, chosen: Filter, *, by: str = "", awaiting_second: bool = False) -> int:
    """The number of findings on it, without those that are decided with their file.

    With `awaiting_second`, only what waits for a second person. Raises OutOfOrder before the first audit.
    """
    _form_of(file)
    today = datetime.now(UTC).date()
    decisions = case.decisions.read()
    waiting = waiting_decisions(decisions, today)
    among = with_ids(sorted(waiting)) if awaiting_second else EVERY
    found, _ = select(case, chosen, today, among, decisions)
    findings = [finding for finding in found if finding.waits or finding.state is not State.OPEN]
    audit = case.index.summary()
    code = present_code(case, SheetKind.DECIDE, audit.source.head if audit else None, case.index.digest())
    names = names_of(case.index, (finding.id for finding in findings), _PLACES)
    words = {id_: made.sentence for id_, made in suggestions(case, findings).items()}
    second = two_people(findings, profile_of(case).second_person, waiting)
    sheet = decision_sheet(case.config.name, findings, words, names, code, second)
    return _write(case, file, sheet, SheetKind.DECIDE, by)


def write_attestation_sheet(case: Case, file: Path, *, by: str = "") -> int:
    """The number of rows on it. Raises OutOfOrder before there is a new history."""
    checklist = _checklist(case)
    code = present_code(case, SheetKind.ATTEST, checklist.commit, checklist.profile.digest)
    return _write(case, file, attestation_sheet(case.config.name, checklist, code), SheetKind.ATTEST, by)


def write_signoff_sheet(case: Case, file: Path, *, by: str = "") -> int:
    """One row for each role that has yet to sign; the number of them."""
    checklist = _checklist(case)
    signed = {s.role for s in case.signoffs.read() if (s.commit, s.profile_digest) == _bound(checklist)}
    missing = [role for role in checklist.profile.signoffs if role not in signed]
    code = present_code(case, SheetKind.SIGNOFF, checklist.commit, checklist.profile.digest)
    return _write(case, file, signoff_sheet(case.config.name, checklist, missing, code), SheetKind.SIGNOFF, by)


def _checklist(case: Case) -> Checklist:
    return checklist_of(case, open_public(case), profile_of(case))


def _bound(checklist: Checklist) -> tuple[str, str]:
    return checklist.commit, checklist.profile.digest


def _write(case: Case, file: Path, sheet: Sheet, kind: SheetKind, by: str) -> int:
    form = _form_of(file)
    with case.writing(kind):
        write_whole(file, form(sheet))
        what = f"Made a sheet for {kind}: {counted(len(sheet.rows), 'row')}"
        case.log.append("sheet", what, by=by, details={"kind": kind.value, "rows": len(sheet.rows)})
    return len(sheet.rows)


def _form_of(file: Path) -> Callable[[Sheet], bytes]:
    form = FORMS.get(file.suffix.lower())
    if form is None:
        remedy = f"end the name of the file with {' or '.join(FORMS)}"
        raise UsageError("there is no such form of a sheet", remedy=remedy)
    return form

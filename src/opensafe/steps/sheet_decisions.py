"""Takes a decision sheet back: every row is checked before any of it counts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.view import settled
from opensafe.casework.deciding import Decided, Ruling, Verdict, check_ruling
from opensafe.casework.readiness import profile_of
from opensafe.casework.sheet_binding import code_of, present_code, refuse_problems, require_same
from opensafe.casework.sheet_cells import day, word
from opensafe.casework.sheet_rows import SheetRow, read_sheet
from opensafe.casework.typed_texts import TypedTexts
from opensafe.errors import UsageError
from opensafe.model.decision import Action
from opensafe.model.finding import Finding
from opensafe.model.permission import Permission
from opensafe.model.second_person import TwoPeople
from opensafe.model.sheet import SheetKind
from opensafe.model.text import counted
from opensafe.reports.decision_sheet import (
    BY,
    DECISION,
    EVIDENCE,
    FINDING,
    OWNER,
    PERMITTED,
    REASON,
    SECOND,
    SOURCE,
    STATE,
    UNTIL,
)

_ASKED = (DECISION, REASON, UNTIL, BY, SECOND, OWNER, PERMITTED, EVIDENCE, SOURCE)
_ACTIONS = tuple(action.value for action in Action if action is not Action.ACCEPT)
_COLUMN_OF = {"--reason": REASON, "--second": SECOND, "--by": BY, "--owner": OWNER}


def decisions_on(case: Case, file: Path, *, by: str = "", cache: str | None = None) -> list[Ruling]:
    """What the sheet decides. `by` is who decides where a row names nobody.

    Raises OutOfOrder for a sheet of another state, UsageError naming every cell that cannot be taken.
    """
    rows = read_sheet(file)
    findings = {finding.id.lower(): finding for finding in settled(case, datetime.now(UTC).date())[0]}
    _require_same(case, rows, findings)
    filled = [row for row in rows if any(row.text(title) for title in _ASKED)]
    if not filled:
        raise UsageError("no row of the sheet is filled in", remedy=f"fill in the columns {', '.join(_ASKED)}")
    taking = _Taking(findings, profile_of(case).second_person, TypedTexts(case, cache), by)
    for row in filled:
        taking.take(row)
    refuse_problems(taking.problems, len(filled))
    return [Ruling(Decided(tuple(members)), verdict) for verdict, members in taking.decided.items()]


def _require_same(case: Case, rows: Sequence[SheetRow], findings: Mapping[str, Finding]) -> None:
    code = code_of(rows, SheetKind.DECIDE)
    audit = case.index.summary()
    now = present_code(case, SheetKind.DECIDE, audit.source.head if audit else None, case.index.digest())
    changes = list(_changes(rows, findings)) if now.state != code.state else []
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


class _Taking:
    """The rows as far as they were looked at: what they decide, by verdict, and what is wrong with them."""

    def __init__(
        self, findings: Mapping[str, Finding], demands: Sequence[TwoPeople], texts: TypedTexts, by: str
    ) -> None:
        self.decided: dict[Verdict, list[Finding]] = {}
        self.problems: list[str] = []
        self._findings = findings
        self._demands = demands
        self._texts = texts
        self._by = by
        self._seen: dict[str, int] = {}

    def take(self, row: SheetRow) -> None:
        before = len(self.problems)
        finding = self._finding(row)
        verdict = self._verdict(row)
        if finding is None or verdict is None or len(self.problems) > before:
            return
        try:
            check_ruling(Ruling(Decided((finding,)), verdict), self._demands)
        except UsageError as error:
            column = next((title for flag, title in _COLUMN_OF.items() if flag in error.remedy), DECISION)
            self._refuse(row, column, error.cause)
            return
        self.decided.setdefault(verdict, []).append(finding)

    def _finding(self, row: SheetRow) -> Finding | None:
        id_ = row.text(FINDING).lower()
        finding = self._findings.get(id_)
        if finding is None:
            self._refuse(row, FINDING, "there is no such finding")
        elif id_ in self._seen:
            self._refuse(row, FINDING, f"it stands in row {self._seen[id_]} as well")
        elif word(row.text(STATE), (finding.state,)) is None:
            self._refuse(row, STATE, f"somebody has decided since: now it is {finding.state}; clear the row")
        self._seen.setdefault(id_, row.number)
        return finding

    def _verdict(self, row: SheetRow) -> Verdict | None:
        said = word(row.text(DECISION), _ACTIONS)
        if said is None:
            what = f"is none of {', '.join(_ACTIONS)}" if row.text(DECISION) else "is missing"
            self._refuse(row, DECISION, f"the decision {what}")
            return None
        for title in (REASON, BY, SECOND, OWNER, EVIDENCE, SOURCE):
            if (held := self._texts.holds(row.text(title))) is not None:
                self._refuse(row, title, f"the text seems to hold {held}")
        return Verdict(
            Action(said),
            row.text(BY) or self._by,
            reason=row.text(REASON),
            expires=self._until(row),
            second=row.text(SECOND),
            permission=Permission(row.text(OWNER), self._day(row, PERMITTED), row.text(EVIDENCE), row.text(SOURCE)),
        )

    def _until(self, row: SheetRow) -> date | None:
        until = self._day(row, UNTIL)
        if until is not None and until < datetime.now(UTC).date():
            self._refuse(row, UNTIL, "this day has passed")
        return until

    def _day(self, row: SheetRow, title: str) -> date | None:
        text = row.text(title)
        found = day(text) if text else None
        if text and found is None:
            self._refuse(row, title, "this is not a date: write it as 2026-11-22 or 22/11/2026")
        return found

    def _refuse(self, row: SheetRow, column: str, what: str) -> None:
        self.problems.append(f"row {row.number}, {column}: {what}")

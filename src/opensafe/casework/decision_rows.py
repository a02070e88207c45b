"""The rows of a decision sheet that came back: what they decide and confirm, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from datetime import date

from opensafe.casework.confirming import Waiting, check_second, waiting_code
from opensafe.casework.deciding import Decided, Ruling, Verdict, check_ruling
from opensafe.casework.sheet_cells import SheetRow, day, word
from opensafe.casework.sheet_second import code_in
from opensafe.casework.typed_texts import TypedTexts
from opensafe.errors import UsageError
from opensafe.model.decision import Action
from opensafe.model.finding import Finding
from opensafe.model.permission import Permission
from opensafe.model.second_person import TwoPeople
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
    TWO_PEOPLE,
    UNTIL,
)

ASKED = (DECISION, REASON, UNTIL, BY, SECOND, OWNER, PERMITTED, EVIDENCE, SOURCE)
_DECIDING = (DECISION, UNTIL, BY, OWNER, PERMITTED, EVIDENCE, SOURCE)
_ACTIONS = tuple(action.value for action in Action if action is not Action.ACCEPT)
_COLUMN_OF = {"--reason": REASON, "--second": SECOND, "--by": BY, "--owner": OWNER}


class DecisionRows:
    """The rows as far as they were looked at: what they decide, by verdict, and what is wrong with them."""

    def __init__(
        self,
        findings: Mapping[str, Finding],
        demands: Sequence[TwoPeople],
        waiting: Waiting,
        texts: TypedTexts,
        by: str,
        today: date,
    ) -> None:
        self.decided: dict[Verdict, list[Finding]] = {}
        self.confirmed: dict[tuple[str, str], list[Finding]] = {}
        self.problems: list[str] = []
        self._findings = findings
        self._demands = demands
        self._waiting = waiting
        self._texts = texts
        self._by = by
        self._today = today
        self._seen: dict[str, int] = {}

    def take(self, row: SheetRow) -> None:
        if row.text(SECOND) and not any(row.text(title) for title in _DECIDING):
            self._confirm(row)
        else:
            self._decide(row)

    def _confirm(self, row: SheetRow) -> None:
        """A second person alone agrees with what waited when the sheet was made."""
        before = len(self.problems)
        finding, second, reason = self._finding(row), row.text(SECOND), row.text(REASON)
        for title in (SECOND, REASON):
            self._look_through(row, title)
        if finding is None or len(self.problems) > before:
            return
        taken = self._waiting.get(finding.id, ())
        if not taken:
            self._refuse(row, DECISION, "nothing here waits for a second person: say what is decided")
        elif code_in(row.text(TWO_PEOPLE)) != waiting_code(taken):
            self._refuse(row, TWO_PEOPLE, "what waits is not what this sheet says: make a new sheet")
        else:
            self._agree(row, finding, second, reason)

    def _agree(self, row: SheetRow, finding: Finding, second: str, reason: str) -> None:
        try:
            check_second(finding, second, self._waiting)
        except UsageError as error:
            self._refuse(row, SECOND, error.cause)
            return
        self.confirmed.setdefault((second, reason), []).append(finding)

    def _decide(self, row: SheetRow) -> None:
        before = len(self.problems)
        finding = self._finding(row)
        verdict = self._verdict(row)
        if finding is None or verdict is None or len(self.problems) > before:
            return
        try:
            check_ruling(Ruling(Decided((finding,)), verdict), self._demands, self._today)
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
            self._look_through(row, title)
        return Verdict(
            Action(said),
            row.text(BY) or self._by,
            reason=row.text(REASON),
            expires=self._until(row),
            second=row.text(SECOND),
            permission=Permission(row.text(OWNER), self._day(row, PERMITTED), row.text(EVIDENCE), row.text(SOURCE)),
        )

    def _look_through(self, row: SheetRow, title: str) -> None:
        if (held := self._texts.holds(row.text(title))) is not None:
            self._refuse(row, title, f"the text seems to hold {held}")

    def _until(self, row: SheetRow) -> date | None:
        until = self._day(row, UNTIL)
        if until is not None and until < self._today:
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

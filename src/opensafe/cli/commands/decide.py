"""`opensafe decide`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter
from opensafe.casework.confirming import Confirmation
from opensafe.casework.deciding import Ruling, Verdict
from opensafe.cli.decide_options import (
    ActionOption,
    DryRun,
    Everything,
    Expires,
    ForPaths,
    Ids,
    RowsOfSheet,
    Suggested,
    To,
    Undo,
    WithoutSecond,
)
from opensafe.cli.decide_show import show_confirmed, show_decided, show_preview
from opensafe.cli.filters import (
    AwaitingSecond,
    CategoryFilter,
    DetectorFilter,
    InFilter,
    PersonFilter,
    SeverityFilter,
    StateFilter,
    TextFilter,
)
from opensafe.cli.options import (
    By,
    Evidence,
    FromSheet,
    Owner,
    PermissionDate,
    Reason,
    Second,
    Source,
    ToSheet,
    Yes,
    iso_date,
)
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.permission import Permission
from opensafe.steps.confirm import confirm, waiting_for_second
from opensafe.steps.decide import alone, choose, decided_before, preview
from opensafe.steps.decide import decide as decide_step
from opensafe.steps.suggest import suggested_rulings


def register(app: typer.Typer) -> None:
    app.command()(decide)


def decide(
    context: typer.Context,
    ids: Ids = None,
    everything: Everything = False,
    category: CategoryFilter = None,
    detector: DetectorFilter = "",
    in_path: InFilter = "",
    severity: SeverityFilter = None,
    state: StateFilter = None,
    text: TextFilter = "",
    person: PersonFilter = None,
    action: ActionOption = None,
    to: To = "",
    path: ForPaths = "",
    expires: Expires = "",
    reason: Reason = "",
    owner: Owner = "",
    permission_date: PermissionDate = "",
    evidence: Evidence = "",
    source: Source = "",
    by: By = "",
    second: Second = "",
    without_second: WithoutSecond = "",
    undo: Undo = False,
    suggested: Suggested = False,
    awaiting_second: AwaitingSecond = False,
    sheet: ToSheet = None,
    limit: RowsOfSheet = 5000,
    from_file: FromSheet = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Decide what becomes of findings and skips.

    On a terminal, a decision about many is shown before it is taken. With --second and no --action, a second person
    confirms what waits for one. --sheet writes the open findings that the filters take, for people to decide elsewhere:
    with --awaiting-second those that wait for a second person.
    """
    session = session_of(context)
    chosen = Filter(category, detector, in_path, severity, state, text, person)
    if sheet:
        from opensafe.cli.decide_sheet import write_sheet  # noqa: PLC0415 - most decisions need no sheet

        write_sheet(session, sheet, chosen, by, awaiting_second=awaiting_second, most=limit)
        return
    case = session.case() if dry_run else session.case_to_change("decide")
    among = _among(chosen, everything=everything, suggested=suggested)
    deciding = _Deciding(session, case, ids or [], among, dry_run, yes)
    if from_file:
        deciding.as_returned(from_file, by)
    elif suggested:
        deciding.as_suggested(chosen, by, second)
    elif second and action is None and not undo:
        deciding.confirm(second, reason)
    else:
        name, until = deciding.named(by), iso_date(expires, "--expires")
        permission = Permission(owner, iso_date(permission_date, "--permission-date"), evidence, source)
        verdict = Verdict(action, name, reason, to, path, until, second, without_second, undo, permission)
        deciding.as_said(verdict)


def _among(chosen: Filter, *, everything: bool, suggested: bool) -> Filter | None:
    """The filters, where all that they take is decided about. Raises UsageError where nobody said so."""
    if chosen != Filter() and not (everything or suggested):
        raise UsageError("filters choose many findings at once", remedy="add --all to decide about every one of them")
    return chosen if everything else None


@dataclass(frozen=True, slots=True)
class _Deciding:
    """One run of the command: about these ids, and all that `among` takes."""

    session: Session
    case: Case
    ids: list[str]
    among: Filter | None
    dry_run: bool
    yes: bool

    def named(self, by: str) -> str:
        return by or ("nobody yet" if self.dry_run else self.session.ask("Who decides?", "--by NAME"))

    def as_said(self, verdict: Verdict) -> None:
        """A decision about a few findings by their ids needs no further question."""
        chosen = choose(self.case, self.ids, self.among)
        subjects = decided_before(self.case, chosen) if verdict.undo else chosen
        self._take([Ruling(subjects, verdict)], sure=self.yes or self.among is None)

    def as_suggested(self, chosen: Filter, by: str, second: str) -> None:
        rulings = suggested_rulings(self.case, self.ids, chosen, by=self.named(by), second=second)
        self._take(rulings, sure=self.yes or bool(self.ids), typed=False)

    def as_returned(self, file: Path, by: str) -> None:
        from opensafe.steps.sheet_decisions import decisions_on  # noqa: PLC0415 - most decisions need no sheet

        back = decisions_on(self.case, file, by=by, cache=cache_folder())
        self._take(back.rulings, back.confirmations, sure=self.yes)

    def confirm(self, second: str, reason: str) -> None:
        waiting = waiting_for_second(self.case, self.ids, self.among)
        if not self.dry_run:
            confirm(self.case, waiting, second=second, reason=reason, cache=cache_folder())
        show_confirmed(self.session, waiting, dry_run=self.dry_run)

    def _take(
        self, rulings: Sequence[Ruling], confirmations: Sequence[Confirmation] = (), *, sure: bool, typed: bool = True
    ) -> None:
        """Show what the decisions touch, ask where somebody is there to be asked, and take them."""
        ask = self.session.attended and not sure
        if self.dry_run or ask:
            show_preview(self.session, rulings, preview(self.case, rulings, confirmations), confirmations)
        if self.dry_run:
            return
        if ask and not self.session.confirm("Decide that?"):
            self.session.say("Nothing was decided.")
            return
        decide_step(self.case, rulings, confirmations, cache=cache_folder(), typed=typed)
        show_decided(self.session, rulings, alone(self.case, rulings), confirmations)
        if any(ruling.verdict.path for ruling in rulings) and not preview(self.case, rulings).reach.places:
            self.session.announce("warning: none of these stands in a file that --path matches: nothing changes today")

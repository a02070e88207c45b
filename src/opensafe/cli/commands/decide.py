"""`opensafe decide`."""

from dataclasses import replace

import typer

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter
from opensafe.casework.deciding import Ruling, Verdict
from opensafe.cli.decide_options import (
    ActionOption,
    DryRun,
    Everything,
    Expires,
    Ids,
    Path,
    Suggested,
    To,
    Undo,
    WithoutSecond,
)
from opensafe.cli.decide_show import show_confirmed, show_decided, show_preview
from opensafe.cli.filters import (
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
from opensafe.cli.sheet_show import wrote_sheet
from opensafe.errors import UsageError
from opensafe.model.finding import State
from opensafe.model.permission import Permission
from opensafe.steps.confirm import confirm, waiting_for_second
from opensafe.steps.decide import alone, choose, preview
from opensafe.steps.decide import decide as decide_step
from opensafe.steps.sheet_decisions import decisions_on
from opensafe.steps.sheets import write_decision_sheet
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
    path: Path = "",
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
    sheet: ToSheet = None,
    from_file: FromSheet = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Decide what becomes of findings and skips.

    On a terminal, a decision about many is shown before it is taken. With --second and no --action, a second person
    confirms what waits for one. --sheet writes the open findings that the filters take, for people to decide elsewhere.
    """
    session = session_of(context)
    chosen = Filter(category, detector, in_path, severity, state, text, person)
    if sheet:
        rows = write_decision_sheet(session.case(), sheet, replace(chosen, state=state or State.OPEN), by=by)
        wrote_sheet(session, "decide", sheet, rows)
        return
    if chosen != Filter() and not (everything or suggested):
        raise UsageError("filters choose many findings at once", remedy="add --all to decide about every one of them")
    case = session.case()
    among = chosen if everything else None
    if from_file:
        take(session, case, decisions_on(case, from_file, by=by, cache=cache_folder()), dry_run=dry_run, yes=yes)
        return
    if suggested:
        person_by = by or ("nobody yet" if dry_run else session.ask("Who decides?", "--by NAME"))
        rulings = suggested_rulings(case, ids or [], chosen, by=person_by, second=second)
        take(session, case, rulings, dry_run=dry_run, yes=yes or bool(ids))
        return
    if second and action is None and not undo:
        _confirm(session, case, ids or [], among, second=second, reason=reason, dry_run=dry_run)
        return
    verdict = Verdict(
        action=action,
        by=by or ("nobody yet" if dry_run else session.ask("Who decides?", "--by NAME")),
        reason=reason,
        to=to,
        path=path,
        expires=iso_date(expires, "--expires"),
        second=second,
        without_second=without_second,
        undo=undo,
        permission=Permission(owner, iso_date(permission_date, "--permission-date"), evidence, source),
    )
    rulings = [Ruling(choose(case, ids or [], among), verdict)]
    take(session, case, rulings, dry_run=dry_run, yes=yes or not everything)


def take(session: Session, case: Case, rulings: list[Ruling], *, dry_run: bool, yes: bool) -> None:
    """Show what the decisions touch, ask where somebody is there to be asked, and take them."""
    if dry_run:
        show_preview(session, rulings, preview(case, rulings))
        return
    if session.attended and not yes:
        show_preview(session, rulings, preview(case, rulings))
        if not session.confirm("Decide that?"):
            session.say("Nothing was decided.")
            return
    decide_step(case, rulings, cache=cache_folder())
    show_decided(session, rulings, alone(case, rulings))


def _confirm(
    session: Session, case: Case, ids: list[str], among: Filter | None, *, second: str, reason: str, dry_run: bool
) -> None:
    waiting = waiting_for_second(case, ids, among)
    if not dry_run:
        confirm(case, waiting, second=second, reason=reason, cache=cache_folder())
    show_confirmed(session, waiting, dry_run=dry_run)

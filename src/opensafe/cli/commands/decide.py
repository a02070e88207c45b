"""`opensafe decide`."""

from typing import Annotated

import typer

from opensafe.casefile.selection import Filter
from opensafe.cli.filters import (
    CategoryFilter,
    DetectorFilter,
    InFilter,
    PersonFilter,
    SeverityFilter,
    StateFilter,
    TextFilter,
)
from opensafe.cli.options import By, Evidence, Owner, PermissionDate, Reason, Second, Source, iso_date
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.decision import Action
from opensafe.model.permission import Permission
from opensafe.model.text import counted
from opensafe.reports.json_documents import result_document
from opensafe.steps.decide import Decided, Verdict, choose
from opensafe.steps.decide import decide as decide_step

_SHOWN = 5


def register(app: typer.Typer) -> None:
    app.command()(decide)


def decide(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of findings (F-…) and skips (S-…).")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every finding that the filters take.")] = False,
    category: CategoryFilter = None,
    detector: DetectorFilter = "",
    in_path: InFilter = "",
    severity: SeverityFilter = None,
    state: StateFilter = None,
    text: TextFilter = "",
    person: PersonFilter = None,
    action: Annotated[Action | None, typer.Option("--action", help="What is to be done.")] = None,
    to: Annotated[str, typer.Option("--to", help="The text to put in its place.", metavar="TEXT")] = "",
    path: Annotated[str, typer.Option("--path", help="Decide for these files only.", metavar="GLOB")] = "",
    expires: Annotated[str, typer.Option("--expires", help="The decision holds until then.", metavar="DATE")] = "",
    reason: Reason = "",
    owner: Owner = "",
    permission_date: PermissionDate = "",
    evidence: Evidence = "",
    source: Source = "",
    by: By = "",
    second: Second = "",
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw the decisions about these.")] = False,
) -> None:
    """Decide what becomes of findings and skips."""
    session = session_of(context)
    chosen = Filter(category, detector, in_path, severity, state, text, person)
    if chosen != Filter() and not everything:
        raise UsageError("filters choose many findings at once", remedy="add --all to decide about every one of them")
    case = session.case()
    subjects = choose(case, ids or [], chosen if everything else None)
    verdict = Verdict(
        action=action,
        by=by or session.ask("Who decides?", "--by NAME"),
        reason=reason,
        to=to,
        path=path,
        expires=iso_date(expires, "--expires"),
        second=second,
        undo=undo,
        permission=Permission(owner, iso_date(permission_date, "--permission-date"), evidence, source),
    )
    decided = decide_step(case, subjects, verdict, cache=cache_folder())
    _show(session, decided, verdict)


def _show(session: Session, decided: Decided, verdict: Verdict) -> None:
    count = f"{counted(len(decided.findings), 'finding')} and {counted(len(decided.skips), 'skip')}"
    what = f"Withdrew the decisions about {count}." if verdict.undo else f"Decided {verdict.action} for {count}."
    if session.json:
        details = {
            "findings": [finding.id for finding in decided.findings],
            "skips": [skip.id for skip in decided.skips],
            "action": verdict.action.value if verdict.action else None,
        }
        session.document(result_document("decide", what, details, "opensafe next"))
    session.say(what)
    for finding in decided.findings[:_SHOWN]:
        session.say(f"  {finding.id}  {finding.masked}")
    if len(decided.findings) > _SHOWN:
        session.say(f"  … and {len(decided.findings) - _SHOWN:,} more")

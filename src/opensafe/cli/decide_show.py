"""What `opensafe decide` says before and after."""

from collections.abc import Sequence
from typing import Any

from opensafe.casework.confirming import Confirmation
from opensafe.casework.deciding import Ruling, together
from opensafe.cli.lines import what_line
from opensafe.cli.session import Session
from opensafe.model.decision import Action
from opensafe.model.finding import Finding
from opensafe.model.subject import Subject
from opensafe.model.text import counted
from opensafe.reports.json_results import result_document
from opensafe.steps.decide import Preview

_SHOWN = 5


def show_preview(
    session: Session, rulings: Sequence[Ruling], found: Preview, confirmations: Sequence[Confirmation] = ()
) -> None:
    """What the decisions would touch, in numbers, and the first of the findings."""
    touched = found.reach
    where = (
        f"{counted(touched.places, 'place')} in {counted(touched.files, 'file')},"
        f" brought by {counted(touched.commits, 'commit')}"
    )
    for ruling in _by_action(rulings):
        session.say(f"Would {_verb(ruling)} {ruling.subjects.counted}.")
        _list(session, ruling.subjects.findings)
    for one in confirmations:
        _say_confirmed(session, one.findings, "Would confirm")
    session.say(f"That touches {where}.")
    if found.alone:
        session.say(f"{counted(found.alone, 'finding')} would wait for a second person (--second NAME).")
    if session.json:
        details = {
            **_details(rulings),
            "places": touched.places,
            "files": touched.files,
            "commits": touched.commits,
            "waiting": found.alone,
            "dry_run": True,
            **_confirmed(confirmations),
        }
        session.document(result_document("decide", f"Would touch {where}.", details, "opensafe decide"))


def show_decided(
    session: Session, rulings: Sequence[Ruling], alone: int, confirmations: Sequence[Confirmation] = ()
) -> None:
    """What was decided and confirmed, and how many of it wait for somebody else."""
    merged = _by_action(rulings)
    told = [_told(ruling) for ruling in merged]
    if session.json:
        details = {**_details(rulings), "waiting": alone, **_confirmed(confirmations)}
        confirmed = [f"Confirmed {counted(len(one.findings), 'finding')}." for one in confirmations]
        session.document(result_document("decide", " ".join([*told, *confirmed]), details, "opensafe next"))
    for ruling, what in zip(merged, told, strict=True):
        session.say(what)
        _list(session, ruling.subjects.findings)
    for one in confirmations:
        _say_confirmed(session, one.findings, "Confirmed")
    if alone:
        session.advise(
            f"{counted(alone, 'finding')} may stay once a second person confirms it:"
            " opensafe decide --all --second NAME"
        )


def show_confirmed(session: Session, findings: Sequence[Finding], *, dry_run: bool) -> None:
    """Which findings a second person confirmed, or would."""
    verb = "Would confirm" if dry_run else "Confirmed"
    if session.json:
        details = {"findings": [finding.id for finding in findings], "dry_run": dry_run}
        what = f"{verb} {counted(len(findings), 'finding')}."
        session.document(result_document("decide", what, details, "opensafe next"))
    _say_confirmed(session, findings, verb)


def _say_confirmed(session: Session, findings: Sequence[Finding], verb: str) -> None:
    session.say(f"{verb} {counted(len(findings), 'finding')}.")
    _list(session, findings)


def _confirmed(confirmations: Sequence[Confirmation]) -> dict[str, Any]:
    found = [finding.id for one in confirmations for finding in one.findings]
    return {"confirmed": found} if found else {}


def _by_action(rulings: Sequence[Ruling]) -> list[Ruling]:
    """One ruling for each action, whoever gave which reason."""
    alike: dict[tuple[Action | None, bool], list[Ruling]] = {}
    for ruling in rulings:
        alike.setdefault((ruling.verdict.action, ruling.verdict.undo), []).append(ruling)
    return [Ruling(together(members), members[0].verdict) for members in alike.values()]


def _told(ruling: Ruling) -> str:
    if ruling.verdict.undo:
        return f"Withdrew the decisions about {ruling.subjects.counted}."
    return f"Decided {ruling.verdict.action} for {ruling.subjects.counted}."


def _verb(ruling: Ruling) -> str:
    return "withdraw the decisions about" if ruling.verdict.undo else f"decide {ruling.verdict.action} for"


def _details(rulings: Sequence[Ruling]) -> dict[str, Any]:
    actions = {ruling.verdict.action for ruling in rulings}
    only = actions.pop() if len(actions) == 1 else None
    return {
        "findings": [finding.id for ruling in rulings for finding in ruling.subjects.findings],
        "skips": [skip.id for ruling in rulings for skip in ruling.subjects.skips],
        "action": only.value if only else None,
    }


def _list(session: Session, findings: Sequence[Subject]) -> None:
    for finding in findings[:_SHOWN]:
        session.say(f"  {finding.id}  {what_line(finding)}")
    if len(findings) > _SHOWN:
        session.say(f"  … and {len(findings) - _SHOWN:,} more")

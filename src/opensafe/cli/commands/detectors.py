"""`opensafe detectors`: the catalogue, one page of it, and the trial of all examples."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.screen import columns
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.detectors.trial import Tried
from opensafe.errors import ExitCode
from opensafe.model.detector import Card
from opensafe.model.text import counted
from opensafe.reports.json_detectors import detector_check_document, detectors_document, origin
from opensafe.steps.catalogue import check_detectors
from opensafe.steps.catalogue import detector as detector_step
from opensafe.steps.catalogue import detectors as detectors_step


def register(app: typer.Typer) -> None:
    app.command()(detectors)


def detectors(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="An id shows one of them; with --check, a file of rules.", metavar="[ID or FILE]")
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Try every detector, and the team's rules, on their examples.")
    ] = False,
) -> None:
    """List what is searched for, the rules of the team included."""
    session = session_of(context)
    case = session.case_if_any()
    if check:
        file = Path(what).expanduser() if what else None
        _tell_trial(session, check_detectors(case, file, cache_folder()))
    elif what:
        _tell_one(session, detector_step(case, what))
    else:
        _tell_all(session, detectors_step(case))


def _tell_all(session: Session, cards: Sequence[Card]) -> None:
    if session.json:
        session.document(detectors_document(cards))
    for line in columns([(card.id, card.severity, origin(card), card.title) for card in cards]):
        session.say(line)


def _tell_one(session: Session, card: Card) -> None:
    if session.json:
        session.document(detectors_document([card]))
    for line in _page(card):
        session.say(line)


def _page(card: Card) -> Iterator[str]:
    yield f"{card.id}  {card.title}"
    yield f"  category {card.category}, usual severity {card.severity}, from {origin(card)}"
    yield f"  why: {card.why}"
    yield f"  what to do: {card.remedy}"
    yield f"  reference: {card.reference}"
    yield f"  own tests: {_tests(card)}"


def _tests(card: Card) -> str:
    return f"{counted(len(card.examples), 'example')}, {counted(len(card.non_examples), 'counter-example')}"


def _tell_trial(session: Session, trials: Sequence[Tried]) -> None:
    failed = [tried for tried in trials if not tried.passed]
    if session.json:
        session.document(detector_check_document(trials))
    for line in columns([("ok" if t.passed else "FAILED", t.card.id, _outcome(t)) for t in trials]):
        session.say(line)
    if failed:
        session.advise(f"{counted(len(failed), 'detector')} failed: correct the pattern or the examples.")
        leave(ExitCode.USAGE)


def _outcome(tried: Tried) -> str:
    wrong = [f"example {number} does not fire" for number in tried.silent]
    wrong += [f"counter-example {number} fires" for number in tried.loud]
    return "; ".join(wrong) or _tests(tried.card)

"""`opensafe rotate check --online`: the one command that sends anything over the network."""

from typing import TYPE_CHECKING, Annotated

import typer

from opensafe.cli.options import By, Yes
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.livecheck import Inquiry, LiveCheck, Liveness
from opensafe.reports.json_results import result_document

if TYPE_CHECKING:
    from opensafe.steps.rotation_check import Question

_MEANS = {
    Liveness.ACTIVE: "it still works: rotate it now",
    Liveness.INACTIVE: "it does not work any more",
    Liveness.UNKNOWN: "that proves nothing: it may well work",
}


def register(group: typer.Typer) -> None:
    group.command("check")(check)


def check(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="Credentials (F-…), or their beginnings.")],
    online: Annotated[bool, typer.Option("--online", help="Use the network for it.")] = False,
    by: By = "",
    yes: Yes = False,
) -> None:
    """Ask the provider whether a credential still works. This sends the credential to its provider.

    What would be sent, and to whom, is shown first. The answer is recorded as evidence.
    """
    # The other commands of this group need neither the detectors nor the network.
    from opensafe.online.live_check import LiveChecker  # noqa: PLC0415 - see above
    from opensafe.steps.rotation_check import ask, questions  # noqa: PLC0415 - see above

    session = session_of(context)
    if not online:
        raise UsageError(
            "this would send credentials over the network", remedy="add --online; opensafe never does so by itself"
        )
    case, checker = session.case_to_change("rotate check"), LiveChecker(cache_folder())
    asked = questions(case, ids, checker)
    for question in asked:
        session.announce(_announcement(question))
    name = by or session.ask("Who asks?", "--by NAME")
    sent = [q for q in asked if q.inquiry is not None and (yes or _agreed(session, q.inquiry))]
    answers = [ask(case, question, checker, by=name) for question in sent]
    for answer in answers:
        session.say(f"{answer.finding}  {answer.outcome}: {_MEANS[answer.outcome]}{_status(answer)}")
    what = f"Asked about {len(answers)} of {len(asked)}."
    if session.json:
        details = {str(answer.finding): answer.outcome.value for answer in answers}
        session.document(result_document("rotate check", what, details, "opensafe rotate record"))
    session.say(what)


def _announcement(question: "Question") -> str:
    inquiry = question.inquiry
    if inquiry is None:
        return f"{question.finding.id}: no provider is known for it, so nobody will be asked"
    companions = f", with {', '.join(inquiry.sends[1:])}" if inquiry.sends[1:] else ""
    return f"{inquiry.finding}: the credential itself ({inquiry.rule}){companions} will be sent to {inquiry.address}"


def _agreed(session: Session, inquiry: Inquiry) -> bool:
    return session.confirm(f"Send {inquiry.finding} to {inquiry.address}?")


def _status(answer: LiveCheck) -> str:
    return f" (HTTP {answer.status})" if answer.status else f" ({answer.reason})"

"""`opensafe guide [PLAYBOOK]`: explains the next step, asks for what it needs, runs it, and goes on from there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from opensafe.casefile.selection import Filter
from opensafe.casework.read_only import refuse_read_only
from opensafe.cli.options import By
from opensafe.cli.public_command import run_public, typed
from opensafe.cli.session import Session, session_of
from opensafe.errors import ExitCode
from opensafe.model.finding import Category, Finding, State
from opensafe.model.offered import offered_for_all
from opensafe.model.readiness import Role
from opensafe.model.text import counted
from opensafe.reports.json_status import status_document
from opensafe.steps.catalogue import playbook
from opensafe.steps.check import check as check_step
from opensafe.steps.findings import list_findings
from opensafe.steps.status import status as status_step

_FIRST_PLAYBOOK = "open-a-repository"
_GO, _STOP = "1", "2"
_SETTLED = (ExitCode.DONE, ExitCode.FINDINGS_OPEN, ExitCode.INCOMPLETE, ExitCode.NOT_READY)


def register(app: typer.Typer) -> None:
    app.command()(guide)


def guide(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The playbook.", metavar="[PLAYBOOK]")] = _FIRST_PLAYBOOK,
    by: By = "",
    yes: Annotated[bool, typer.Option("--yes", help="Go on with every step without asking.")] = False,
) -> None:
    """Lead through the journey, one step after the other.

    Explains, asks, shows the equivalent command, and goes on where it stopped.
    """
    session = session_of(context)
    book = playbook(name)
    _Guide(session, dict(book.sections), by, go_on=yes).lead()


@dataclass(slots=True)
class _Guide:
    session: Session
    sections: dict[str, str]
    by: str
    go_on: bool

    def lead(self) -> None:
        """Step after step until the end, a stop, or an answer that nobody is there to give."""
        before = ""
        while True:
            case = self.session.case()
            found = status_step(case)
            waiting = found.step
            if self.session.json:
                self.session.document(status_document(found.steps, found.next.command, found.next.why))
                return
            if waiting == "":
                self.session.say(found.next.why)
                return
            self._explain(waiting, found.next.why)
            refuse_read_only(case)
            if waiting == before:
                self.session.say(f"This step is not done yet: {found.next.command}")
                return
            if not self._goes_on():
                self.session.say("Stopped. opensafe guide goes on from here.")
                return
            before = "" if waiting in {"decide", "rotate", "check", "signoff"} else waiting
            if not _DO[waiting](self):
                return

    def _explain(self, step: str, why: str) -> None:
        self.session.say()
        self.session.say(f"== {step} ==")
        self.session.say(self.sections.get(step, ""))
        self.session.say(f"Now: {why}")

    def _goes_on(self) -> bool:
        if self.go_on:
            return True
        return self.session.ask(f"{_GO} do it now, {_STOP} stop here", "--yes", _GO) == _GO

    def person(self) -> str:
        self.by = self.by or self.session.ask("Your name, for the record", "--by NAME")
        return self.by

    def run(self, *words: str) -> bool:
        """One public command, shown so that people learn it. Whether the guide may go on after it."""
        self.session.say(typed(words))
        case = ["--case", str(self.session.case().root)]
        return run_public([*case, *words], no_color=self.session.no_color) in _SETTLED


def _decide(guide: _Guide) -> bool:
    """One question for each category that has open findings, and for each kind of file; skips one by one."""
    listed = list_findings(guide.session.case(), Filter(state=State.OPEN))
    for category, detector in _questions(listed.findings):
        waiting = [f for f in listed.findings if f.category is category and f.detector.startswith(detector)]
        if not _decide_category(guide, category, detector, waiting):
            return False
    for skip in listed.coverage.unsettled:
        reason = guide.session.ask(f"{skip.id} ({skip.reason}) was not read. Accept it, because", "opensafe decide")
        if not guide.run("decide", skip.id, "--action", "accept", "--reason", reason, "--by", guide.person()):
            return False
    return True


def _questions(findings: Sequence[Finding]) -> list[tuple[Category, str]]:
    """Files are asked about by kind, because a notebook and a table want different answers."""
    asked = {(f.category, f.detector if f.category is Category.FILE else "") for f in findings}
    return sorted(asked, key=lambda pair: (list(Category).index(pair[0]), pair[1]))


def _decide_category(guide: _Guide, category: Category, detector: str, waiting: Sequence[Finding]) -> bool:
    actions = offered_for_all(waiting)
    choices = ", ".join(f"{number} {action}" for number, action in enumerate(actions, 1))
    which = ("--category", category, *(("--detector", detector) if detector else ()))
    flag = f"opensafe decide --all {' '.join(which)} --action …"
    what = f"{counted(len(waiting), 'finding')} of category {category}" + (f" ({waiting[0].title})" if detector else "")
    answer = guide.session.ask(f"{what}: {choices}, 0 look at them first", flag, "0")
    if not answer.isdigit() or not 0 < int(answer) <= len(actions):
        guide.run("findings", *which, "--state", "open")
        guide.session.say(f"Decide about these with {flag}, or answer here next time.")
        return False
    action = actions[int(answer) - 1]
    reason = guide.session.ask("Why? It goes on the record", "--reason TEXT")
    chosen = (*which, "--state", "open", "--action", action)
    return guide.run("decide", "--all", *chosen, "--reason", reason, "--by", guide.person(), "--yes")


def _rotate(guide: _Guide) -> bool:
    guide.run("rotate", "list")
    guide.session.say("Record each one when its owner has changed it: opensafe rotate record ID --state rotated …")
    return False


def _plan(guide: _Guide) -> bool:
    if not guide.run("plan"):
        return False
    if guide.session.confirm("Approve this plan?"):
        return guide.run("plan", "--approve", "--by", guide.person())
    return False


def _check(guide: _Guide) -> bool:
    """Ask for each mandatory row that only a person can answer."""
    guide.run("check")
    role = guide.session.ask(f"Your role ({', '.join(Role)})", "--role ROLE", Role.IG_LEAD.value)
    for answer in check_step(guide.session.case()).checklist.open_rows:
        guide.session.say(f"{answer.row.id}: {answer.row.statement}")
        said = guide.session.ask("met, not-met or not-applicable (empty: later)", "opensafe attest", "later")
        if said == "later":
            return False
        evidence = guide.session.ask("What shows it?", "--evidence TEXT")
        words = ("--answer", said, "--role", role, "--by", guide.person(), "--evidence", evidence)
        if not guide.run("attest", answer.row.id, *words):
            return False
    return True


def _sign_off(guide: _Guide) -> bool:
    missing = check_step(guide.session.case()).missing_signoffs
    role = missing[0]
    guide.session.say(f"The {role} signs. The page to read first: opensafe report")
    name = guide.session.ask(f"Name of the {role}", "opensafe signoff --role ROLE --by NAME")
    return guide.run("signoff", "--role", role, "--by", name)


_DO: dict[str, Callable[[_Guide], bool]] = {
    "audit": lambda guide: guide.run("audit"),
    "decide": _decide,
    "rotate": _rotate,
    "plan": _plan,
    "rewrite": lambda guide: guide.run("rewrite", "--by", guide.person()),
    "verify": lambda guide: guide.run("verify"),
    "scaffold": lambda guide: guide.run("scaffold"),
    "prepare": lambda guide: guide.run("release", "--prepare"),
    "check": _check,
    "signoff": _sign_off,
    "release": lambda guide: guide.run("release"),
}

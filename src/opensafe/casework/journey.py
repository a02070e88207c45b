"""Where a case is on its way, worked out from what the case holds: nothing is remembered apart from that."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import approval, load_claim, load_plan
from opensafe.casefile.proofs import added_paths, load_verification
from opensafe.casefile.rotations import latest, unsettled
from opensafe.casefile.tally import Tally, tally, waiting_of
from opensafe.casefile.view import decisions_digest, settled_coverage
from opensafe.casework.openness import forbidden
from opensafe.casework.public import PublicRepository, open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.errors import ExitCode
from opensafe.model.census import Census
from opensafe.model.coverage import Coverage
from opensafe.model.readiness import Checklist
from opensafe.model.settlement import lapsed, standing
from opensafe.model.skip import Skip, SkipState
from opensafe.model.text import counted, counted_together
from opensafe.model.verification import Verification
from opensafe.reports.status import StepState


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next, as a command, and why. After a release there is no command: the rest is outside."""

    command: str
    why: str

    @property
    def sentence(self) -> str:
        return f"{self.why} Next: {self.command}" if self.command else self.why


@dataclass(frozen=True, slots=True)
class Journey:
    """Every step with its state, what is next, and the exit code of `status --exit-code`."""

    steps: tuple[StepState, ...]
    step: str  # the name of the next one, empty after the last
    next: NextStep
    exit_code: ExitCode


_COMMANDS = {
    "audit": "opensafe audit",
    "decide": "opensafe findings --state open, then opensafe decide",
    "rotate": "opensafe rotate list, then opensafe rotate record",
    "plan": "opensafe plan, then opensafe plan --approve --by NAME",
    "rewrite": "opensafe rewrite",
    "verify": "opensafe verify",
    "scaffold": "opensafe scaffold",
    "prepare": "opensafe release --prepare",
    "check": "opensafe check, then opensafe attest",
    "signoff": "opensafe signoff --role ROLE --by NAME",
    "release": "opensafe release",
}
_UNTIL_IT_MAY = "opensafe category list, then opensafe category set once it may be opened"
_PUBLISH = (
    "The version is tagged. To publish: push public.git to a new, empty repository in your organisation's account"
    " (git push --mirror). Then ask a colleague to check what the host serves: git clone --mirror URL CLONE, and"
    " opensafe verify --against CLONE. opensafe report --format hosting writes the commands, what stays on the old"
    " host, and the text for its support."
)


def journey(case: Case, known: Tally | None = None) -> Journey:
    """The state of every step, from the files of the case. `known` is its tally, where that has been made."""
    state = _CaseState(case, known)
    steps = tuple(state.steps())
    if case.closing is not None:
        said = f"The case was closed on {case.closing.on.isoformat()}; its record can be read and reported."
        return Journey(steps, "", NextStep("", said), state.exit_code())
    waiting = next((step for step in steps if step.state != "done"), None)
    if waiting is None:
        return Journey(steps, "", NextStep("", _PUBLISH), ExitCode.DONE)
    # A credential may be rotated while the history is rewritten; it only has to be done before the release.
    first = next((s for s in steps if s.state != "done" and s.name != "rotate"), waiting)
    chosen = waiting if waiting.name != "rotate" or first.name == "release" else first
    command = _UNTIL_IT_MAY if chosen.name == "release" and state.forbidden else _COMMANDS[chosen.name]
    return Journey(steps, chosen.name, NextStep(command, chosen.detail), state.exit_code())


def next_step(case: Case, known: Tally | None = None) -> NextStep:
    """What is to be done next, and why."""
    return journey(case, known).next


class _CaseState:
    def __init__(self, case: Case, known: Tally | None) -> None:
        self._case = case
        self._audited = case.index.exists()
        self._today = case.today
        self._decisions = case.decisions.read() if self._audited else ()
        self._tally = known or Tally(Census({}))
        self._coverage: Coverage | None = None
        if self._audited:
            self._tally = known or tally(case, self._decisions, self._today)
            self._coverage = settled_coverage(case, standing(self._decisions, self._today))
        self._planned = load_plan(case) if self._audited else None
        self._public: PublicRepository | None = open_public(case) if case.public_git.is_dir() else None
        self._verification: Verification | None = load_verification(case)
        self.forbidden = forbidden(case, self._public, self._today) if self._public else ()

    def steps(self) -> Iterator[StepState]:
        yield StepState("start", "done", f"Case of {self._case.config.name}.")
        yield self._audit()
        if not self._audited:
            return
        yield self._decide()
        yield self._rotate()
        yield self._plan()
        yield self._rewrite()
        if self._public is None:
            return
        yield self._verify(self._public)
        yield self._scaffold()
        yield self._prepare(self._public)
        checklist = checklist_of(self._case, self._public, profile_of(self._case), self._tally)
        yield self._check(checklist)
        yield self._signoff(checklist)
        yield self._release(self._public)

    def exit_code(self) -> ExitCode:
        """The worst that holds, in the order of the contract: 12, 11, 13, 10."""
        if self._verification is not None and not self._verification.passed:
            return ExitCode.VERIFICATION_FAILED
        if self._coverage is None or self._coverage.unsettled:  # what was never read is not known to be clean either
            return ExitCode.INCOMPLETE
        if self._public is not None and (self.forbidden or not self._is_released(self._public)):
            return ExitCode.NOT_READY
        return ExitCode.FINDINGS_OPEN if self._tally.waiting else ExitCode.DONE

    def _audit(self) -> StepState:
        if self._coverage is None:
            return StepState("audit", "open", "The history has not been read yet.")
        read = f"Read {self._coverage.read:,} of {self._coverage.objects:,} objects"
        return StepState("audit", "done", f"{read}, {self._coverage.told_skips}.")

    def _decide(self) -> StepState:
        waiting = self._tally.waiting
        skips = len(self._skips())
        if waiting or skips:
            what = counted_together({"finding": waiting, "skip": skips})
            return StepState("decide", "open", f"To be decided: {what}{self._lapsed()}.")
        decided = f"{counted(self._tally.findings, 'finding')}, none that would be published is open."
        return StepState("decide", "done", f"{decided}{self._never_read()}")

    def _never_read(self) -> str:
        """What somebody settled without its having been read stays unread: it is told for ever."""
        accepted = sum(skip.state is SkipState.ACCEPTED for skip in self._coverage.skipped) if self._coverage else 0
        return f" Incomplete for ever: {counted(accepted, 'skip')} accepted unread." if accepted else ""

    def _lapsed(self) -> str:
        """Which of these somebody has decided about already."""
        found = lapsed(self._decisions, self._today)
        if not (subjects := found.expired | found.pending):
            return ""
        ids = waiting_of(self._case, subjects, self._today) | {skip.id for skip in self._skips()}
        expired, pending = len(ids & found.expired), len(ids & found.pending)
        parts = [f"{expired:,} decided before, which has run out"] if expired else []
        parts += [f"{pending:,} to be confirmed by a second person"] if pending else []
        return f" ({'; '.join(parts)})" if parts else ""

    def _skips(self) -> tuple[Skip, ...]:
        return self._coverage.unsettled if self._coverage else ()

    def _rotate(self) -> StepState:
        waiting = unsettled(self._tally.credentials, latest(self._case), self._today)
        if waiting:
            return StepState(
                "rotate", "open", f"{counted(len(waiting), 'credential')} not rotated: that blocks a release."
            )
        return StepState("rotate", "done", f"{counted(len(self._tally.credentials), 'credential')}, all settled.")

    def _plan(self) -> StepState:
        plan = self._planned
        if plan is None:
            return StepState("plan", "open", "There is no plan yet.")
        if plan.decisions_digest != decisions_digest(self._case, self._today):
            return StepState("plan", "stale", "Decisions changed after the plan was made.")
        given = approval(self._case, plan)
        if given is None:
            return StepState("plan", "open", f"The plan ({plan.option}) awaits approval.")
        return StepState("plan", "done", f"{plan.option}, approved by {given[0]}.")

    def _rewrite(self) -> StepState:
        claim, plan = load_claim(self._case), self._planned
        if claim is None or self._public is None:
            return StepState("rewrite", "open", "The new history has not been built.")
        if plan is None or claim["plan"] != plan.digest:
            return StepState("rewrite", "stale", "The new history was built from an earlier plan.")
        return StepState("rewrite", "done", f"{counted(len(claim['commits']), 'commit')}.")

    def _verify(self, public: PublicRepository) -> StepState:
        verification = self._verification
        if verification is None or verification.head != public.head:
            return StepState("verify", "open", "The new history is not proven.")
        failed = [check.id for check in verification.checks if not check.passed]
        if failed:
            return StepState("verify", "open", f"The proof failed: {', '.join(failed)}.")
        return StepState("verify", "done", f"{len(verification.checks)} checks passed.")

    def _scaffold(self) -> StepState:
        if added_paths(self._case)["commits"]:
            return StepState("scaffold", "done", "Documents are in place.")
        return StepState("scaffold", "open", "Nobody has looked at which documents are missing.")

    def _prepare(self, public: PublicRepository) -> StepState:
        prepared = self._case.load_document("release.json")
        if prepared is None or prepared["commit"] != public.head:
            return StepState("prepare", "open", "No version is prepared at this commit.")
        return StepState("prepare", "done", f"Version {prepared['version']}.")

    @staticmethod
    def _check(checklist: Checklist) -> StepState:
        if checklist.ready:
            return StepState("check", "done", f"{len(checklist.answers)} rows, none that is mandatory is open.")
        return StepState("check", "open", f"{counted(len(checklist.open_rows), 'mandatory row')} open.")

    def _signoff(self, checklist: Checklist) -> StepState:
        signed = {
            s.role
            for s in self._case.signoffs.read()
            if s.commit == checklist.commit and s.profile_digest == checklist.profile.digest
        }
        missing = [role for role in checklist.profile.signoffs if role not in signed]
        if missing:
            return StepState("signoff", "open", f"Missing: {', '.join(missing)}.")
        return StepState("signoff", "done", f"Signed by {', '.join(sorted(signed))}.")

    def _release(self, public: PublicRepository) -> StepState:
        if self.forbidden:
            return StepState("release", "open", f"Not to be published yet: {'; '.join(self.forbidden)}.")
        if self._is_released(public):
            return StepState("release", "done", f"Tagged {self._tag()}.")
        return StepState("release", "open", "The version is not tagged.")

    def _is_released(self, public: PublicRepository) -> bool:
        prepared = self._case.load_document("release.json")
        return bool(self._tag()) and prepared is not None and prepared["commit"] == public.head

    def _tag(self) -> str:
        return str((self._case.load_document("release.json") or {}).get("tag", ""))

"""The verdict on a case: one sentence, and the limits within which it holds.

The word "clean" is not in it: a verdict says what was read and what is settled, not what does not exist.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.caseview import CaseView
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.skip import Skip, SkipState
from opensafe.reports.outstanding import Duty, Outstanding, outstanding
from opensafe.reports.wording import count, number


class VerdictState(StrEnum):
    NOT_READ = "not-read"
    FAILED = "verification-failed"
    INCOMPLETE = "incomplete"
    OPEN = "open"
    READY = "ready"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`limits` says how much was read; `open` is what stands in the way, gravest first."""

    state: VerdictState
    sentence: str
    limits: str
    open: tuple[Outstanding, ...]


_GRAVE = {
    Duty.AUDIT: VerdictState.NOT_READ,
    Duty.FAILED: VerdictState.FAILED,
    Duty.SKIPS: VerdictState.INCOMPLETE,
}


def verdict(view: CaseView) -> Verdict:
    """The verdict as the case stands."""
    waiting = outstanding(view)
    settled = VerdictState.RELEASED if view.release else VerdictState.READY
    state = _GRAVE.get(waiting[0].duty, VerdictState.OPEN) if waiting else settled
    return Verdict(state, _sentence(view, waiting), _limits(view), waiting)


def _sentence(view: CaseView, waiting: Sequence[Outstanding]) -> str:
    if not waiting:
        ready = (
            f"Ready to publish: tagged {view.release}"
            if view.release
            else "Ready to open: every point that needs a person is settled"
        )
        return f"{ready}.{_accepted(view)}"
    rest = f" (and {count(len(waiting) - 1, 'more point')} below)" if len(waiting) > 1 else ""
    start = f"Tagged {view.release}, but not ready to publish:" if view.release else "Not ready to open:"
    return f"{start} {waiting[0].sentence}{rest}."


def _accepted(view: CaseView) -> str:
    """Design, promise 3: a skip that a person settled makes the verdict "incomplete, accepted by NAME" for ever."""
    coverage = view.audit.coverage if view.audit else None
    if coverage is None or coverage.complete:
        return ""
    names = _settled_by(coverage.skipped, view.decisions)
    return f" The reading was incomplete, accepted by {names or 'a person who is not named'}."


def _settled_by(skips: Iterable[Skip], decisions: Sequence[Decision]) -> str:
    subjects = {skip.id for skip in skips}
    return ", ".join(dict.fromkeys(d.by for d in decisions if d.subject in subjects and not d.undo))


def _limits(view: CaseView) -> str:
    if view.audit is None:
        return "Nothing has been read, so nothing can be said about what the repository holds."
    coverage = view.audit.coverage
    skips = "; ".join(_skips(coverage, view.decisions))
    read = f"Read {number(coverage.read)} of {count(coverage.objects, 'object')}"
    return f"{read}; {number(len(coverage.skipped))} skipped{': ' if skips else ''}{skips}."


def _skips(coverage: Coverage, decisions: Sequence[Decision]) -> Iterator[str]:
    groups = {state: [skip for skip in coverage.skipped if skip.state is state] for state in SkipState}
    if waiting := groups[SkipState.OPEN]:
        yield f"{number(len(waiting))} not settled"
    if accepted := groups[SkipState.ACCEPTED]:
        names = _settled_by(accepted, decisions)
        yield f"{number(len(accepted))} accepted unread{' by ' if names else ''}{names}"
    if removed := groups[SkipState.REMOVE_FILE]:
        yield f"{number(len(removed))} removed with the file"

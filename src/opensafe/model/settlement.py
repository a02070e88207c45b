"""Which decision holds for which finding and place, today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from opensafe.model.changed import changed
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Finding, Form, State
from opensafe.model.identifiers import FindingId
from opensafe.model.last_answer import last_answer
from opensafe.model.place import Place
from opensafe.model.skip import Skip, SkipState

_STATES: dict[Action, State] = {action: State(action.value) for action in Action if action is not Action.ACCEPT}
_MIXED_ORDER = (State.REMOVE_FILE, State.REDACT, State.RENAME, State.STRIP_OUTPUTS, State.KEEP, State.NOT_A_FINDING)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Ids that have a decision which does not hold: it has run out, or waits for a second person."""

    expired: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()


def standing(decisions: Iterable[Decision], today: date) -> Mapping[str, Sequence[Decision]]:
    """The decisions that hold today, by subject, oldest first. An undo withdraws everything before it.

    A decision without a path takes the place of all before it. One that has run out, or waits for a second person,
    still does: what it replaced does not come back. Where others hold beside it, it is listed without an action.
    """
    return _standing_again(decisions, today) if isinstance(decisions, tuple) else _standing(decisions, today)


def _standing(decisions: Iterable[Decision], today: date) -> Mapping[str, Sequence[Decision]]:
    said = tuple(decisions)
    held = dict(unreplaced(said))
    # All others hold as they were said: of 100,000 decisions, these are few.
    for subject in {d.subject for d in said if d.undo or d.action is None or d.second_needed or d.expires}:
        taken = [_as_it_holds(decision, today) for decision in held.get(subject, ())]
        if any(decision.action is not None for decision in taken):
            held[subject] = taken
        else:
            held.pop(subject, None)
    return held


_standing_again = last_answer(_standing)


def lapsed(decisions: Iterable[Decision], today: date) -> Lapsed:
    """Which subjects have a decision that has run out or waits: they are open, at some place at least."""
    # Most decisions can do neither: of 100,000, these are few.
    held = unreplaced(decisions).values()
    taken = [decision for listed in held for decision in listed if decision.expires or decision.second_needed]
    return Lapsed(
        expired=frozenset(d.subject for d in taken if d.expired(today)),
        pending=frozenset(d.subject for d in taken if d.pending and not d.expired(today)),
    )


def waiting(decisions: Iterable[Decision], subject: str) -> tuple[Decision, ...]:
    """The decisions about one subject that wait for a second person."""
    return tuple(decision for decision in unreplaced(decisions).get(subject, ()) if decision.pending)


def unreplaced(decisions: Iterable[Decision]) -> Mapping[str, Sequence[Decision]]:
    """What was said and not taken back or replaced, by subject, whether it holds today or not."""
    return _unreplaced_again(decisions) if isinstance(decisions, tuple) else _unreplaced(decisions)


def _unreplaced(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    by_subject: dict[str, list[Decision]] = {}
    for decision in decisions:
        subject = decision.subject
        if decision.undo:
            by_subject[subject] = []
        elif decision.confirms:
            taken = by_subject.get(subject, [])
            taken[:] = [d._replace(second=decision.by) if d.pending else d for d in taken]
        elif decision.path:
            by_subject.setdefault(subject, []).append(decision)
        else:
            by_subject[subject] = [decision]
    return by_subject


_unreplaced_again = last_answer(_unreplaced)


def _as_it_holds(decision: Decision, today: date) -> Decision:
    return decision if decision.holds(today) else decision._replace(action=None)


def covers(decision: Decision, place: Place) -> bool:
    """Whether the decision reaches this place: it is not narrowed, or its glob matches the path as shown."""
    return not decision.path or (place.path is not None and fnmatchcase(place.path, decision.path))


def decision_for(taken: Sequence[Decision], place: Place) -> Decision | None:
    """The newest decision that covers the place; a narrowed one does not outlive a newer one that is not."""
    return next((decision for decision in reversed(taken) if covers(decision, place)), None)


def state_at(taken: Sequence[Decision], place: Place) -> State:
    decision = decision_for(taken, place)
    return State.OPEN if decision is None else settled_as(decision.action)


def settled_as(action: Action | None) -> State:
    """The state in which an action leaves a finding: one that is for skips, or none, leaves it open."""
    return State.OPEN if action is None else _STATES.get(action, State.OPEN)


def settle(finding: Finding, taken: Sequence[Decision]) -> Finding:
    """The finding with its state: open while any of its places is; else the most far-reaching action taken.

    Needs the finding's complete places where a decision is narrowed to paths.
    """
    if not taken:
        return finding
    if not any(decision.path for decision in taken):
        state = settled_as(taken[-1].action)
        return finding if finding.state is state else changed(finding, state=state)
    states = {state_at(taken, place) for place in finding.places}
    if State.OPEN in states or not states:
        return finding
    return changed(finding, state=next(state for state in _MIXED_ORDER if state in states))


def settle_all(findings: Sequence[Finding], taken: Mapping[str, Sequence[Decision]]) -> tuple[Finding, ...]:
    """Every finding with its state: by its own decisions, else by those about the files that it lies in."""
    settled = [settle(finding, taken.get(finding.id, ())) for finding in findings]
    states = {finding.id: finding.state for finding in settled if finding.form is Form.FILE}
    return tuple(_by_cover(finding, states) if finding.covered_by else finding for finding in settled)


def _by_cover(finding: Finding, states: Mapping[FindingId, State]) -> Finding:
    """What goes with its files needs no decision of its own; neither does what stays in files that may stay.

    A secret does not stay because its file does, and a value in a file that is called no data speaks for itself.
    """
    of_files = {states.get(question, State.OPEN) for question in finding.covered_by}
    if State.NOT_A_FINDING in of_files or (State.KEEP in of_files and finding.category is Category.SECRET):
        return changed(finding, covered_by=())
    if finding.state is not State.OPEN or State.OPEN in of_files:
        return finding
    kept = State.KEEP in of_files
    return changed(finding, state=State.KEEP if kept else next(s for s in _MIXED_ORDER if s in of_files))


def settle_skip(skip: Skip, taken: Sequence[Decision]) -> Skip:
    """The skip as the newest decision about it leaves it."""
    if not taken or taken[-1].action is None:
        return skip
    removed = taken[-1].action is Action.REMOVE_FILE
    return changed(skip, state=SkipState.REMOVE_FILE if removed else SkipState.ACCEPTED)

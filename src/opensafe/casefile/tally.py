"""What there is to do, counted by the index: only the findings that decisions are about are read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.review_order import REVIEW_ORDER
from opensafe.casefile.rows import finding_from
from opensafe.casefile.view import settle_these, settled_where
from opensafe.casefile.where import EACH, EVERY, Where, listed, with_ids
from opensafe.model.census import Census, Count, Kind
from opensafe.model.changed import changed
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import settled_as, standing

_COVER = ("id", "covered_by")
_SECRETS = EVERY.also("category = 'secret'")

# As `Finding.waits` says it of a finding that nobody has decided about.
_WAITS = "(covered_by = '[]' OR category = 'secret')"
_KINDS = f"""
SELECT category, severity, published, {_WAITS}, group_concat(id, ' '), group_concat(occurrences, ' ') FROM finding
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - the condition is ours
_GRAVEST = f"""
ORDER BY {_WAITS} DESC, instr('critical high medium low info', severity), published DESC, in_head DESC, number
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """`census` counts every finding.

    `states` are those of what one decision settles by itself, by id: nothing else of it is read. `apart` are the other
    findings that decisions are about, with their states: questions about files, what lies in such files, what is
    decided for some paths only, and what is open all the same. `credentials` are the ids of the secrets that nobody has
    called no finding.
    """

    census: Census
    states: Mapping[str, State] = field(default_factory=dict)
    apart: tuple[Finding, ...] = ()
    credentials: tuple[FindingId, ...] = ()

    @property
    def findings(self) -> int:
        return self.census.total

    @property
    def waiting(self) -> int:
        """Those that would be published and that somebody has to decide about."""
        return self.census.where(published=True, waits=True).findings


def tally(case: Case, decisions: Iterable[Decision], today: date) -> Tally:
    """The numbers that `settled` would give. Raises OutOfOrder before the first audit."""
    states, before, after = _settled(case, standing(decisions, today))
    called_none: set[str] = {finding.id for finding in after if finding.state is State.NOT_A_FINDING}
    if State.NOT_A_FINDING in states.values():
        called_none.update(id_ for id_, state in states.items() if state is State.NOT_A_FINDING)
    return Tally(
        census=_counted(case, states).without(Census.of(before)).with_more(Census.of(after)),
        states=states,
        apart=after,
        credentials=tuple(id_ for id_ in case.index.ids(_SECRETS) if id_ not in called_none),
    )


def states_of(case: Case, taken: Mapping[str, Sequence[Decision]]) -> tuple[dict[str, State], tuple[Finding, ...]]:
    """`Tally.states` and `Tally.apart`."""
    states, _, after = _settled(case, taken)
    return states, after


def _settled(
    case: Case, taken: Mapping[str, Sequence[Decision]]
) -> tuple[dict[str, State], tuple[Finding, ...], tuple[Finding, ...]]:
    """The states of what one decision settles, and all other findings that decisions are about: before and after."""
    states = _by_themselves(taken)
    apart = _apart(case, taken, states) if taken else ()
    before = case.index.findings(with_ids(apart)) if apart else ()
    after = settle_these(case, before, taken)
    for finding in after:
        states.pop(finding.id, None)
    return states, before, after


def _by_themselves(taken: Mapping[str, Sequence[Decision]]) -> dict[str, State]:
    """The states of what one decision settles, if it is no file and lies in none."""
    states: dict[str, State] = {}
    action, state, is_open = None, State.OPEN, True
    for subject, said in taken.items():
        last = said[-1]
        if last.action is not action:  # to look up the state of each takes longer
            action = last.action
            state = settled_as(action)
            is_open = state is State.OPEN
        if not (is_open or last.path):  # what is not narrowed takes the place of all before it
            states[subject] = state
    return states


def _apart(case: Case, taken: Mapping[str, Sequence[Decision]], states: Mapping[str, State]) -> list[str]:
    """The ids of findings that these decisions are about, and that none settles by itself."""
    others = listed(subject for subject in taken if subject not in states)
    where = EVERY.also(f"covered_by <> '[]' OR form = 'file' OR id IN ({EACH})", others)
    ids, covers = case.index.columns(_COVER, where)
    return [id_ for id_, files in zip(ids, covers, strict=True) if id_ in taken or not taken.keys().isdisjoint(files)]


def _counted(case: Case, states: Mapping[str, State]) -> Census:
    """The census if nothing were decided but what gives these states: the findings that have them wait no more."""
    with case.index.query() as database:
        return Census.summed(
            (Kind(Category(category), Severity(severity), state or State.OPEN, bool(published), waits), count)
            for category, severity, published, waiting, ids, places in database.execute(_KINDS)
            for state, count in _by_state(list(map(states.get, ids.split())), list(map(int, places.split())))
            for waits in [bool(waiting and not state)]
        )


def _by_state(states: Sequence[State | None], occurrences: Sequence[int]) -> Iterator[tuple[State | None, Count]]:
    """A pass for each state: to look words up in a table takes Python longer."""
    for state in (None, *State):
        if findings := states.count(state):
            yield state, Count(findings, sum(n for other, n in zip(states, occurrences, strict=True) if other is state))


def undecided(case: Case, known: Tally) -> tuple[FindingId, ...]:
    """What would be published and awaits a decision, `Tally.waiting` of them; what nobody decided about comes first."""
    apart = [finding.id for finding in known.apart if finding.waits and finding.published]
    if len(apart) == known.waiting:
        return tuple(apart)
    decided = known.states.keys() | {finding.id for finding in known.apart}
    untouched = case.index.ids(EVERY.also("published = 1").also(_WAITS))
    return (*(id_ for id_ in untouched if id_ not in decided), *apart)


def gravest_undecided(
    case: Case, taken: Mapping[str, Sequence[Decision]], most: int, among: Where = EVERY
) -> tuple[Finding, ...]:
    """Of the findings that no decision is about, what awaits one first, then the graver: so many at most."""

    def untouched(id_: str, covered_by: str) -> bool:
        return id_ not in taken and (covered_by == "[]" or taken.keys().isdisjoint(json.loads(covered_by)))

    return _first(case, among, _GRAVEST, most, untouched if taken else None)


def gravest_decided(case: Case, known: Tally, most: int, among: Where = EVERY) -> tuple[Finding, ...]:
    """Of the findings that one decision settles, the first in the order of review: so many at most."""
    found = _first(case, among, REVIEW_ORDER, most, lambda id_, _: id_ in known.states) if known.states else ()
    return tuple(changed(finding, state=known.states[finding.id]) for finding in found)


def _first(
    case: Case, among: Where, order: str, most: int, meets: Callable[[str, str], bool] | None
) -> tuple[Finding, ...]:
    """The first that meet it, by their ids and the files that they lie in: so many at most.

    SQLite asks for each, and keeps no more than `most` in order: to tell it all ids would take longer than both.
    """
    where = among.also("meets(id, covered_by)") if meets else among
    with case.index.query() as database:
        database.create_function("meets", 2, meets, deterministic=True)
        query = f"SELECT * FROM finding{where.sql} {order} LIMIT ?"  # noqa: S608 - conditions are ours
        return tuple(map(finding_from, database.execute(query, (*where.values, most))))


def waiting_of(case: Case, ids: Iterable[str], today: date) -> frozenset[FindingId]:
    """Which of these wait for a decision, and would be published."""
    found, _ = settled_where(case, today, with_ids(ids))
    return frozenset(finding.id for finding in found if finding.waits and finding.published)

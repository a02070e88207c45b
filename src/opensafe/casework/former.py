"""Gathers what may be said in public about a history that is given up: credit by consent, and its messages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from opensafe.casework.compiled_decisions import DecidedState
from opensafe.casework.place_values import values_at
from opensafe.casework.public import shown_lines
from opensafe.git.graph import ObjectGraph, ancestors, topological
from opensafe.history.people import is_machine, people_of
from opensafe.history.reading import History
from opensafe.history.trailers import trailer_identities
from opensafe.model.context import Person
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Finding, Form, State
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.former import FormerHistory, LostMessage
from opensafe.model.gitobjects import Identity
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.plan import ApprovedPlan, Option, RewriteSpec
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.settlement import state_at
from opensafe.model.text import printable, shown
from opensafe.rewriting.compile import Inventory
from opensafe.rewriting.content import changed_messages
from opensafe.rewriting.published import Published

_GIVES_UP = frozenset({Option.SQUASH, Option.NEW_REPOSITORY})
_CREDIT = frozenset({PlaceKind.IDENTITY, PlaceKind.COMMIT_MESSAGE})
_ADDRESS = expression(r"\b[a-z][a-z0-9+.-]{1,20}://\S{1,2000}|\bwww\.\S{1,2000}|\S{1,200}@\S{1,200}", re.IGNORECASE)
_ID = expression(r"\b[0-9a-f]{7,64}\b")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799  # of the year 9999
_HAS_DIGIT = expression(r"[0-9]")


def former_history(
    approved: ApprovedPlan,
    history: History,
    state: DecidedState,
    spec: RewriteSpec,
    inventory: Inventory,
    key: FingerprintKey,
    claim: RewriteClaim,
) -> FormerHistory | None:
    """What the plan's option gives up; `None` where it keeps the commits. `claim` says what it publishes instead."""
    if approved.plan.option not in _GIVES_UP:
        return None
    is_squash = approved.plan.option is Option.SQUASH
    published = Published.of(spec, history.graph)
    agreed = consenting(history, state, inventory, key)
    people = people_of(_contributors(history.graph, published.commits))
    named = sorted({name for person in people if (name := _credited(person, agreed))}, key=str.casefold)
    others = [person for person in people if not _credited(person, agreed)]
    years = [year for oid in published.commits if (year := _year(history.graph.commits[oid].author))]
    return FormerHistory(
        option=approved.plan.option,
        made=approved.on[:10],
        commits=len(published.commits),
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        contributors=tuple(named),
        unnamed=len(others),
        messages=tuple(_messages(spec, history.graph, published.commits, claim)) if is_squash else (),
        reason=_reason(approved.plan.justification, others),
    )


def consenting(history: History, state: DecidedState, inventory: Inventory, key: FingerprintKey) -> dict[bytes, bytes]:
    """The names that were decided to stay on the author lines and in messages, by their lower-case form."""
    kept = [finding for finding in state.findings if _is_credit(finding, state)]
    values = (value.reveal() for _, value in values_at(history.view, key, inventory, kept))
    return {value.lower(): value for value in values}


def _is_credit(finding: Finding, state: DecidedState) -> bool:
    """Whether somebody decided that this name of a person may stand wherever it gives credit."""
    if finding.category is not Category.NAME or finding.form is not Form.PERSON_NAME:
        return False
    taken = state.decisions.get(finding.id, ())
    places = [place for place in finding.places if place.published and place.kind in _CREDIT]
    return bool(places) and all(state_at(taken, place) is State.KEEP for place in places)


def _contributors(graph: ObjectGraph, commits: Iterable[Oid]) -> Iterator[Identity]:
    """Authors, and those whom a trailer names beside them. Bots are nobody."""
    for oid in commits:
        commit = graph.commits[oid]
        for who in (commit.author, *trailer_identities(commit.message)):
            if not is_machine(who.name, who.email):
                yield who


def _credited(person: Person, agreed: dict[bytes, bytes]) -> str:
    """The name of a person who agreed (of several the longest), empty for everybody else."""
    names = [name for name in person.names if name.lower() in agreed]
    return shown(max(names, key=lambda name: (len(name), name))) if names else ""


def _messages(
    spec: RewriteSpec, graph: ObjectGraph, commits: Sequence[Oid], claim: RewriteClaim
) -> Iterator[LostMessage]:
    """Messages as the rewrite would have left them; those that it would have withheld are left out."""
    changed, withheld = changed_messages(spec, graph)
    published = _published_in(graph, claim)
    for oid in commits:
        if oid not in withheld and oid in published:
            text = without_leads(shown_lines(changed.get(oid, graph.commits[oid].message)))
            yield LostMessage(text, published[oid])


def _published_in(graph: ObjectGraph, claim: RewriteClaim) -> dict[Oid, Oid]:
    """For each commit of the source the first public one that stands for it or for a later one."""
    states = {old: new for old, new in claim.commits.items() if new is not None}
    found: dict[Oid, Oid] = {}
    for old in topological(graph.commits, states):
        found = dict.fromkeys(ancestors(graph.commits, [old]), states[old]) | found
    return found


def without_leads(text: str) -> str:
    """`text` without addresses and ids, which in public would lead to what stays closed, or nowhere."""
    return _ID.sub(lambda found: "…" if _HAS_DIGIT.search(found[0]) else found[0], _ADDRESS.sub("…", text))


def _reason(justification: str, others: Iterable[Person]) -> str:
    """The justification, unless it holds an address, an id or the name of somebody who did not agree."""
    told = printable(" ".join(justification.split()))
    lower = told.lower().encode()
    names = (name.lower() for person in others for name in person.names)
    leads_back = without_leads(told) != told or any(name in lower for name in names)
    return "" if leads_back else told


def _year(who: Identity) -> int:
    """The year of a commit, by universal time; 0 where the date is malformed or cannot be one."""
    if not 0 < who.timestamp <= _LAST_SECOND:
        return 0
    return (_EPOCH + timedelta(seconds=who.timestamp)).year

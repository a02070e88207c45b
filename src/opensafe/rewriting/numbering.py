"""Which number stands in for which value: by where it first appears, so that every machine counts alike.

The ids of findings are keyed, and the key of a case is random. Numbers that followed from them would give two cases
of one source different commits.
"""

import re
from collections.abc import Iterable, Mapping

from opensafe.git.graph import ObjectGraph, topological
from opensafe.model.finding import Finding
from opensafe.model.identifiers import Oid
from opensafe.model.place import Place
from opensafe.rewriting.replacements import replacement_for

_PERSON = re.compile(r"[Pp]erson[ -]([0-9]{1,9})(?:@example\.invalid)?")

_Spot = tuple[int, str, str, str, tuple[str, ...], int, int]


def assign_replacements(findings: Iterable[Finding], graph: ObjectGraph, before: Mapping[str, str]) -> dict[str, str]:
    """The text that stands in for each finding, by its id. Findings need their places.

    What `before` holds is kept, so that a value keeps its text when the history grows; new findings take the next
    numbers, in the order of the commits. People keep one number in all forms.
    """
    order = {oid: number for number, oid in enumerate(topological(graph.commits, graph.commits))}
    listed = sorted(findings, key=lambda finding: _first_spot(finding, order))
    people = _people(listed, before)
    assigned = dict(before)
    for finding in listed:
        if finding.id not in assigned:
            person = None if finding.person is None else people[finding.person]
            assigned[finding.id] = replacement_for(finding.form, len(assigned) + 1, person).decode()
    return assigned


def _first_spot(finding: Finding, order: Mapping[Oid, int]) -> tuple[object, ...]:
    """Where it first appears in what will be published (else anywhere), and what it is: one spot may hold two."""
    published = [place for place in finding.places if place.published]
    spots = [_spot(place, order) for place in published or finding.places]
    return not published, not spots, min(spots, default=None), finding.category, finding.form, finding.title


def _spot(place: Place, order: Mapping[Oid, int]) -> _Spot:
    commit = place.first_commit or place.oid
    when = len(order) if commit is None else order.get(commit, len(order))
    return when, place.kind, place.path or place.ref or "", place.oid or "", place.via, place.start, place.end


def _people(findings: Iterable[Finding], before: Mapping[str, str]) -> dict[int, int]:
    """The number of each person as the audit counts today → the number under which the person was published."""
    known: dict[int, int] = {}
    new: list[int] = []
    for finding in findings:
        if finding.person is not None:
            given = _PERSON.fullmatch(before.get(finding.id, ""))
            if given:
                known.setdefault(finding.person, int(given[1]))
            else:
                new.append(finding.person)
    taken = {int(given[1]) for text in before.values() if (given := _PERSON.fullmatch(text))}
    for person in new:
        if person not in known:
            known[person] = person if person not in taken else max(taken) + 1
            taken.add(known[person])
    return known

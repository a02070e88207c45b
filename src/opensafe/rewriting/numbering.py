"""Which number stands in for which value: by where it first appears, so that every machine counts alike.

The ids of findings are keyed, and the key of a case is random. Numbers that followed from them would give two cases
of one source different commits.
"""

import re
from collections.abc import Iterable, Mapping

from opensafe.git.graph import ObjectGraph, topological
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.marks import Appearance, Marked
from opensafe.rewriting.replacements import replacement_for

_PERSON = re.compile(r"[Pp]erson[ -]([0-9]{1,9})(?:@example\.invalid)?")

_Spot = tuple[bool, int, str, str, str, tuple[str, ...], int, int]


def to_be_numbered(findings: Iterable[Marked], before: Mapping[str, str]) -> list[Marked]:
    """The findings for which `assign_replacements` has to know where they stand: new ones, and those of people."""
    return [finding for finding in findings if finding.person is not None or finding.id not in before]


def assign_replacements(
    findings: Iterable[Marked], places: Iterable[Appearance], graph: ObjectGraph, before: Mapping[str, str]
) -> dict[str, str]:
    """The text that stands in for each finding, by its id. `places` are all of theirs.

    What `before` holds is kept, so that a value keeps its text when the history grows; new findings take the next
    numbers, in the order of the commits. People keep one number in all forms.
    """
    listed = _in_order(findings, _first_spots(places, graph))
    people = _people(listed, before)
    assigned = dict(before)
    for finding in listed:
        if finding.id not in assigned:
            person = None if finding.person is None else people[finding.person]
            assigned[finding.id] = replacement_for(finding.form, len(assigned) + 1, person).decode()
    return assigned


def _in_order(findings: Iterable[Marked], spots: Mapping[FindingId, _Spot]) -> list[Marked]:
    """By where they first appear, what stands nowhere last. One spot may hold two: then by what they are."""
    listed = list(findings)
    somewhere = [finding for finding in listed if finding.id in spots]
    nowhere = [finding for finding in listed if finding.id not in spots]
    somewhere.sort(key=lambda finding: (spots[finding.id], *_what(finding)))
    return [*somewhere, *sorted(nowhere, key=_what)]


def _what(finding: Marked) -> tuple[str, str, str]:
    return finding.category, finding.form, finding.title


def _first_spots(places: Iterable[Appearance], graph: ObjectGraph) -> dict[FindingId, _Spot]:
    """Where each of these findings first appears in what will be published, else anywhere."""
    order = {oid: number for number, oid in enumerate(topological(graph.commits, graph.commits))}
    last = len(order)
    first: dict[FindingId, _Spot] = {}
    for finding, published, commit, kind, path, ref, oid, via, start, end in places:
        when = order.get(commit or oid or Oid(""), last)
        spot = (not published, when, kind, path or ref or "", oid or "", via, start, end)
        if finding not in first or spot < first[finding]:
            first[finding] = spot
    return first


def _people(findings: Iterable[Marked], before: Mapping[str, str]) -> dict[int, int]:
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
    new = [person for person in new if person not in known]
    taken = {int(given[1]) for text in before.values() if (given := _PERSON.fullmatch(text))} if new else set()
    for person in new:
        if person not in known:
            known[person] = person if person not in taken else max(taken) + 1
            taken.add(known[person])
    return known

"""Which number stands in for which value: by where it first appears, so that every machine counts alike.

The ids of findings are keyed, and the key of a case is random. Numbers that followed from them would give two cases
of one source different commits.
"""

from collections.abc import Collection, Iterable, Mapping

from opensafe.git.graph import ObjectGraph, topological
from opensafe.model.expressions import expression
from opensafe.model.identifiers import Oid
from opensafe.model.marks import Appearance, Marked
from opensafe.rewriting.replacements import replacement_for

_PERSON = expression(r"[Pp]erson[ -]([0-9]{1,9})(?:@example\.invalid)?")

_Spot = tuple[bool, int, str, str, str, tuple[str, ...], int, int]


def to_be_numbered(findings: Mapping[int, Marked], before: Mapping[str, str]) -> dict[int, Marked]:
    """The findings for which `assign_replacements` has to know where they stand: new ones, and those of people."""
    return {
        number: finding
        for number, finding in findings.items()
        if finding.person is not None or finding.id not in before
    }


def assign_replacements(
    findings: Mapping[int, Marked], places: Iterable[Appearance], graph: ObjectGraph, before: Mapping[str, str]
) -> dict[str, str]:
    """The text that stands in for each finding, by its id. `places` are all of theirs, and may be of others too.

    What `before` holds is kept, so that a value keeps its text when the history grows; new findings take the next
    numbers, in the order of the commits. People keep one number in all forms.
    """
    listed = _in_order(findings, _first_spots(findings, places, graph))
    people = _people(listed, before)
    assigned = dict(before)
    for finding in listed:
        if finding.id not in assigned:
            person = None if finding.person is None else people[finding.person]
            assigned[finding.id] = replacement_for(finding.form, len(assigned) + 1, person).decode()
    return assigned


def _in_order(findings: Mapping[int, Marked], spots: Mapping[int, _Spot]) -> list[Marked]:
    """By where they first appear, what stands nowhere last. One spot may hold two: then by what they are."""
    somewhere = sorted((*spot, *_what(findings[number]), number) for number, spot in spots.items())
    nowhere = [finding for number, finding in findings.items() if number not in spots]
    return [*(findings[row[-1]] for row in somewhere), *sorted(nowhere, key=_what)]


def _what(finding: Marked) -> tuple[str, str, str]:
    return finding.category, finding.form, finding.title


def _first_spots(findings: Collection[int], places: Iterable[Appearance], graph: ObjectGraph) -> dict[int, _Spot]:
    """Where each of these findings first appears in what will be published, else anywhere."""
    order = {oid: number for number, oid in enumerate(topological(graph.commits, graph.commits))}
    last = len(order)
    first: dict[int, _Spot] = {}
    for finding, published, commit, kind, path, ref, oid, via, start, end in places:
        if finding in findings:
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

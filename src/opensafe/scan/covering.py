"""Values that stand in files which are questions themselves: a table of a thousand patients is one question.

Such a value is known, masked and searched for everywhere as any other. Only where every place of it lies in a data
file, or in the outputs of a notebook, does it wait for the decision about the file, not for one of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Finding, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.place import Place, PlaceKind
from opensafe.scan.matching import kind_of

_OUTPUT = expression(r"notebook:cell \d+ output ")  # those that are marked to be kept are called so
_WHOLE_FILES = frozenset({"data.data-file", "data.rendered-page"})
_OUTPUTS = "data.notebook-outputs"

_File = tuple[Oid | None, str | None]


@dataclass(frozen=True, slots=True)
class _Questions:
    """Questions by the object and the path that they are about.

    And by the path alone, for a copy in the work tree: somebody ran the notebook again and did not commit it.
    """

    whole: Mapping[_File, FindingId]
    outputs: Mapping[_File, FindingId]

    def about(self, place: Place) -> FindingId | None:
        """The question that the place is part of."""
        file = None if place.kind is PlaceKind.WORKTREE else place.oid, place.path_key
        found = self.whole.get(file)
        if found is None and any(map(_OUTPUT.match, place.via)):
            found = self.outputs.get(file)
        return found


def with_cover(findings: Sequence[Finding]) -> list[Finding]:
    """The findings; those that lie in questions name them, and the questions say what lies in them.

    A question is at least as severe as what waits for it.
    """
    questions = _Questions(dict(_files(findings, _WHOLE_FILES)), dict(_files(findings, {_OUTPUTS})))
    if not (questions.whole or questions.outputs):
        return list(findings)
    covered = [replace(finding, covered_by=_covering(finding, questions)) for finding in findings]
    held: dict[FindingId, list[Finding]] = {}
    for finding in covered:
        for question in finding.covered_by:
            held.setdefault(question, []).append(finding)
    return [_told(finding, held.get(finding.id, ())) for finding in covered]


def _files(findings: Sequence[Finding], detectors: frozenset[str] | set[str]) -> Iterator[tuple[_File, FindingId]]:
    for finding in sorted(findings, key=lambda finding: finding.id):  # of two questions about a file always the same
        if finding.form is Form.FILE and finding.detector in detectors:
            for place in finding.places:
                if place.oid:
                    yield (place.oid, place.path_key), finding.id
                    yield (None, place.path_key), finding.id


def _covering(finding: Finding, questions: _Questions) -> tuple[FindingId, ...]:
    """The questions that hold every place of the finding; none where a place lies outside."""
    if finding.form is Form.FILE or finding.category is Category.SETTING:
        return ()
    found: dict[FindingId, None] = {}
    for place in finding.places:
        question = questions.about(place)
        if question is None:
            return ()
        found[question] = None
    return tuple(sorted(found))


def _told(question: Finding, held: Sequence[Finding]) -> Finding:
    if not held:
        return question
    counts = Counter(kind_of(finding.category, finding.form) for finding in held)
    listed = ", ".join(
        f"{kind} ({count:,})" for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    gravest = min((question.severity, *(finding.severity for finding in held)), key=_rank)
    return replace(question, severity=gravest, profile=(*question.profile, f"found in it and nowhere else: {listed}"))


def _rank(severity: Severity) -> int:
    return severity.rank

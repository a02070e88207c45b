"""Dates that stand right behind somebody's name, without a word of birth: `Smith, Anna (14/03/1957)`."""

from collections.abc import Iterator

from opensafe.detectors.data.hospital_number import HOSPITAL_NUMBER, LOCAL_FORM
from opensafe.detectors.datedpeople import TRIGGER, dated_people
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namedfields import DATE_OF_BIRTH
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in dated_people(specimen.data, start, end):
        for group in ("old", "any"):
            hit = DATE_OF_BIRTH.hit(match.start(group), match[group], _WHY) if match[group] is not None else None
            if hit is not None:
                yield hit
        yield from _numbers(specimen, start, end)


def _numbers(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    """Local numbers of patients on the line."""
    for number in _LOCAL.finditer(specimen.data, start, end):
        hit = HOSPITAL_NUMBER.hit(number.start(), number.group(), "on a line with a name and a date of birth")
        if hit is not None:
            yield hit


_LOCAL = expression(rb"(?<![\w./-])" + LOCAL_FORM + rb"(?![\w./-])")
_WHY = "right behind a known name, before the year 2000 or in brackets"

DETECTOR = PatternDetector(
    Card(
        id="data.dated-people",
        title="Date of birth and local number beside a name",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Notes and lists put a patient's date of birth behind the name and say no more. What may be the "
        "date of a change counts before the year 2000 only, or in brackets behind a surname that stands first.",
        remedy="Redact, or keep the year or an age band.",
        reference="facts: data 2, context that raises",
        examples=(
            Example(("Hughes, Gareth (14/03/", "2005) fell"), ("14/03/", "2005"), "a.txt"),
            Example(("query about Gareth Hughes 14/03/", "1957"), ("14/03/", "1957"), "a.txt"),
            Example(("Hughes, Gareth 14/03/1957 / X40", "27311 twice"), ("X40", "27311"), "a.txt"),
            Example(("HUGHES G (14-Mar-", "1957)"), ("14-Mar-", "1957"), "a.txt"),
        ),
        non_examples=(
            Example(("-- Gareth Hughes 14/03/2019 added a join",), path="q.sql"),
            Example(("-- Gareth Hughes (14/03/2019)",), path="q.sql"),
            Example(("created by Gareth Hughes 14/03/1998",), path="a.c"),
            Example(("Poisson Regression 14/03/1957, Royal Hospital (14/03/1957)",), path="a.txt"),
        ),
    ),
    (TRIGGER,),
    _examine,
)

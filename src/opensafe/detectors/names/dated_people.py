"""Names beside a date of birth or a word for one, with an initial or surname first as well: `SMITH J (14/03/1957)`."""

from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.datedpeople import TRIGGER, dated_people
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_FORMS = ("short", "turned", "full")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in dated_people(specimen.data, start, end):
        form = next(form for form in _FORMS if match[form] is not None)
        yield Hit(
            start=match.start(form),
            end=match.end(form),
            value=Secret(canonical_name(match[form]), Form.PERSON_NAME.value),
            form=Form.PERSON_NAME,
            severity=Severity.MEDIUM,
            confidence=Confidence.MEDIUM,
            why="a known name beside a date of birth",
        )


DETECTOR = PatternDetector(
    Card(
        id="names.dated-people",
        title="Name beside a date of birth",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Lists of incidents and of deaths tell patients by a name, or an initial and a surname, and a date of "
        "birth. A date alone counts before the year 2000, or in brackets behind a surname that stands first.",
        remedy="Redact. Names of patients are never kept.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(("HUG", "HES J (14/03/2005) delayed diagnosis"), ("hug", "hes j"), "a.txt"),
            Example(("J. Hug", "hes 14/03/1957 - wrong site block"), ("j. hug", "hes"), "a.txt"),
            Example(("Hug", "hes J, d.o.b. 14.03.57, ward 4"), ("hug", "hes j"), "a.txt"),
            Example(("Hug", "hes, Rose (2005-03-14)"), ("rose hug", "hes"), "a.txt"),
        ),
        non_examples=(
            Example(("UNIT A (14/03/2005), Table B 14/03/1957",), path="a.txt"),
            Example(("updated by J. Hug", "hes 14/03/1999"), path="a.txt"),
            Example(("1. HUGHES, B., JONES, B. & PATEL, L. I. 1999.",), path="a.md"),
            Example(("J. Hughes 14/03/2019 added a join",), path="a.txt"),
        ),
    ),
    (TRIGGER,),
    _examine,
)

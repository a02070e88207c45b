"""Rows of people without a header: a given name and a surname in cells beside each other, and a date behind them."""

from collections.abc import Iterator

from opensafe.detectors.kinds import Ends
from opensafe.detectors.namecells import hits_in_column
from opensafe.detectors.personrows import TRIGGER, person_rows
from opensafe.detectors.placedlooks import placed_detector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_WHY = "in a row with a given name, a surname and a date"


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    if specimen.role is not Role.BINARY:
        cells = [cell for row in person_rows(specimen.data, ends) for cell in row.names]
        yield from hits_in_column(specimen, b"rows of people", cells, _WHY)


DETECTOR = placed_detector(
    Card(
        id="names.rows-of-people",
        title="Name in a row with a date",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Printed rows, tuples, inserts and extracts hold patients without any header: two cells of names beside "
        "each other, and a date that is mostly that of birth, in one cell or in three. One of the two has to be a "
        "known name.",
        remedy="Redact, or remove the file. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c)",
        examples=(
            Example(("[('Hug", "hes', 'Gar", "eth', '17/04/2003')]"), ("gar", "eth"), "a.py"),
            Example(('("Quillf', 'eather", "Pri', 'ya", "1957-03-14")'), ("quillf", "eather"), "a.R"),
            Example(("HUG", "HES,GARETH,14/03/1957,W7\n"), ("hug", "hes"), "p.csv"),
            Example(('row = ["Hug', 'hes", "Gareth", 14, 3, 1957]'), ("hug", "hes"), "a.py"),
            Example(("7|Hug", "hes|Gareth|19570314\n"), ("hug", "hes"), "p.txt"),
        ),
        non_examples=(
            Example(("['Monday', 'Tuesday', '01/02/2020']",), path="a.py"),
            Example(("('Total', 'Admissions', '2020-01-01')",), path="a.py"),
            Example(('c("Leeds", "Bradford", "2020-01-01")',), path="a.R"),
            Example(("('Person 3', 'Analyst', '2020-01-01')",), path="a.py"),
            Example(("Leeds,Hospital,14,3,2020\nWest,Midlands,14/03/2020\n",), path="p.csv"),
            Example(("Gar", "eth,Hughes,14,33,2020\n"), path="p.csv"),
        ),
    ),
    _look,
    (TRIGGER,),
)

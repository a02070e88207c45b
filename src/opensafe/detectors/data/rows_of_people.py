"""What stands in a row with somebody's name: a date, mostly that of birth, and the number of a patient."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from opensafe.detectors.data.hospital_number import HOSPITAL_NUMBER
from opensafe.detectors.grids import Cell
from opensafe.detectors.identifiers import Identifier
from opensafe.detectors.kinds import Ends
from opensafe.detectors.namecells import MOST_APART
from opensafe.detectors.namedfields import DATE_OF_BIRTH
from opensafe.detectors.personrows import TRIGGER, person_rows
from opensafe.detectors.placedlooks import placed_detector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen

_WHY = "in a row with a given name and a surname"


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    if specimen.role is Role.BINARY:
        return
    rows = tuple(person_rows(specimen.data, ends))
    dates = [(cell, row.date) for row in rows for cell in row.dates]
    yield from _hits(DATE_OF_BIRTH, dates, specimen.path)
    numbers = [(cell, specimen.data[slice(*cell)]) for row in rows for cell in row.numbers]
    yield from _hits(HOSPITAL_NUMBER, numbers, specimen.path)


def _hits(identifier: Identifier, found: Sequence[tuple[Cell, bytes]], path: bytes) -> Iterator[Hit]:
    """Each a finding of its own, or all of them one where they are many."""
    hits = [(cell, identifier.hit(cell[0], value, _WHY)) for cell, value in found]
    is_many = len({hit.value.reveal() for _, hit in hits if hit is not None}) > MOST_APART
    many = Secret(b"%s in rows of %s" % (identifier.kind.encode(), path), identifier.kind)
    for (start, end), hit in hits:
        if hit is None:
            continue
        one = replace(hit, start=start, end=end)
        yield replace(one, value=many, form=Form.OTHER, why=f"one of many {_WHY}: decided together") if is_many else one


DETECTOR = placed_detector(
    Card(
        id="data.rows-of-people",
        title="Date of birth or local number in a row with a name",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="The date behind a given name and a surname in cells of their own is mostly that of birth, in one cell or "
        "in three; a number of a hospital's form before or behind them is a patient's.",
        remedy="Redact, or remove the file.",
        reference="facts: data 2, context that raises",
        examples=(
            Example(("Hughes,Gareth,14/03/", "1957,W7\n"), ("14/03/", "1957"), "p.csv"),
            Example(('row = ["Hughes", "Gareth", 14, 3, ', "1957]"), ("1957-", "03-14"), "a.py"),
            Example(("X402", "7311,Hughes,Gareth,14/03/1957\n"), ("X402", "7311"), "p.csv"),
        ),
        non_examples=(
            Example(("Leeds,Hospital,14/03/2020,W7\n",), path="p.csv"),
            Example(("Hughes,Gareth,14/03/1957 10:12,W7\n",), path="p.csv"),
        ),
    ),
    _look,
    (TRIGGER,),
)

"""People as R writes them down: `person("Given", "Family")`, in DESCRIPTION, CITATION and code."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.acquaintances import acquaintances_of
from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.gazetteer import is_full_name
from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.detectors.namecells import hits_in_column
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_REACH = 200  # bytes of a call in which its names stand
_CALL = expression(rb"(?<![\w.])(?:as\.)?person\([ \t\r\n]{0,40}")
_NAME = expression(
    rb"(?:(?:given|family|first|last|middle)[ ]{0,4}=[ ]{0,4})?[\"'](?P<name>[^\"'\\<>@\r\n]{2,60})[\"']"
    rb"[ \t\r\n]{0,40},?[ \t\r\n]{0,40}"
)
_WHY = "given to R's person()"
_MOST = 3  # given, family, middle


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for call in _CALL.finditer(specimen.data, start, end):
            cells = _cells(specimen.data, call)
            full = b" ".join(specimen.data[slice(*cell)] for cell in cells)
            # One text by itself is often an organisation.
            if len(cells) > 1 or is_full_name(full):
                for hit in hits_in_column(specimen, b"person", cells, _WHY):
                    yield replace(hit, value=Secret(canonical_name(full), "name"), person=people.called(full))

    return examine


def _cells(data: bytes, call: re.Match[bytes]) -> list[Cell]:
    """The texts at the beginning of a call."""
    at = call.end()
    cells: list[Cell] = []
    while len(cells) < _MOST and (name := _NAME.match(data, at, call.end() + _REACH)):
        cells.append(name.span("name"))
        at = name.end()
    return cells


DETECTOR = PersonalDetector(
    Card(
        id="names.r-persons",
        title="Name given to R's person()",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Packages of R name their authors in calls of person(): given name first, then the family name. Both are "
        "one finding, of the person whose names they are.",
        remedy="Ask the person whether they want credit; else replace by the organisation.",
        reference="R manual, utils::person; Writing R Extensions 1.1.1",
        examples=(
            Example(('person("J', 'o", "Blo', 'ggs", role = "aut")'), ("jo blo", "ggs"), "DESCRIPTION"),
            Example(('person(given = "J', 'o",\n  family = "Blo', 'ggs")'), ("jo blo", "ggs"), "DESCRIPTION"),
        ),
        non_examples=(
            Example(("person(given, family, role = 'aut')",)),
            Example(('person("Data Science Team", role = "cph")',), path="DESCRIPTION"),
            Example(('a_person("Blo', 'ggs")')),
        ),
    ),
    (rb"\bperson\([ \t\r\n]{0,40}(?:[a-z]{1,10}[ ]{0,4}=[ ]{0,4})?[\"']",),
    _prepare,
)

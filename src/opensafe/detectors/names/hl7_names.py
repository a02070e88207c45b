"""Names in messages of HL7 version 2: of patients, next of kin and clinicians."""

from collections.abc import Iterator

from opensafe.detectors.grids import Cell
from opensafe.detectors.hl7 import TRIGGERS, components, segments
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namecells import hits_in_column
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WHY = "in a field of HL7 that holds names"
# Fields of extended person names (surname first), and of identified people (identifier, surname, given name).
_PEOPLE = {b"PID": (5, 6, 9), b"NK1": (2,), b"GT1": (3,), b"IN1": (16,)}
_STAFF = {b"PV1": (7, 8, 9, 17, 52), b"PD1": (4,), b"OBR": (10, 16, 28), b"ORC": (10, 11, 12, 19), b"ROL": (4,)}


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    cells = [cell for kind, fields in segments(data, start, end) for cell in _names(data, kind, fields)]
    yield from hits_in_column(specimen, b"hl7", cells, _WHY)


def _names(data: bytes, kind: bytes, fields: list[Cell]) -> Iterator[Cell]:
    for known, first in ((_PEOPLE, 0), (_STAFF, 1)):
        for number in known.get(kind, ()):
            for parts in components(data, fields[number - 1]) if number <= len(fields) else ():
                yield from (cell for cell in parts[first : first + 3] if cell[0] < cell[1])


DETECTOR = PatternDetector(
    Card(
        id="names.hl7-names",
        title="Name in a message of HL7",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The standard says which fields of a segment hold names: of the patient, of relatives, of clinicians.",
        remedy="Remove the message from the whole history. Names of patients are never kept.",
        reference="HL7 version 2.5, chapters 2 (XPN, XCN), 3 (PID, NK1, PV1) and 4 (ORC, OBR)",
        examples=(
            Example(("PID|1||1^^^X||Blo", "ggs^Jo||19570314|F"), ("blo", "ggs"), "m.hl7"),
            Example(("PV1|1|I|W1||||C1^Blo", "ggs^Jo^^^DR"), ("blo", "ggs"), "m.hl7"),
            Example(('msg = "PID|1||1||Blo', 'ggs^Jo\\rPV1"'), ("blo", "ggs"), "a.py"),
        ),
        non_examples=(
            Example(("PID|1||1^^^X||^^||19570314|F",), path="m.hl7"),
            Example(("TXT|1||1^^^X||Blo", "ggs^Jo||19570314|F"), path="m.hl7"),
        ),
    ),
    TRIGGERS,
    _examine,
    2_000,
)

"""What a message of HL7 version 2 says about a patient: date of birth, postcode, telephone numbers; and GMC numbers."""

from collections.abc import Iterator

from opensafe.detectors.data.gmc_number import GMC_NUMBER
from opensafe.detectors.data.hospital_number import HOSPITAL_NUMBER
from opensafe.detectors.grids import Cell
from opensafe.detectors.hl7 import TRIGGERS, components, segments
from opensafe.detectors.identifiers import Identifier
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namedfields import DATE_OF_BIRTH, PHONE, POSTCODE
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WHY = "in a field of HL7 that holds it"
_FIELDS: dict[bytes, dict[int, Identifier]] = {
    b"PID": {3: HOSPITAL_NUMBER, 7: DATE_OF_BIRTH, 11: POSTCODE, 13: PHONE, 14: PHONE},
    b"NK1": {4: POSTCODE, 5: PHONE, 6: PHONE, 16: DATE_OF_BIRTH},
    b"PV1": dict.fromkeys((7, 8, 9, 17), GMC_NUMBER),
    b"OBR": {16: GMC_NUMBER},
    b"ORC": {12: GMC_NUMBER},
}


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for kind, fields in segments(data, start, end):
        for number, identifier in _FIELDS.get(kind, {}).items():
            for cell in _components(data, fields, number):
                hit = identifier.hit(cell[0], data[slice(*cell)], _WHY)
                if hit is not None and identifier.value.fullmatch(data[slice(*cell)]):
                    yield hit


def _components(data: bytes, fields: list[Cell], number: int) -> Iterator[Cell]:
    for parts in components(data, fields[number - 1]) if number <= len(fields) else ():
        yield from parts


DETECTOR = PatternDetector(
    Card(
        id="data.hl7-patient",
        title="Patient in a message of HL7",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The standard says which fields of a segment hold the date of birth, the address and telephone numbers "
        "of a patient, and who treats them. The form agrees.",
        remedy="Remove the message from the whole history.",
        reference="HL7 version 2.5, chapter 3 (PID, NK1, PV1)",
        examples=(
            Example(("PID|1||1^^^X||A^B||1957", "0314|F"), ("1957", "0314"), "m.hl7"),
            Example(("PID|1||1^^^NHS^NH~RX", "402731^^^X^MR||A^B"), ("RX", "402731"), "m.hl7"),
            Example(("PID|1||1||A^B||||||1 X^^Y^^ZE", "9 9ZZ||020 3", "814 2759"), ("ZE", "99ZZ"), "m.hl7"),
        ),
        non_examples=(
            Example(("PID|1||1^^^X||A^B||||",), path="m.hl7"),
            Example(("TXT|1||1^^^X||A^B||1957", "0314|F"), path="m.hl7"),
        ),
    ),
    TRIGGERS,
    _examine,
    2_000,
)

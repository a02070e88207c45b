"""What a data file says about itself beside its tables, in words: nothing of its content is repeated."""

import re
from collections import Counter
from collections.abc import Iterator

from opensafe.model.expressions import expression

_MARKS: dict[str, tuple[tuple[bytes, str], ...]] = {
    "xlsx": (
        (
            b"xl/pivotCache/pivotCacheRecords",
            "a pivot table keeps the rows that it was made of, though no sheet shows them",
        ),
        (b"xl/externalLinks/", "it is linked to other workbooks, and keeps values of theirs"),
        (b"xl/comments", "cells have comments"),
    ),
    "pickle": (
        (b"pandas", "holds objects of pandas: data"),
        (b"sklearn", "holds objects of scikit-learn: a model, which may keep what it was trained on"),
        (b"torch", "holds objects of torch: a model, which may keep what it was trained on"),
        (b"numpy", "holds arrays of numpy"),
    ),
    "sqlite": ((b"CREATE VIEW", "it has views"), (b"CREATE TRIGGER", "it has triggers")),
}
_ALWAYS = {
    "dicom": "a medical picture: its header names the patient",
    "access": "a database of Microsoft Access: its tables are not read",
    "sas7bdat": "a table of SAS: its rows are searched as they are",
    "duckdb": "a database of DuckDB: its bytes are searched as they are",
    "hdf5": "an HDF5 file: its bytes are searched as they are",
    "zip-data": "an archive that holds data files",
    "sqlite-wal": "changes of a database that were not written into it yet: deleted rows may stand here",
    "sqlite-journal": "what a database held before its last change: deleted rows may stand here",
}
_RESOURCES = (
    *("Patient", "Observation", "Encounter", "Condition", "Procedure", "Practitioner", "MedicationRequest", "Claim"),
    *("MedicationStatement", "Immunization", "AllergyIntolerance", "DiagnosticReport", "Appointment", "CarePlan"),
    *("RelatedPerson", "Person", "EpisodeOfCare", "Coverage", "QuestionnaireResponse"),
)
_RESOURCE = expression(rb'"resourceType"\s{0,8}:\s{0,8}"(' + "|".join(_RESOURCES).encode() + rb')"')
_SEGMENT = expression(rb"(?:\A|[\r\n])(MSH|PID|PV1|OBX|NK1|DG1|AL1)\|")


def peculiarities(data: bytes, signature: str) -> Iterator[str]:
    """What a person should know about a file of this signature."""
    if signature in _ALWAYS:
        yield _ALWAYS[signature]
    yield from (words for mark, words in _MARKS.get(signature, ()) if mark in data)
    if signature == "fhir":
        yield from _counted("FHIR resources", _RESOURCE, data)
    if signature == "hl7":
        yield from _counted("segments of HL7 messages", _SEGMENT, data)


def _counted(what: str, pattern: re.Pattern[bytes], data: bytes) -> Iterator[str]:
    counts = Counter(match[1].decode("ascii") for match in pattern.finditer(data))
    if counts:
        yield f"{what}: " + ", ".join(f"{name} ({count:,})" for name, count in counts.most_common())

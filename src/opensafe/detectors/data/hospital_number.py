"""Local numbers of patients behind words such as MRN or hospital number; their form is each hospital's own."""

import re
from collections.abc import Iterator

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_NUMBER = rb"[ _.-]?(?:no|num|number|id|identifier)"
_WORDS = (
    rb"mrn|(?:hosp(?:ital)?|district|unit|pas|case[ _-]?notes?|case[ _-]?record|medical[ _-]?record|trust)"
    + _NUMBER
    + rb"|rio"
    + _NUMBER
    + rb"|local[ _-]?patient[ _-]?(?:id(?:entifier)?|no|number)|pat[ _-]?(?:id|no)|patient[ _-]?(?:no|num|number)"
    rb"|local[ _-]?id(?:entifier)?"
)
_IDS = rb"patient[ _-]?(?:id|identifier|ref(?:erence)?)|pid|crn|hosp"
_SAME = re.compile(rb"(.)\1*")

HOSPITAL_NUMBER = Identifier(
    kind="hospital number",
    words=_WORDS,
    header=_WORDS,
    shape=rb"[A-Za-z]{0,3}[0-9]{5,9}[A-Za-z]?",
    is_valid=lambda value: not _SAME.fullmatch(value),
)

# Columns that more often hold numbers which were made up: those of a few digits are left alone, and all are low.
PATIENT_ID = Identifier(
    kind="patient id",
    words=_IDS,
    header=_IDS,
    shape=rb"[A-Za-z]{1,3}[0-9]{5,8}[A-Za-z]?|[0-9]{6,8}[A-Za-z]|[0-9]{7,9}",
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    is_valid=lambda value: not _SAME.fullmatch(value),
)

_SPOKEN = re.compile(
    rb"(?<![A-Za-z])(?:[Pp]t|PT|[Pp]atient)[ :#]{1,2}(?P<value>[A-Z]{1,3}[0-9]{5,8}[A-Z]?|[0-9]{6,8}[A-Z]?)(?![\w.-])"
)
# The NHS's data sets number their own fields: `[M501901]LocalPatientId`, `Field('LocalPatientId', str, uid='M501901')`.
_OF_FIELD = re.compile(rb"\[\Z|(?i:\buid[\"']?[ ]{0,2}[=:][ ]{0,2}[\"']?)\Z")
_FIELD_REACH = 12  # bytes
_BESIDE_WORD = beside(HOSPITAL_NUMBER)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    """Behind a word for such a number, or right behind the word patient."""
    for beside_word in _BESIDE_WORD(specimen, start, end):
        if not _OF_FIELD.search(specimen.data, max(0, beside_word.start - _FIELD_REACH), beside_word.start):
            yield beside_word
    for match in _SPOKEN.finditer(specimen.data, start, end):
        hit = HOSPITAL_NUMBER.hit(
            match.start("value"), match["value"], "of the right form, right behind the word patient"
        )
        if hit is not None:
            yield hit


DETECTOR = PatternDetector(
    Card(
        id="data.hospital-number",
        title="Local number of a patient",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Leads to one patient in one hospital's systems. Counts behind a word such as MRN or hospital "
        "number. A team "
        "that knows the form of its own numbers can have them found anywhere, with a rule of its own.",
        remedy="Treat as a possible data breach, then redact.",
        reference="NHS data dictionary, LOCAL PATIENT IDENTIFIER; facts: data 2",
        examples=(
            Example(("MRN: 40", "73116"), ("40", "73116")),
            Example(("hospital_number == 'RX", "402731'"), ("RX", "402731")),
            Example(("<dt>Hospital number</dt><dd>RX", "402731</dd>"), ("RX", "402731"), "p.html"),
            Example(("df %>% filter(!hosp_no %in% c('RX", "402731'))"), ("RX", "402731"), "a.R"),
            Example(("-- query about pt RX", "402731"), ("RX", "402731"), "q.sql"),
            Example(("# patient RX", "402731 has two rows"), ("RX", "402731"), "a.py"),
            Example(("AND LocalPatientID <> 'RX", "402731'"), ("RX", "402731"), "q.sql"),
        ),
        non_examples=(
            Example(("mrn = 12",)),
            Example(("LocalPatientID=<id> [M501020]EndDate",)),
            Example(("Field('LocalPatientId', str, uid='M501901')",), path="a.py"),
            Example(("the hospital has 40731 beds",)),
            Example(("MRN: 0000000",)),
        ),
    ),
    (
        rb"(?i:\b(?:pt|patient)[ :#]{1,2}[A-Z]{0,3}[0-9]{5})",
        (
            rb"(?i:mrn|rio|hosp|hospital|district|unit|pas|notes?|record|pat|patient|trust|local)[ _.-]?(?i:no|num|id)"
            rb"[^\r\n]{0,24}[0-9]{5}"
        ),
        rb"(?i:mrn)[^\r\n]{0,30}[0-9]{5}",
    ),
    _examine,
)

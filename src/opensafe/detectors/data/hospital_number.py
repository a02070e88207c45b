"""Local numbers of patients behind words such as MRN or hospital number; their form is each hospital's own."""

import re

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_NUMBER = rb"[ _-]?(?:no|num|number|id)"
_WORDS = (
    rb"mrn|(?:hospital|district|unit|pas|case[ _-]?note|medical[ _-]?record)"
    + _NUMBER
    + rb"|rio"
    + _NUMBER
    + rb"|local[ _-]?patient[ _-]?(?:id(?:entifier)?|no|number)|pat[ _-]?(?:id|no)|patient[ _-]?(?:no|number)"
)
_SAME = re.compile(rb"(.)\1*")

HOSPITAL_NUMBER = Identifier(
    kind="hospital number",
    words=_WORDS,
    header=_WORDS,
    shape=rb"[A-Za-z]{0,3}[0-9]{5,9}[A-Za-z]?",
    is_valid=lambda value: not _SAME.fullmatch(value),
)

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
            Example(("AND LocalPatientID <> 'RX", "402731'"), ("RX", "402731"), "q.sql"),
        ),
        non_examples=(
            Example(("mrn = 12",)),
            Example(("the hospital has 40731 beds",)),
            Example(("MRN: 0000000",)),
        ),
    ),
    (rb"(?i:mrn|rio|hospital|district|unit|pas|note|record|pat|patient)[ _-]?(?i:no|num|id)?[^\r\n]{0,24}[0-9]{5}",),
    beside(HOSPITAL_NUMBER),
)

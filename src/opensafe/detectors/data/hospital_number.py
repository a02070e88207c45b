"""Local numbers of patients behind words such as MRN or hospital number; their form is each hospital's own."""

import re
from collections.abc import Iterator

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_NUMBER = rb"[ _.-]?(?:nos?|num|numbers?|ids?|identifiers?)"
_WORDS = (
    rb"mrn|(?:hosp(?:ital)?|district|unit|pas|case[ _-]?notes?|case[ _-]?record|medical[ _-]?record|trust)"
    + _NUMBER
    + rb"|rio"
    + _NUMBER
    + rb"|case[ _-]?notes?|local[ _-]?patient[ _-]?(?:id(?:entifier)?|no|number)|pat[ _-]?(?:id|no)"
    rb"|patient[ _-]?(?:nos?|num|numbers?)"
    rb"|local[ _-]?id(?:entifier)?"
)
_IDS = rb"patient[ _-]?(?:id|identifier|ref(?:erence)?)|pid|crn|hosp"
_SAME = expression(rb"(.)\1*")

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

LOCAL_FORM = (
    rb"(?!(?:[CDGMN][0-9]{7}|[A-Z](?:123456|999999)[0-9]?)(?![0-9]))"  # codes of doctors, dentists, nurses; samples
    rb"(?:[A-Z][0-9]{6,7}|R[A-Z0-9]{2}[0-9]{6,7}|[0-9]{6}[A-Z])"
)
"""The commonest forms, with a letter of the system or the code of the hospital: where else a patient is known from."""

_SPOKEN = expression(
    rb"(?<![A-Za-z])(?:[Pp]t|PT|[Pp]atient)[ :#]{1,2}(?P<value>[A-Z]{1,3}[0-9]{5,8}[A-Z]?|[0-9]{6,8}[A-Z]?)(?![\w.-])"
)
# A list of numbers of the commonest form, where something on the line says that it is of patients, or what is left out.
_TO_NEXT = rb"[\"']?(?:[ ]?[,|;/][ ]{0,2}(?:and[ ])?|[ ]and[ ]|(?<=[\"'])[ ]{1,3}(?=[\"']))[\"']?"
_LISTED = expression(rb"(?<![\w.-])" + LOCAL_FORM + rb"(?:" + _TO_NEXT + LOCAL_FORM + rb"){1,200}(?![\w.-])")
_LOCAL = expression(LOCAL_FORM)
_OF_LIST = expression(
    rb"(?i:patient|hosp|exclu|duplicate|remov|merge|casenote|same person"
    rb"|(?<![a-z])(?:pts?|drop|dups?|pids?|opt(?:ed)?[ _-]?outs?)(?![a-z]))"
)
# What a letter about a patient is filed under; other letters have references as well.
_FILED = expression(
    rb"(?i:(?:our|your|my)[ ]ref(?:erence)?)[.:]{0,2}[ \t]{0,8}"
    rb"(?P<value>[A-Z]{1,3}[0-9]{5,8}[A-Z]?|[0-9]{6,8}[A-Z]?)(?![\w.-])"
)
_OF_PATIENT = expression(rb"(?i:(?<![a-z])(?:d\.?o\.?b|date of birth|nhs no|nhs num|hosp(?:ital)? n|diagnos[ie]s))")
_BEFORE = 200  # bytes of the line before a list
_LETTER_REACH = 800  # bytes of a letter below its reference
# The NHS's data sets number their own fields: `[M501901]LocalPatientId`, `Field('LocalPatientId', str, uid='M501901')`.
_OF_FIELD = expression(rb"\[\Z|(?i:\buid[\"']?[ ]{0,2}[=:][ ]{0,2}[\"']?)\Z")
_FIELD_REACH = 12  # bytes
_BESIDE_WORD = beside(HOSPITAL_NUMBER)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    """Behind a word for such a number, or right behind the word patient."""
    for beside_word in _BESIDE_WORD(specimen, start, end):
        if not _OF_FIELD.search(specimen.data, max(0, beside_word.start - _FIELD_REACH), beside_word.start):
            yield beside_word
    for match in _SPOKEN.finditer(specimen.data, start, end):
        yield from _hit(match, "of the right form, right behind the word patient")
    for match in _FILED.finditer(specimen.data, start, end):
        if _OF_PATIENT.search(specimen.data, end, end + _LETTER_REACH):
            yield from _hit(match, "the reference of a letter about a patient")
    for match in _LISTED.finditer(specimen.data, start, end) if _is_of_patients(specimen.data, start, end) else ():
        for number in _LOCAL.finditer(specimen.data, *match.span()):
            yield from _hit(number, "of the commonest form, in a list on a line about patients", group=0)


def _is_of_patients(data: bytes, start: int, end: int) -> bool:
    """Whether the line says that what it lists is of patients, or the one before it, as a command before its output."""
    return _OF_LIST.search(data, max(data.rfind(b"\n", 0, max(0, start - 1)) + 1, start - _BEFORE), end) is not None


def _hit(match: re.Match[bytes], why: str, group: str | int = "value") -> Iterator[Hit]:
    hit = HOSPITAL_NUMBER.hit(match.start(group), match[group], why)
    if hit is not None:
        yield hit


_BETWEEN = rb"[\"']?(?:[ ]?[,|;/]|[ ])[ ]{0,2}(?:and )?[\"']?"

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
            Example(("hosp_no in ('RX", "402731','RX402732')"), ("RX", "402731"), "q.sql"),
            Example(("hospital numbers 402731, 402732 and 40", "2733"), ("40", "2733"), "a.md"),
            Example(("# drop: X402731, X402732 and X40", "2733"), ("X40", "2733"), "a.py"),
            Example(('> d$hosp_no[1:2]\n[1] "X402731" "X40', '2733"'), ("X40", "2733"), "a.Rout"),
            Example(("- RXQ402731 and RXQ40", "2733 are the same person"), ("RXQ40", "2733"), "a.md"),
            Example(("Our ref: RX", "402731/AB\n\nRe: Jo Bloggs, DOB 14/03/1957"), ("RX", "402731"), "a.txt"),
        ),
        non_examples=(
            Example(("mrn = 12",)),
            Example(("Our ref: RX402731\n\nDear supplier, please find the invoice",), path="a.txt"),
            Example(("codes <- c('X402731', 'X402732', 'X402733')",), path="a.R"),
            Example(("exclude = ['C6123456', 'C6123457', 'C6123458']",), path="a.py"),
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
        rb"(?i:mrn|case[ _-]?notes?)[^\r\n]{0,30}[0-9]{5}",
        rb"[A-Z][0-9]{6,7}" + _BETWEEN + rb"[A-Z0-9]{0,2}[A-Z][0-9]{6}",
        rb"[0-9]{6}[A-Z]" + _BETWEEN + rb"[0-9]{6}[A-Z]",
        rb"(?i:(?:our|your|my) ref)[^\r\n]{0,30}[0-9]{5}",
    ),
    _examine,
)

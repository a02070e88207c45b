"""A known given name before a known surname, in whatever is prose: comments, strings, text, cells."""

from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.carewords import OF_CARE, is_of_care
from opensafe.detectors.copyrightnotices import WHY as IN_NOTICE
from opensafe.detectors.copyrightnotices import is_in_notice
from opensafe.detectors.fullnames import full_names
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import SearchDetector
from opensafe.detectors.spokenof import is_asked
from opensafe.detectors.values import is_redaction
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_SURE = "a known given name and a known surname"
_ASKED = "of somebody who is spoken with, or who says or does something"
_HALF_A_WORD = "a known name, one half of which is also a word"
_OF_PREMISES = "what a hospital, a board or a country is called"
_WORD = rb" [A-Z][A-Za-z'-]{1,25}"
_PREMISES = expression(
    rb"(?: (?:&|&amp;|and|AND)" + _WORD + _WORD + rb")?(?:" + _WORD + rb")?"
    rb" (?i:hospitals?|infirmary|hospice|clinic|surgery|health (?:centre|board))\b"
)
_BEFORE_PREMISES = expression(rb"(?i)\b(?:ysbyty|meddygfa|princess|prince|queen|king|saint|st\.?) \Z")
# Of these names nobody in a file is likelier than the trust, the health board or the country.
_CALLED_SO = frozenset(
    (
        *(b"aneurin bevan", b"betsi cadwaladr", b"dewi sant", b"king george", b"george eliot", b"mary seacole"),
        *(b"florence nightingale", b"agnes hunt", b"claude bernard", b"viet nam"),
    )
)
_REACH = 120  # bytes


def _offsets(data: bytes) -> Iterator[int]:
    return (found.end for found in full_names(data))


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for found in full_names(specimen.data[start:end]):
        name = specimen.data[start + found.start : start + found.end]
        if not is_redaction(name):
            yield _hit(start + found.start, name, _why(specimen.data, start + found.start, len(name), sure=found.sure))


def _why(data: bytes, start: int, length: int, *, sure: bool) -> str:
    if is_in_notice(data, start):
        return IN_NOTICE
    if is_of_care(data, start, start + length):
        return OF_CARE
    if _is_of_premises(data, start, start + length):
        return _OF_PREMISES
    if sure:
        return _SURE
    return _ASKED if is_asked(data, start, start + length) else _HALF_A_WORD


def _is_of_premises(data: bytes, start: int, end: int) -> bool:
    """Whether the words go on to a hospital, without a comma between: `Robert Jones & Agnes Hunt Hospital`."""
    if canonical_name(data[start:end]) in _CALLED_SO or _BEFORE_PREMISES.search(data, max(0, start - _REACH), start):
        return True
    return b"," not in data[start:end] and _PREMISES.match(data, end, end + _REACH) is not None


def _hit(start: int, name: bytes, why: str) -> Hit:
    sure = why in {_SURE, _ASKED, OF_CARE}
    return Hit(
        start=start,
        end=start + len(name),
        value=Secret(canonical_name(name), Form.PERSON_NAME.value),
        form=Form.PERSON_NAME,
        severity=Severity.MEDIUM if sure else Severity.LOW,
        confidence=Confidence.MEDIUM if sure else Confidence.LOW,
        why=why,
    )


DETECTOR = SearchDetector(
    Card(
        id="names.known-names",
        title="Given name and surname that are known",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Both halves stand in lists of names, and a space in between is no code. Low where one half is a word as "
        "well and nothing around it is of a person or of care, and in notices of copyright. Never redacted "
        "without review.",
        remedy="Ask the person whether they want credit; else redact. Names of patients are never kept.",
        reference="facts: data 4 (layer L3) and 5; docs/decisions/0028-known-names.md",
        examples=(
            Example(("# checked with Gar", "eth Hughes last week"), ("gar", "eth hughes"), "a.py"),
            Example(("-- asked HU", "GHES, GARETH about it"), ("gareth hu", "ghes"), "a.sql"),
            Example(("Thanks to Pri", "ya N. Patel."), ("pri", "ya n. patel"), "README.md"),
            Example(("'Sin", "ead O'Con", "nor-Walsh'"), ("sin", "ead o'con", "nor-walsh"), "a.R"),
            Example(("Thanks to Mary-A", "nn Ní Dhonn and others"), ("mary-a", "nn ní dhonn"), "README.md"),
            Example(("# asked Mark Pa", "ge about it"), ("mark pa", "ge"), "a.py"),
            Example(('label = "Hunt', 'er, Keith"'), ("keith hunt", "er"), "a.ts"),
            Example(("# problem patient: HA", "LL, Chloe, DOB"), ("chloe ha", "ll"), "a.R"),
        ),
        non_examples=(
            Example(("Poisson Regression and Chi Square",)),
            Example(("GarethHughes, gareth_hughes, gareth hughes",)),
            Example(("Student Test, May Day, Victoria Park, Jordan Hall",)),
            Example(("the Gareth Hughes Hospital, the Gareth Hughes Hospice, Gareth House Hughes",)),
            Example(("Emma, Karen and Gareth; Mark Page; Scott, Dean, Karen",)),
            Example(("Hong Kong, San Marino, Jan Mayen, font: 'Deja Vu Sans', John Wiley & Sons",)),
            Example(("Chichester, John Wiley & Sons",)),
            Example(("font-family: Times New Roman, Lucida Grande",)),
        ),
    ),
    _offsets,
    _examine,
    known_names().edition,
)

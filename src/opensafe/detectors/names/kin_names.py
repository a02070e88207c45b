"""Names of relatives and of whose patient somebody is: `her husband Gareth`, `daughter Lowri H…`, `Priya's patient`."""

from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namewords import FOLLOWS_NO_PERSON, NO_PERSON
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KIN = (
    rb"husband|wife|son|daughter|mother|father|mum|dad|brother|sister|partner|grandson|grand-?daughter|niece|nephew"
    rb"|carer|nok|next of kin|neighbour"
)
_LETTER = rb"(?:[a-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Z]))"
_WORD = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])" + _LETTER + rb"{1,24}"
_RELATED = expression(
    rb"(?i:(?P<whose>\b(?:his|her|their) )?\b(?:" + _KIN + rb"))(?P<joint>,? |[ ]\(|: )"
    rb"(?P<name>" + _WORD + rb"(?: (?P<last>" + _WORD + rb"))?)(?![\w-])"
)
_OWNED = expression(
    rb"(?<![\w-])(?P<name>" + _WORD + rb")(?:'|\xe2\x80\x99)s "
    rb"(?i:patient(?!s)|" + _KIN + rb"|nhs n|dob\b|date of birth|discharge|admission|biopsy|blood results)"
)
_ILLNESSES = "parkinson alzheimer crohn hodgkin huntington addison graves barrett down bell cushing wilson paget still"
_OF_ILLNESSES = frozenset(_ILLNESSES.split())


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _RELATED.finditer(specimen.data, start, end):
        if match["joint"] == b", " and match["whose"] is None:
            continue  # a list: `Steph, Mum, Danny`
        first, last = match["name"].split(b" ")[0], match["last"]
        if _is_given(first, alone=last is None and match["whose"] is None):
            goes_on = last is not None and _may_be_surname(last)
            yield _hit(match.start("name"), match["name"] if goes_on else first)
    for match in _OWNED.finditer(specimen.data, start, end):
        if _is_given(match["name"], alone=True):
            yield _hit(match.start("name"), match["name"])


def _is_given(name: bytes, *, alone: bool) -> bool:
    """Whether it is a given name; where nothing else says so, one that is no word and no illness."""
    text = name.decode("utf-8", "replace")
    known = known_names()
    if not known.is_given(text) or text.lower() in NO_PERSON | _OF_ILLNESSES:
        return False
    return not (known.is_word_given(text) or (alone and is_common_word(text.lower().encode())))


def _may_be_surname(last: bytes) -> bool:
    word = last.lower()
    return not is_common_word(word) and word.decode("utf-8", "replace") not in NO_PERSON | FOLLOWS_NO_PERSON


def _hit(start: int, name: bytes) -> Hit:
    return Hit(
        start=start,
        end=start + len(name),
        value=Secret(canonical_name(name), Form.PERSON_NAME.value),
        form=Form.PERSON_NAME,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why="a known given name behind a word for a relative, or before a word for a patient",
    )


DETECTOR = PatternDetector(
    Card(
        id="names.kin-names",
        title="Name of a relative or of whose patient somebody is",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Letters and notes about patients name the family, often by a given name alone. A known given name has to "
        "stand there, and no ordinary word.",
        remedy="Redact, or remove the file. Names of patients and their families are never kept.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(("lives alone since her husband Gar", "eth died"), ("gar", "eth"), "letter.txt"),
            Example(("spoke to daughter Pri", "ya Quillf", "eather"), ("pri", "ya quillf", "eather"), "notes.md"),
            Example(("rang mum (Pri", "ya)"), ("pri", "ya"), "mail.txt"),
            Example(("fix for Gar", "eth's patient"), ("gar", "eth"), "notes.md"),
        ),
        non_examples=(
            Example(("mother Total, son Java, partner Trust, Father Christmas",)),
            Example(("a Parkinson's patient, Alzheimer's patients, Down's patient",)),
            Example(("wife and daughter, the mother of all, next of kin Person 3",)),
            Example(("Steph, Mum, Priya, Gareth",)),
            Example(("Mother Tongue, sister Company, Partner Organisation",)),
        ),
    ),
    (
        rb"(?i:\b(?:" + _KIN + rb"))(?:,? |[ ]\(|: )[A-Z\xc3-\xc5]",
        rb"[a-z\x80-\xbf](?:'|\xe2\x80\x99)s (?i:patient|"
        + _KIN
        + rb"|nhs n|dob|date of b|discharge|admission|biopsy|blood r)",
    ),
    _examine,
)

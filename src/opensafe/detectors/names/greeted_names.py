"""Given names that somebody is greeted or thanked by, or signs with: `Hi …,`, `Thanks …!`, `Kind regards, …`."""

import re
from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namewords import NO_PERSON
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_GREETS = rb"hi|hello|hey|good (?:morning|afternoon)|thanks|thank you|cheers|sorry|regards|best wishes|sincerely"
_NAME = rb"(?:[A-Z]|\xc3[\x80-\x9e])(?:[a-z]|[\xc3-\xc9][\x80-\xbf]|-[A-Z]){1,24}"
_GREETED = expression(
    rb"(?i:(?<![\w'-])(?:" + _GREETS + rb"))(?: to)?(?:,[ ]?(?:\r?\n){0,2}|[ ]|(?:\r?\n){1,2})[> ]{0,3}"
    rb"(?P<name>" + _NAME + rb")(?= and (?P<other>" + _NAME + rb")(?!\w)|[ ]?(?:[,!\r\n]|\.(?!\w)| -|\Z))"
)
_REACH = 40  # bytes of a line above, with which a letter closes


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _GREETED.finditer(specimen.data, max(0, start - _REACH), end):
        for group in ("name", "other"):
            if match[group] and _is_given(match[group]):
                yield _hit(match, group)


def _is_given(name: bytes) -> bool:
    text = name.decode("utf-8", "replace")
    return known_names().is_given(text) and text.lower() not in NO_PERSON


def _hit(match: re.Match[bytes], group: str) -> Hit:
    return Hit(
        start=match.start(group),
        end=match.end(group),
        value=Secret(canonical_name(match[group]), Form.PERSON_NAME.value),
        form=Form.PERSON_NAME,
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        why="a known given name, where somebody is greeted or signs",
    )


DETECTOR = PatternDetector(
    Card(
        id="names.greeted-names",
        title="Given name in a greeting",
        category=Category.NAME,
        severity=Severity.LOW,
        scope=Scope.PASSAGE,
        why="Letters and messages are addressed and signed so. A given name alone tells colleagues who is meant; for "
        "review only.",
        remedy="Redact it together with the full name, or keep it where the person wants credit.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(("Hi Pri", "ya,\n"), ("pri", "ya"), "mail.txt"),
            Example(("Kind regards,\n\nPri", "ya\n"), ("pri", "ya"), "mail.txt"),
            Example(("Thank you to Priya and Gar", "eth."), ("gar", "eth"), "notes.md"),
        ),
        non_examples=(
            Example(("Hello World! Hi All, thanks everyone. Hello Kitty said",)),
            Example(("Thanks Priya Patel for the data",), path="README.md"),
            Example(("kind regards, and thanks priya",)),
        ),
    ),
    (
        rb"(?i:\b(?:"
        + _GREETS
        + rb"))(?: to)?(?:,[ ]?(?:\r?\n){0,2}|[ ]|(?:\r?\n){1,2})[> ]{0,3}[A-Z\xc3][a-z\xc3-\xc9]",
    ),
    _examine,
)

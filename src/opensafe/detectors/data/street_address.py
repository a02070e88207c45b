"""Street addresses: a house number, a name and a word for a street."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_STREET = rb"Road|Street|Lane|Avenue|Close|Drive|Terrace|Gardens|Crescent|Grove|Mews|Rd|Ave|Cres"
_ALSO_WORDS = rb"Court|Place|Way|Hill|Square|Park|Walk|Rise|View|Green|Parade|Row|Gate|House|St|Ln"
_NAME = rb"[A-Z][A-Za-z'.]{1,20}(?:[ -][A-Z][A-Za-z'.]{1,20}){0,2}"
_ADDRESS = expression(
    rb"(?<![\w.#/:-])(?P<flat>(?:Flat|Apartment|Apt) \d{1,4}[A-Za-z]?,? )?\d{1,4}[A-Za-z]?(?:-\d{1,4})?,? "
    + _NAME
    + rb" (?:(?P<street>"
    + _STREET
    + rb")|"
    + _ALSO_WORDS
    + rb")(?![\w-])"
)
_CONTEXT = expression(
    rb"(?i)address|addr(?![a-z])|street|resid|(?<![a-z])(?:lives?|home|patient|line_?1)(?![a-z])"
    rb"|(?<![a-z0-9])[a-z]{1,2}\d[\da-z]? ?\d[abd-hjlnp-uw-z]{2}(?![\w/-])"
)  # or a postcode
_NO_STREET = expression(rb"(?i)\b(?:no|in|on|of|the|page|step|table|figure|version|level|top|bottom|last|first)\b")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _ADDRESS.finditer(specimen.data, start, end):
        in_context = _CONTEXT.search(around(specimen.data, *match.span())) is not None
        if in_context or ((match["street"] or match["flat"]) and not _NO_STREET.search(match.group())):
            yield _hit(match, in_context=in_context)


def _hit(match: re.Match[bytes], *, in_context: bool) -> Hit:
    return Hit(
        start=match.start(),
        end=match.end(),
        value=Secret(b" ".join(match.group().lower().replace(b",", b" ").split()), "street address"),
        form=Form.OTHER,
        severity=Severity.MEDIUM if in_context else Severity.LOW,
        confidence=Confidence.MEDIUM if in_context else Confidence.LOW,
        why="a house in a street, beside a postcode or a word such as address" if in_context else "a house in a street",
    )


DETECTOR = PatternDetector(
    Card(
        id="data.street-address",
        title="Street address",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Where somebody lives. Medium beside a postcode or a word such as address, else low: those of "
        "organisations are far more common.",
        remedy="Redact, unless it is the public address of an organisation.",
        reference="facts: data 2, postcode",
        examples=(
            Example(("lives at 12 Aca", "cia Road"), ("12 aca", "cia road")),
            Example(('"line1": "Flat 3, 12b St Ann', "'s", ' Court"'), ("flat 3 12b st ann", "'s court"), "p.json"),
            Example(("12 Mill Hi", "ll, Leeds, ZE9 9ZZ"), ("12 mill hi", "ll")),
        ),
        non_examples=(
            Example(("Ward 12 View, 3 Data Row, 4 Red Square",)),
            Example(("see Figure 3 High Street",)),
            Example(("v1.12 Mill Road",)),
            Example(("12 acacia road",)),
        ),
    ),
    (
        rb"[0-9][A-Za-z]?,? [A-Z][A-Za-z'.]{1,20}(?:[ -][A-Z][A-Za-z'.]{1,20}){0,2} (?:"
        + _STREET
        + rb"|"
        + _ALSO_WORDS
        + rb")\b",
    ),
    _examine,
)

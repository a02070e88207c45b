"""Full UK postcodes: about fifteen addresses each."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_AREAS = frozenset(
    b"AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    b"FK FY G GL "
    b"GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP "
    b"NR NW OL OX "
    b"PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    b"WD WF WN "
    b"WR WS WV YO ZE".split()
)
_UNIT = expression(
    rb"(?<![\w#/.-])(?P<area>[A-Z]{1,2})(?:[0-9]{1,2}|[0-9][A-HJKMNPR-Y])(?P<gap> ?)[0-9][ABD-HJLNP-UW-Z]{2}(?![\w/-])"
    rb"|(?<![\w#/.-])GIR(?P<girgap> ?)0AA(?![\w/-])"
)
_CONTEXT = expression(
    rb"(?i)post ?-?_?code|address|resid|(?<![a-z])(?:street|road|avenue|lane|home|patient|zip)(?![a-z])"
    rb"|(?<![a-z])(?:liv(?:es|ed|ing)|moved)(?: (?:in|at|near|to|from))?(?![a-z])"
    rb"|(?<![a-z])pcd?s?[\"']?[ ]?(?:=|:|<-)"
    rb"|(?-i:\b\d{1,3}[A-Za-z]?,? [A-Z][a-z]{2,20} (?:Close|Drive|Crescent|Gardens|Terrace|Grove|Mews|Walk)\b)"
)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _UNIT.finditer(specimen.data, start, end):
        if match["area"] is None or match["area"] in _AREAS:
            in_context = _CONTEXT.search(around(specimen.data, *match.span())) is not None
            if in_context or match["gap"] or match["girgap"]:
                yield _hit(match, in_context=in_context)


def _hit(match: re.Match[bytes], *, in_context: bool) -> Hit:
    why = "beside a word such as postcode or address" if in_context else "without a word such as postcode beside it"
    return Hit(
        start=match.start(),
        end=match.end(),
        value=Secret(match.group().replace(b" ", b""), "postcode"),
        form=Form.POSTCODE,
        severity=Severity.MEDIUM if in_context else Severity.LOW,
        confidence=Confidence.MEDIUM if in_context else Confidence.LOW,
        why=why,
    )


DETECTOR = PatternDetector(
    Card(
        id="data.uk-postcode",
        title="Full postcode",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="A full postcode is about fifteen addresses; with an age and a diagnosis it is a person. Those of "
        "organisations are "
        "far more common: alone it is low.",
        remedy="Keep the outward part only, or redact.",
        reference="BS 7666; Royal Mail, 124 postcode areas; facts: data 2",
        examples=(
            Example(("postcode: ZE", "9 9Z", "Z"), ("ZE", "99Z", "Z")),
            Example(("address,W", "1A1A", "A,x"), ("W", "1A1A", "A")),
            Example(("# lives in ZE", "9 9Z", "Z"), ("ZE", "99Z", "Z")),
            Example(("no match for pc=ZE", "99Z", "Z"), ("ZE", "99Z", "Z"), "run.log"),
        ),
        non_examples=(
            Example(("postcode XX9 9ZZ",)),
            Example(("colour #E12AB",)),
            Example(("postcode ZE9",)),
            Example(("sheet B1 2CM",)),
        ),
    ),
    (rb"[A-Z][0-9][0-9A-Z]? ?[0-9][A-Z]{2}", rb"GIR ?0AA"),
    _examine,
)

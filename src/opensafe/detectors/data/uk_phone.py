"""UK telephone numbers; the ranges that Ofcom keeps for drama are information only."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_NUMBER = expression(
    rb"(?<![\w.+/=-])(?<!\d )(?:(?P<country>\+44|0044)[ -]?(?:\(0\)[ -]?)?|\(?0)"
    rb"(?P<rest>[1-3789]\d{1,4}\)?(?:[ -]?\d{2,8}){1,3})"
    rb"(?![\w-])(?!\.\d)"
)
_NATIONAL_DIGITS = 10
_MOBILE = expression(rb"7[1-57-9]\d{8}")
_LABEL = expression(rb"(?:^|[\s|(])[TMHWt]: ?\Z")  # below a letter
_LABEL_REACH = 5
_PLAIN = expression(rb"\+?\d{10,14}")
_AMONG_WORDS = expression(rb"[A-Za-z]{2,30}[ ,.:;-]{1,3}[(]?\Z")
_CONTEXT = expression(
    rb"(?i)(?<![a-z])(?:tel|phone|telephone|mobile|mob|bleep|fax|call|ring|rang|contact|ext|whatsapp|sms|secretary|reached"
    rb"|nok|next of kin|daughter|son|wife|husband|sister|brother|mother|father|carer)(?![a-z])"
    rb"|telephone|mobile|phone|(?<![a-z])(?:home|work|day|help)_?(?:tel|desk)(?![a-z])"
)
# Ofcom, telephone numbers for use in TV and radio drama programmes: prefixes of the national number.
_DRAMA = tuple(
    b"1134960 1144960 1154960 1164960 1174960 1184960 1214960 1314960 1414960 1514960 1614960 2079460 1914980 2896496 "
    b"2920180 1632960 7700900 8081570 9098790 3069990".split()
)
# Ofcom's numbering plan: 03 for organisations, 080, 084 and 087 for services, 09 at a premium.
_SERVICE = expression(rb"3|8[047]|9")
_RUNS = (b"1234567", b"0000000", b"9876543")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _NUMBER.finditer(specimen.data, start, end):
        national = re.sub(rb"\D", b"", match["rest"])
        if any(run in national for run in _RUNS):
            continue
        in_context = _is_in_context(specimen.data, match, national)
        # A few have a digit fewer.
        is_short = len(national) == _NATIONAL_DIGITS - 1 and in_context and not _PLAIN.fullmatch(match.group())
        if len(national) != _NATIONAL_DIGITS and not is_short:
            continue
        # Eleven digits in a row are a telephone number only where something says so, or among words.
        is_told = in_context or match["country"] == b"+44" or not _PLAIN.fullmatch(match.group())
        if is_told or (_MOBILE.fullmatch(national) and _AMONG_WORDS.search(specimen.data, start, match.start())):
            yield _hit(match, national, in_context=in_context)


def _is_in_context(data: bytes, match: re.Match[bytes], national: bytes) -> bool:
    """Whether a word says so; a mobile number in quotes of its own is one in any case: numbers have no first zero."""
    if _CONTEXT.search(around(data, *match.span())) or _LABEL.search(
        data, max(0, match.start() - _LABEL_REACH), match.start()
    ):
        return True
    sides = data[match.start() - 1 : match.start()] + data[match.end() : match.end() + 1]
    return bool(_MOBILE.fullmatch(national)) and sides in {b'""', b"''"}


def _hit(match: re.Match[bytes], national: bytes, *, in_context: bool) -> Hit:
    is_drama, is_of_service = national.startswith(_DRAMA), _SERVICE.match(national) is not None
    sure = not is_drama and not is_of_service and (in_context or match["country"] is not None)
    why = "of UK form, with a country code or beside a word such as tel" if sure else "of UK form"
    why = "of a range that organisations have, and nobody at home" if is_of_service else why
    return Hit(
        start=match.start(),
        end=match.end(),
        value=Secret(b"0" + national, "telephone number"),
        form=Form.PHONE,
        severity=Severity.INFO if is_drama else Severity.MEDIUM if sure else Severity.LOW,
        confidence=Confidence.MEDIUM if sure else Confidence.LOW,
        why="of a range that is kept for drama" if is_drama else why,
    )


DETECTOR = PatternDetector(
    Card(
        id="data.uk-phone",
        title="UK telephone number",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="A number of a person, a ward or a bleep. Medium with a country code or a word such as tel beside "
        "it, else low. Numbers of the ranges for drama are information only: generators of test data draw from them.",
        remedy="Redact, or replace by a number of Ofcom's drama ranges.",
        reference="Ofcom, National Telephone Numbering Plan and numbers for drama; facts: data 2",
        examples=(
            Example(("tel: 020 3", "814 2", "759"), ("0203", "8142", "759")),
            Example(("ring +44 7", "912 4", "86 253 now"), ("07", "9124", "86253")),
            Example(("value = '0791", "2486253'"), ("0791", "2486253"), "a.py"),
            Example(("Signed off by Jo Bloggs, 0791", "2486253"), ("0791", "2486253"), "tag.txt"),
            Example(("M: 0791", "2486253 | T: 1"), ("0791", "2486253"), "mail.txt"),
        ),
        non_examples=(
            Example(("tel: 07700 900123",)),
            Example(("tel: 020 7946 0018",)),
            Example(("or phone the NHS appointment line on 0345 608 8888",)),
            Example(("tel: 01632 960123",)),
            Example(("x <- 0138", "2759264")),
            Example(("tel 0.2038142759",)),
        ),
    ),
    (rb"(?:\+44|0044|0)[ -]?(?:\(0\)[ -]?)?[1-3789][0-9]{1,4}\)?[ -]?[0-9]{2,8}",),
    _examine,
)

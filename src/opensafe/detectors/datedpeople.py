"""People beside a date of birth: `SMITH J (14/03/2005)`, `J. Smith, d.o.b. 14.03.57`, `Smith, Anna 14/03/1957`.

A date by itself counts before the year 2000, when nobody signed a change to what is in a repository, and in brackets
behind a name that is written as registers do.
"""

import re
from collections.abc import Iterator

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.likelypeople import is_likely
from opensafe.model.expressions import expression

_WORD = rb"(?:[A-Z]|\xc3[\x80-\x9e])(?:[A-Za-z]|[\xc3-\xc5][\x80-\xbf]|['-](?=[A-Za-z])){1,24}"
_SHORT = rb"(?:[A-Z]\.? ?" + _WORD + rb"|" + _WORD + rb",? [A-Z]\.?)"
_MONTH = rb"(?:[/.-]\d{1,2}[/.-]|[ -](?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ -])"
_OLD = rb"(?:\d{1,2}" + _MONTH + rb"19\d\d|19\d\d-\d\d-\d\d)"
_ANY = rb"(?:\d{1,2}" + _MONTH + rb"(?:20|19)?\d\d|(?:20|19)\d\d-\d\d-\d\d)"
_WORDED = rb"(?:(?i:d\.?o\.?b\b|date of birth)|born|b\.(?= ?\d))"
_DATED = expression(
    rb"(?<![\w.@'-])(?:(?P<short>" + _SHORT + rb")|(?P<turned>" + _WORD + rb", " + _WORD + rb")|(?P<full>" + _WORD
    + rb"(?: [A-Z]\.?)? " + _WORD + rb"))(?:(?P<worded>,?[ ]\(?" + _WORDED + rb")|,?[ ]\(?(?P<old>" + _OLD
    + rb")|[ ]\((?P<any>" + _ANY + rb")\))(?![\w/-]|[ T]\d\d:)"
)  # fmt: skip
_SIGNED = expression(rb"(?i)(?:author|by|modified|created|amended|updated|copyright|version|written)[ :]{1,3}\Z")
_BEFORE = 14  # bytes in which such a word stands
TRIGGER = (
    rb"[A-Z][A-Za-z'.\x80-\xff-]{0,24},? ?[A-Z][A-Za-z'.\x80-\xff-]{0,24}"
    rb"(?:,?[ ]\(?(?:(?i:d\.?o\.?b|date of birth)|born|b\. ?[0-9])"
    rb"|,?[ ]\(?(?:[0-9]{1,2}[ /.-](?:[0-9]{1,2}|[A-Za-z]{3,9})[ /.-]19[0-9]{2}|19[0-9]{2}-[0-9]{2}-)"
    rb"|[ ]\((?:[0-9]{1,2}[ /.-](?:[0-9]{1,2}|[A-Za-z]{3,9})[ /.-][0-9]{2}|20[0-9]{2}-[0-9]{2}-))"
)
"""Where such a person can be."""


def dated_people(data: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """Names with their date: the group `short` for an initial and a surname, `turned` or `full` for both names; `old`
    or `any` for a date, none of these where a word of birth stands between.
    """
    for match in _DATED.finditer(data, start, end):
        if not _SIGNED.search(data, max(0, match.start() - _BEFORE), match.start()) and _is_person(match):
            yield match


def _is_person(match: re.Match[bytes]) -> bool:
    if match["short"] is not None:
        return _is_known(match["short"])
    return is_likely(match["turned"] or match["full"]) and not (match["full"] and match["any"])


def _is_known(name: bytes) -> bool:
    """Whether the longer word is a surname and no other word."""
    last = max(name.replace(b",", b" ").replace(b".", b" ").split(), key=len)
    text, known = last.decode("utf-8", "replace"), known_names()
    return known.is_surname(text) and not known.is_word_surname(text) and not is_common_word(last.lower())

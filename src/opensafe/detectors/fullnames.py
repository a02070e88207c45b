"""Finds full names: a given name that is known before a surname that is, or after it and a comma.

A space stands between the two, or a comma and a space, so that no identifier can be taken for a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import KnownNames, known_names
from opensafe.detectors.namewords import FOLLOWS_NO_PERSON, NO_PERSON
from opensafe.detectors.spokenof import is_met
from opensafe.model.expressions import expression

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = _CAPITAL + r"(?:[^\W\d_]|['’-](?=[^\W\d_])(?!['’]?[sS](?!\w))){1,24}"  # noqa: RUF001 - curly apostrophes too
_PARTICLE = r"van der|van den|van de|van|von|de la|de|da|dos|di|del|bin|ibn|al|el|ap|ab|ter|Mac|Ó|Ní|Nic|Uí"
_IRISH = frozenset(("Mac", "Ó", "Ní", "Nic", "Uí"))  # what follows is a surname, whatever it is
_AFTER = expression(
    rf"(?P<middle>(?:(?:{_CAPITAL}\.?|{_WORD}) ){{0,2}}?)(?P<particle>(?:(?:{_PARTICLE}) )?)(?P<last>{_WORD})"
    r"(?!\w|\.[\w.-]{1,40}@)"  # an address begins where the name ends: `Jo Smith jo.smith@…`
)
_BEFORE = expression(rf"(?<![\w.-])(?<!\w['’])(?P<last>{_WORD})\Z")  # noqa: RUF001
_NEXT_WORD = expression(rf"[ ](?:(?:&|&amp;) |(?:and|And|AND) {_WORD} {_WORD} )?(?P<word>[^\W\d_]{{2,30}})")
_GIVEN_BEFORE = expression(
    r"(?P<among>(?:\A|[\n,;&*|>]|\\[nrt]) ?|\b(?:and|by|with|authors?) )?(?:(?<!\w)|(?<=\\[nrt]))"
    rf"(?:(?P<initial>{_CAPITAL}\.?)|(?P<given>{_WORD}))(?: |(?P<broken>\r?\n))\Z"
)
_SURNAME_NEXT = expression(
    rf" (?:{_CAPITAL}\.? ){{0,2}}{_CAPITAL}[^\W\d_]{{1,24}}(?P<listed>[,;]| and | &|[ \t\r]{{0,3}}(?:\n|\Z))?"
)
_BEFORE_ONE_LIST = "patient dr mr mrs ms miss prof nurse sister consultant contact name author dear"
_BEFORE_ONE = frozenset(_BEFORE_ONE_LIST.split())
_JOINED = expression(rf"(?<![\w.@$-])(?P<first>{_CAPITAL}[^\W\d_]{{1,20}})-\Z")  # the Mary of Mary-Ann
_HYPHENED = expression(rb"-[A-Z][a-z]{1,20}(?![\w(=-])")  # the second half of Jean-Paul
_BETWEEN = frozenset((b" and ", b" or ", b", ", b" / ", b"; ", b" & "))  # two names
_PUBLISHER = b" Wiley"  # behind its town: Chichester, John Wiley & Sons
_FARTHEST = max(map(len, _BETWEEN))
_REACH = 120  # bytes around a given name that are looked at
_CHARACTER = 4  # bytes of one at most, in UTF-8
_ESCAPED = (b"\\n", b"\\r", b"\\t")  # the end of a line, as a program writes it into a string
_MENTIONS = frozenset((b"@", b" @", b"\n@", b"\t@"))  # of somebody, in a chat: `@Anna Smith`
_BOTH = 2
_SHORT = 3  # letters
_BEGINS_MORE = frozenset(bytes([byte]) for byte in (*b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *b"vdbiaet", *range(0xC3, 0xCA)))
"""What a surname, a middle name or a particle begins with: all else is passed over at once."""


class FullName(NamedTuple):
    """Where a name stands, and whether neither half means something else too."""

    start: int
    end: int
    sure: bool


@cache
def _search() -> tuple[BytesAhoCorasick, int]:
    """Given names as they begin a name (`Anna `), then as they end one (`, Anna`); and how many the first are."""
    given = sorted(known_names().given)
    # Short names and names that are words occur in capitals all over SQL.
    shouted = [name.upper() for name in given if len(name) > _SHORT and not known_names().is_word_given(name)]
    cased = [name.title() for name in given] + shouted
    patterns = [f"{name} ".encode() for name in cased] + [f", {name}".encode() for name in cased]
    return BytesAhoCorasick(patterns), len(cased)


def full_names(data: bytes) -> Iterator[FullName]:
    """Every name in the text, from left to right; of two that overlap the one that begins first."""
    search, forward = _search()
    known, reached = known_names(), -1
    for pattern, start, end in search.find_matches_as_indexes(data, overlapping=True):
        if pattern < forward and data[end : end + 1] not in _BEGINS_MORE:
            continue
        beside = start - reached <= _FARTHEST and data[reached:start] in _BETWEEN
        found = (
            _forward(data, start, end, known, beside=beside)
            if pattern < forward
            else _reversed(data, start, end, known)
        )
        if found is not None and found.start > reached:
            reached = found.end
            yield found


def _forward(data: bytes, start: int, end: int, known: KnownNames, *, beside: bool) -> FullName | None:
    """`Anna Smith`, `Anna J. van der Smith`: the longest that ends in a surname. `beside` another name more is one."""
    if _continues(data[max(0, start - _CHARACTER) : start]):
        joined = _JOINED.search(_text(data[max(0, start - _REACH) : start]))
        if joined is None or not known.is_given(joined["first"]):
            return None
        start -= _size(joined.group())
    after = _text(data[end : end + _REACH])
    match = _last_name(after, known)
    if match is None:
        return _unlisted(data, start, end, known, after, beside=beside)
    follows = _NEXT_WORD.match(after, match.end())
    if follows and follows["word"].lower() in FOLLOWS_NO_PERSON:
        return None
    if not FOLLOWS_NO_PERSON.isdisjoint(after[: match.start("last")].lower().split()):
        return None  # a house and its town
    given = _text(data[start : end - 1])
    sure = _verdict(given, match["last"], known)
    if sure is None and not (_could_be(given, match["last"]) and (beside or is_met(data, start, after[match.end() :]))):
        return None
    return FullName(start, end + _size(after[: match.end()]), sure=bool(sure))


def _unlisted(data: bytes, start: int, end: int, known: KnownNames, after: str, *, beside: bool) -> FullName | None:
    """A given name that is no word before a surname that no list has, where a person is spoken of."""
    given, match = _text(data[start : end - 1]), _AFTER.match(after)
    if match is None or known.is_word_given(given) or not _could_be(given, match["last"]):
        return None
    if is_common_word(match["last"].lower().encode()) or match["last"].lower() in FOLLOWS_NO_PERSON:
        return None
    is_one = beside or is_met(data, start, after[match.end() :])
    return FullName(start, end + _size(after[: match.end()]), sure=False) if is_one else None


def _could_be(given: str, last: str) -> bool:
    return (
        given.istitle()
        and last[:1].isupper()
        and not last.isupper()
        and NO_PERSON.isdisjoint({given.lower(), last.lower()})
    )


def _last_name(after: str, known: KnownNames) -> re.Match[str] | None:
    """The surname after a given name, beyond middle names: the last of several that no other word could be."""
    found, at = None, 0
    while match := _AFTER.match(after, at):
        last, at = match["last"], match.end() + 1
        if match["particle"].strip() in _IRISH:
            return match
        if known.is_surname(last) and not (found and known.is_word_surname(last)):
            found = match
        elif found or not known.is_given(last):
            break
        if after[at - 1 : at] != " ":
            break
    return found


def _reversed(data: bytes, start: int, end: int, known: KnownNames) -> FullName | None:
    """`Smith, Anna`."""
    joined = _HYPHENED.match(data, end)
    end = joined.end() if joined else end
    if _goes_on(data[end : end + _CHARACTER]) or data.startswith(_PUBLISHER, end):
        return None
    before = _text(data[max(0, start - _REACH) : start])
    match = _BEFORE.search(before)
    if match is None:
        return None
    first, last = _text(data[start + 2 : end]).partition("-")[0], match["last"]
    if not known.is_surname(last):
        # `BLOGGS, Anna` is how registers write people.
        is_one = len(last) > _SHORT and last.isupper() and first.istitle() and not known.is_word_given(first)
        return FullName(start - _size(last), end, sure=False) if is_one and last.lower() not in NO_PERSON else None
    alone = first.istitle() and last.istitle() and _is_alone(before[: match.start()], data[end : end + _CHARACTER])
    if known.is_given(last) and not alone:
        return None  # a list of given names: `Karen, Emma`
    if not alone and _is_list(before[: match.start("last")], _text(data[end : end + _REACH]), known):
        return None
    # Registers write surnames in capitals.
    sure = _verdict(first, last.title() if last.isupper() and first.istitle() else last, known)
    if sure is None and not (alone and NO_PERSON.isdisjoint({first.lower(), last.lower()})):
        return None
    return FullName(start - _size(last), end, sure=bool(sure))


def _is_alone(before: str, after: bytes) -> bool:
    """Whether quotes or tags stand on both sides, or a label and a bracket: `Bed 5: Hunter, Keith (…)`."""
    if before.endswith((": ", ":")):
        return after.startswith(b" (")
    return before.endswith(("'", '"', ">")) and after.startswith((b"'", b'"', b"<"))


def _is_list(before: str, after: str, known: KnownNames) -> bool:
    """Whether surname and given name are of two people: `Gareth Hughes, Anna Smith and others`."""
    of_first, of_second = _GIVEN_BEFORE.search(before), _SURNAME_NEXT.match(after)
    if of_first is None or of_second is None:
        return False
    first = of_first["given"] or ""
    if first.lower() in _BEFORE_ONE or of_second[0].isupper():
        return False
    is_given = of_first["initial"] is not None or known.is_given(first)
    if of_first["broken"]:  # in a list of names that is broken into lines
        return is_given and bool(first) and not known.is_word_given(first) and of_second["listed"] is not None
    return is_given or (of_first["among"] is not None and of_second["listed"] is not None)


def _verdict(given: str, last: str, known: KnownNames) -> bool | None:
    """Whether both are sure; `None` where it is no name: two words, or capitals of which one is a word."""
    words = known.is_word_given(given) + known.is_word_surname(last)
    if {given.lower(), last.lower()} & NO_PERSON or words == _BOTH:
        return None
    if given.isupper() != last.isupper() and len(given) > 1:
        return None
    return None if words and given.isupper() else not words


def _continues(before: bytes) -> bool:
    if before.endswith(_ESCAPED) or before[-2:] in _MENTIONS:
        return False
    text = _text(before)[-1:]
    return text.isalnum() or (text != "" and text in "_-.$@")


def _goes_on(after: bytes) -> bool:
    text = _text(after)[:1]
    return text.isalnum() or (text != "" and text in "_-(=")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))

"""Reads one name after the other where people are listed: `Anna Smith (chair), Dr B. Jones and Khan, Imran`.

What stands there has to have the form of a name, and one end of it has to be known: of names from all over the world
the lists hold one half far more often than both.
"""

from collections.abc import Iterator
from functools import lru_cache

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import is_full_name, known_names
from opensafe.detectors.grids import Cell
from opensafe.detectors.namewords import BEGINS_NO_PERSON, FOLLOWS_NO_PERSON, NO_PERSON, OF_PROGRAMS
from opensafe.model.expressions import expression

_NOBODY = NO_PERSON | FOLLOWS_NO_PERSON | OF_PROGRAMS
_MOST = 40  # names of one list
_CAPITAL = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])"
_LETTER = (
    rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|\xe1[\x80-\xbf]{2}|(?:'|\xe2\x80\x99|-)(?=[A-Za-z\xc3-\xc9])(?!s(?!\w)))"
)
_WORD = _CAPITAL + _LETTER + rb"{1,24}"
_PARTICLE = rb"(?:van der|van den|van de|van|von|de la|de|da|dos|di|del|bin|ibn|al|el|ap|ter)"
_TITLE = rb"(?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sister|Nurse|Rev)\.?[ ])?"
_FORWARD = (
    rb"(?:" + _WORD + rb"|" + _CAPITAL + rb"\.?)(?:[ ]" + _CAPITAL + rb"\.?|[ ]" + _WORD + rb"){0,2}"
    rb"(?:[ ]" + _PARTICLE + rb")?[ ]" + _WORD
)
_REVERSED = _WORD + rb"(?:[ -]" + _WORD + rb")?,[ ]" + _WORD
_ENDS = rb"(?![\w@]|\.[\w.-]{1,40}@|[ ]" + _WORD + rb")"
_FIRST = expression(_TITLE + rb"(?P<name>" + _FORWARD + rb")" + _ENDS)
_TURNED = expression(_TITLE + rb"(?P<name>" + _REVERSED + rb")(?=[ ]{0,4}(?:[;(<|\"'\r\n]|\Z|[ ]-))")
_NEXT = expression(
    rb"(?:[ ]?[(<][^()<>\r\n]{1,60}[)>])?"
    rb"(?:[ ]{0,2}[,;/&|][ ]{1,2}(?:and[ ])?|[ ](?:and|&|&amp;|\+)[ ]|[ ]?<br ?/?>[ ]?)"
)
_ABBREVIATION = 4  # letters
_INITIALS = expression(r"(?:[A-Z]\.?)")


def people_from(data: bytes, at: int, end: int) -> Iterator[Cell]:
    """The spans of the names of a list that begins at `at`, as far as there are names in it."""
    for _ in range(_MOST):
        match = _TURNED.match(data, at, end) or _FIRST.match(data, at, end)
        if match is None:
            return
        if is_somebody(match["name"]):
            yield match.span("name")
        further = _NEXT.match(data, match.end(), end)
        if further is None:
            return
        at = further.end()


@lru_cache(maxsize=4096)
def is_somebody(name: bytes) -> bool:
    """Whether two words or more with capitals are a person's name: one end is known, and no word says otherwise."""
    last, comma, first = name.partition(b", ")
    forward = first + b" " + last if comma else name
    words = forward.decode("utf-8", "replace").split()
    plain = {word.strip(".").lower() for word in words}
    if not plain.isdisjoint(_NOBODY) or words[0].lower() in BEGINS_NO_PERSON or _is_abbreviation(words[-1]):
        return False
    if forward.isupper() or not is_full_name(forward):
        return False
    return _agrees(words[0], words[-1])


def _is_abbreviation(word: str) -> bool:
    """`GPG`, in a title such as `Import Remi GPG key`: no surname that is known, and short."""
    return word.isupper() and 1 < len(word) <= _ABBREVIATION and not known_names().is_surname(word)


def _agrees(first: str, last: str) -> bool:
    """Whether what is not known of the two ends is at least no ordinary word."""
    known = known_names()
    given, surname = known.is_given(first), known.is_surname(last)
    if _INITIALS.fullmatch(first):
        return surname
    if given and surname:
        return True
    if given:
        return not known.is_word_given(first) and not is_common_word(last.encode())
    return not known.is_word_surname(last) and not is_common_word(first.encode()) and not known.is_word_given(first)

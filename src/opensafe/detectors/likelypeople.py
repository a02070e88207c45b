"""Decides about several names together: where most of a list are surely people, the others in it are people too.

One name by itself may be two words (Rose Hall), or half of it may stand in no list; among other people it is somebody.
"""

from collections.abc import Iterable, Sequence

from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.grids import Cell
from opensafe.detectors.namecells import are_known, is_known
from opensafe.detectors.namewords import FOLLOWS_NO_PERSON, NO_PERSON, OF_PROGRAMS
from opensafe.detectors.peoplelists import is_somebody

_NOBODY = NO_PERSON | OF_PROGRAMS
_SHARE = 0.75
_COMPASS = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"))
_WORDS, _SURE_WORDS = 0.8, 0.5  # the same of single words, and of those that mean nothing else


def people_among(data: bytes, cells: Sequence[Cell], fewest: int) -> Iterable[Cell]:
    """Those of the cells that are people: at least `fewest` different ones surely, and three of four likely."""
    likely = [cell for cell in cells if is_likely(data[slice(*cell)])]
    sure = {data[slice(*cell)] for cell in likely if is_sure(data[slice(*cell)])}
    return likely if len(sure) >= fewest and len(likely) >= _SHARE * len(cells) else ()


def names_among(data: bytes, cells: Sequence[Cell], fewest: int) -> Iterable[Cell]:
    """Those of single words that are names: at least `fewest` different ones mean nothing else, four of five known."""
    listed = [cell for cell in cells if _is_listed(data[slice(*cell)])]
    sure = {data[slice(*cell)] for cell in listed if is_known(data[slice(*cell)])}
    return listed if len(sure) >= max(fewest, _SURE_WORDS * len(cells)) and len(listed) >= _WORDS * len(cells) else ()


def _is_listed(word: bytes) -> bool:
    text, known = word.decode("utf-8", "replace"), known_names()
    return text.lower() not in NO_PERSON and (known.is_given(text) or known.is_surname(text))


def is_likely(name: bytes) -> bool:
    """Whether it has the form of a name of which both ends are known, or one is and the other no ordinary word."""
    if _is_region(name):
        return False
    if name.isupper():
        return is_sure(name)
    return is_somebody(name) or _is_known(name)


def _is_region(name: bytes) -> bool:
    """Whether it is part of a place: `Skye North West`, `Stirling East`. There are people called West."""
    first, *more = name.decode("utf-8", "replace").lower().split()
    return not _COMPASS.isdisjoint({first, *more[:-1]}) or (more[-1:] != ["west"] and not _COMPASS.isdisjoint(more))


def _is_known(name: bytes) -> bool:
    """Whether both ends are known, and it is no house: Hall and Ward are surnames behind what is no other word."""
    first, last = (end.decode("utf-8", "replace").lower() for end in _ends(name))
    if not are_known(*_ends(name)) or not _NOBODY.isdisjoint(name.decode("utf-8", "replace").lower().split()):
        return False
    return last not in FOLLOWS_NO_PERSON or not known_names().is_word_given(first)


def is_sure(name: bytes) -> bool:
    """Whether both ends are known, and at least one of them means nothing else."""
    first, last = _ends(name)
    if not are_known(first, last):
        return False
    if _is_region(name):
        return False
    known, given, surname = known_names(), first.decode("utf-8", "replace"), last.decode("utf-8", "replace")
    return known.is_surname(surname) and not (known.is_word_given(given) and known.is_word_surname(surname))


def _ends(name: bytes) -> tuple[bytes, bytes]:
    """The given name and the surname, whichever stands first."""
    last, comma, first = name.partition(b",")
    words = (first + b" " + last if comma else name).split()
    return words[0], words[-1]

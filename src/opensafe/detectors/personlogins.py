"""Tells user names that are made of somebody's name: `anna.smith`, `smith_a`, `asmith7`."""

import re

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.genericnames import is_generic
from opensafe.model.expressions import expression

_LOGIN = expression(rb"[a-z]{1,20}(?:[._-][a-z]{1,20}){0,2}\d{0,4}")
_SHORTEST = 4  # letters of a surname that stands beside an initial
_FEWEST = 3  # letters of either half of a name without a mark between


def is_persons_login(login: bytes) -> bool:
    """Whether a user name is a given name and a surname that are known, or an initial and a surname that is no word."""
    if not _LOGIN.fullmatch(login) or is_generic(login) or is_common_word(login) or _is_several(login):
        return False
    parts = [part for part in re.split(r"[._-]", login.decode().rstrip("0123456789")) if part]
    if len(parts) == 1:
        return _is_joined(parts[0])
    first, last = parts[0], parts[-1]
    return _are_names(first, last) or _are_names(last, first) or _is_initial(first, last) or _is_initial(last, first)


def _is_several(login: bytes) -> bool:
    """Whether it is the plural of an ordinary word: `DOMAIN\\Tables` leads to tables, and not to T. Ables."""
    return login.endswith(b"s") and is_common_word(login[:-1])


def _are_names(first: str, last: str) -> bool:
    known = known_names()
    return known.is_given(first) and known.is_surname(last)


def _is_initial(initial: str, last: str) -> bool:
    """Whether a mark stands between an initial and a surname, be it another word as well."""
    return (
        len(initial) == 1
        and len(last) >= _SHORTEST
        and known_names().is_surname(last)
        and not is_common_word(last.encode())
    )


def _is_short(initial: str, last: str) -> bool:
    """Whether it is an initial and a surname that means nothing else."""
    known = known_names()
    is_sure = known.is_surname(last) and not known.is_word_surname(last) and not is_common_word(last.encode())
    return len(initial) == 1 and len(last) >= _SHORTEST and is_sure


def _is_joined(login: str) -> bool:
    if _is_short(login[0], login[1:]) or _is_short(login[-1], login[:-1]):
        return True
    known = known_names()
    cuts = ((login[:at], login[at:]) for at in range(_FEWEST, len(login) - _FEWEST + 1))
    return any(_are_names(*cut) and not (known.is_word_given(cut[0]) and known.is_word_surname(cut[1])) for cut in cuts)

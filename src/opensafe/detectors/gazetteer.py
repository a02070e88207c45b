"""The list of known names that opensafe ships: given names and surnames, and which of them are words as well.

`tools/known_names.py` makes the list; `docs/decisions/0028-known-names.md` says from what.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from opensafe.detectors.commonwords import is_common_word

_LIST = "known_names.txt"
_WORD = "~"
_FEWEST, _MOST = 2, 5
_FIRM_LIST = (
    "nhs trust team university hospital department group ltd limited inc llc plc pbc gmbh foundation institute unit"
    " service services data analytics analysis digital software labs society council office ministry centre center"
    " contributors authors developers project community network board health care england scotland wales the and of for"
)
_OF_FIRMS = frozenset(_FIRM_LIST.split())
_SHORTEST_PREFIXED = 5  # letters of a surname such as McAdam or O'Hara that need not be listed
_STROKES = str.maketrans("łøđ", "lod")  # these are no letters with an accent
_PREFIXES = ("mc", "mac", "o'", "fitz")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names in small letters, without the mark. `words` are names of either kind that mean something else too."""

    given: frozenset[str]
    surnames: frozenset[str]
    given_words: frozenset[str]
    surname_words: frozenset[str]
    edition: str  # SHA-256 of the list

    def is_given(self, name: str) -> bool:
        """Whether it is a given name; of two that are joined by a hyphen the first one counts."""
        plain = _plain(name)
        if plain in self.given or plain.partition("-")[0] in self.given:
            return True
        return not plain.isascii() and _folded(plain) in self.given

    def is_surname(self, name: str) -> bool:
        """Whether it is a surname, or one that is made of others: Smith-Jones, O'Hara, McAdam."""
        plain = _plain(name)
        if plain in self.surnames or plain.replace("'", "") in self.surnames:
            return True
        if not plain.isascii() and _folded(plain) in self.surnames:
            return True
        if "-" in plain:
            parts = plain.split("-")
            strange = (part for part in parts if part not in self.surnames)
            return any(part in self.surnames for part in parts) and not any(
                is_common_word(part.encode()) for part in strange
            )
        return plain.startswith(_PREFIXES) and len(plain) >= _SHORTEST_PREFIXED and not plain.startswith("mach")

    def is_word_given(self, name: str) -> bool:
        return _plain(name) in self.given_words

    def is_word_surname(self, name: str) -> bool:
        return _plain(name) in self.surname_words


@cache
def known_names() -> KnownNames:
    """The list, read once in a process."""
    raw = files("opensafe.detectors").joinpath(_LIST).read_bytes()
    _, _, lists = raw.decode("utf-8").partition("[given]\n")
    given, _, surnames = lists.partition("[surnames]\n")
    return KnownNames(_names(given), _names(surnames), _words(given), _words(surnames), sha256(raw).hexdigest())


def is_full_name(name: bytes) -> bool:
    """Whether a text of two to five words is somebody's name rather than a firm's: one end of it is known."""
    words = name.decode("utf-8", "replace").split()
    if not _FEWEST <= len(words) <= _MOST or any(word.strip(".,").lower() in _OF_FIRMS for word in words):
        return False
    known = known_names()
    return known.is_given(words[0]) or known.is_surname(words[-1])


def _names(lines: str) -> frozenset[str]:
    return frozenset(line.removesuffix(_WORD) for line in lines.split("\n") if line)


def _words(lines: str) -> frozenset[str]:
    return frozenset(line.removesuffix(_WORD) for line in lines.split("\n") if line.endswith(_WORD))


def _folded(plain: str) -> str:
    """Without accents and strokes."""
    return unicodedata.normalize("NFKD", plain.translate(_STROKES)).encode("ascii", "ignore").decode()


def _plain(name: str) -> str:
    """Small letters, composed, with a plain apostrophe."""
    return unicodedata.normalize("NFC", name).lower().replace("’", "'")  # noqa: RUF001 - the curly one

"""How much a string looks like a word, a run or a mask rather than something random. Cheap, and never proof.

Words are told from random text by which character follows which (`letterpairs`): on identifiers and words of eight
letters that the table was not made from, 95 of 100 are above zero, and 88 of 100 random ones below.
"""

import re
from functools import lru_cache

from opensafe.detectors.letterpairs import PAIRS, STEPS, SYMBOLS, ZERO
from opensafe.model.expressions import expression

_BITS = {
    before + after: (ord(step) - ord(ZERO)) / STEPS
    for before, row in PAIRS.items()
    for after, step in zip(SYMBOLS, row, strict=True)
}
_DIGIT = expression(r"[1-9]")
_PARTS = expression(r"[a-z0]{1,64}")
_LETTER_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "9876543210")
_CASED = expression(r"[A-Z]{1,64}(?![a-z])|[A-Z]?[a-z]{1,64}")
_SYLLABLE = 3  # letters, and parts that are shorter
_RUN = 4  # characters of a keyboard or alphabet run
_LONG_RUN = 8  # counts in long values too
_INTERLEAVED = (
    "a1b2c3d4",
    "1a2b3c4d",
    "abc123",
)  # how made-up keys begin; within a value they come by chance, or by hand
_RUNS, _LONG_RUNS = (
    frozenset(run[at : at + length] for run in _LETTER_RUNS for at in range(len(run) - length + 1))
    for length in (_RUN, _LONG_RUN)
)
_FEW_DISTINCT = 3
_FEW_SHARE = 5  # a value with fewer different characters than a fifth of its length (up to 8) repeats itself
_LONGEST = 64  # judged on this many characters: what is longer is no word
_SHORT_ENOUGH = 24  # a run of four happens by chance in longer values
_REPEATED = expression(r"(.{1,8})\1{2,60}", re.DOTALL)
_DRAWN = expression(r"(?:([0-9a-z])\1{2,15}|-){3,40}")  # aaaabbbb-cccc-dddd-…
_REPEATED_SHARE = 0.6
_LETTER_SHARE = 0.6
_LIKE_WORDS = 0.1  # bits a character: above it a string is likelier a word
_RANDOM = -0.6  # below it it is hardly one: of identifiers of ten characters, 1 in 200
_HEX = expression(r"(?:0x)?[0-9a-fA-F]{16,}")
_DISTINCT_HEX = 7  # of 16, in a random value of 16 and more


@lru_cache(maxsize=4096)
def word_likeness(text: str) -> float:
    """Bits a character by which `text` is likelier made of words than random: below 0 it is likelier random."""
    parts = _PARTS.findall(_DIGIT.sub("0", text[:_LONGEST].lower()))
    pairs = [before + after for part in parts for before, after in zip("^" + part, part, strict=False)]
    return sum(_BITS[pair] for pair in pairs) / len(pairs) if pairs else 0.0


def looks_like_words(text: str) -> bool:
    """Mostly letters, and these as they follow each other in words."""
    letters = sum(character.isalpha() for character in text)
    return letters >= _LETTER_SHARE * len(text) and word_likeness(text) >= _LIKE_WORDS


def looks_random(text: str) -> bool:
    """Hardly made of words: letters, or letters and digits, as they do not follow each other in names."""
    if _HEX.fullmatch(text):
        return mixes_letters_and_digits(text) and len(set(text.lower())) >= _DISTINCT_HEX
    return word_likeness(text) <= _RANDOM


def holds_run(text: str) -> bool:
    """Holds 1234, abcd, qwer, a1b2c3d4 and the like, or repeats itself, or has few different characters."""
    lowered = text.lower()
    if _DRAWN.fullmatch(lowered):
        return True
    if len(set(lowered)) <= max(_FEW_DISTINCT, min(len(lowered), 40) // _FEW_SHARE):
        return True
    if lowered.startswith(_INTERLEAVED):
        return True
    repeated = _REPEATED.search(lowered[:_LONGEST])
    if repeated is not None and len(repeated.group()) >= _REPEATED_SHARE * len(lowered):
        return True
    if len(lowered) <= _SHORT_ENOUGH and _holds(lowered, _RUNS, _RUN):
        return True
    return holds_long_run(lowered)


def holds_long_run(text: str) -> bool:
    """Holds 12345678, abcdefgh and the like, which no random value does."""
    return _holds(text[:_LONGEST].lower(), _LONG_RUNS, _LONG_RUN)


def _holds(text: str, runs: frozenset[str], length: int) -> bool:
    return any(text[at : at + length] in runs for at in range(len(text) - length + 1))


def is_jumbled(text: str) -> bool:
    """Capitals and small letters change as in no name of code: half of the letters stand by ones and twos."""
    parts = _CASED.findall(text[:_LONGEST])
    short = [part for part in parts if len(part) < _SYLLABLE]
    return len(short) >= _SYLLABLE and 2 * len("".join(short)) >= len("".join(parts))


def mixes_letters_and_digits(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)

"""The second pass: values that were learnt from their context somewhere are searched for everywhere.

A password is found by the word before it; the same password alone in a log is found only here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.genericnames import is_generic
from opensafe.detectors.literals import LiteralSearch
from opensafe.detectors.spellings import spellings_of
from opensafe.formats.decode import decode
from opensafe.model.context import Person, PersonSource
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import Oid
from opensafe.model.match import WITNESS, Match, ObjectScan, Verdict
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.proof.forms import forms_of
from opensafe.scan.matching import Lines

NO_OID = Oid("")
"""Stands for the id of what is not an object: configuration, a file on disk."""

_SHORTEST = 8
_SHORTEST_LOGIN = 6
_SURE_LENGTH = 16
_LETTER, _DIGIT = expression(rb"[A-Za-z]"), expression(rb"[0-9]")
_WORD = expression(rb"[A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value to look for, and what was said of it (pickled to workers through their pipe)."""

    plain: bytes = field(repr=False)
    verdict: Verdict


def worth_searching(verdict: Verdict) -> bool:
    """Values that are sure enough: credentials, hosts and names above low confidence, user names that a path tells,
    NHS numbers by their context. Of credentials of low confidence those that are unmistakable (`known_values`).

    The people of the repository itself are searched for from the start, in every spelling.
    """
    if verdict.category is Category.SECRET:
        return verdict.form is Form.TOKEN
    if verdict.form in {Form.PERSON_NAME, Form.HOST}:
        return verdict.person is None and verdict.confidence is not Confidence.LOW
    if verdict.form is Form.LOGIN:
        return verdict.person is None and verdict.confidence is Confidence.HIGH
    return verdict.form is Form.NHS_NUMBER and verdict.severity in {Severity.CRITICAL, Severity.HIGH}


def unmistakable(plain: bytes) -> bool:
    """Whether a text means this value wherever it occurs, inside longer words too: long, or letters with digits.

    Numbers and plain words stand inside other numbers and words by chance.
    """
    if len(plain) >= _SURE_LENGTH and not plain.isdigit():
        return True
    return len(plain) >= _SHORTEST and bool(_LETTER.search(plain) and _DIGIT.search(plain))


def known_values(found: Iterable[tuple[Verdict, Secret]]) -> tuple[KnownValue, ...]:
    """Each distinct text of the values that are worth it once, long enough to mean something."""
    texts: dict[bytes, Verdict] = {}
    for verdict, secret in found:
        for text in _texts(verdict, secret.reveal()) if worth_searching(verdict) else ():
            if len(text) >= (_SHORTEST_LOGIN if verdict.form is Form.LOGIN else _SHORTEST):
                texts.setdefault(text, verdict)
    return tuple(KnownValue(plain, verdict) for plain, verdict in sorted(texts.items(), key=lambda item: item[0]))


def _texts(verdict: Verdict, plain: bytes) -> tuple[bytes, ...]:
    """The spellings of a value: of a credential every encoding that the proof will look for.

    A name of one word is a word like others, and not searched for by itself.
    """
    if verdict.form is Form.PERSON_NAME:
        return tuple(_spelt(plain)) if len(plain.split()) > 1 else ()
    if verdict.form is Form.LOGIN:
        return (
            ()
            if is_common_word(plain) or is_generic(plain) or plain.isdigit()
            else tuple({plain, plain.upper(), plain.lower()})
        )
    if verdict.form is Form.NHS_NUMBER:
        return plain, re.sub(rb"[^0-9]", b"", plain)
    if unmistakable(plain):
        return forms_of(plain)
    return (plain,) if verdict.confidence is not Confidence.LOW else ()


def _spelt(name: bytes) -> Iterator[bytes]:
    """A full name in the spellings that are sure, each as people write it: names in every case, user names small."""
    person = Person(0, PersonSource.IDENTITY, frozenset({name}), frozenset(), frozenset())
    for spelling in spellings_of(person):
        text = spelling.written.decode("utf-8", "replace")
        if spelling.confidence is Confidence.HIGH and spelling.form is Form.PERSON_NAME:
            yield from (cased.encode() for cased in (text, text.upper(), text.title(), text.lower()))
        elif spelling.confidence is Confidence.HIGH and "." in text:
            yield text.lower().encode()


class LiteralScanner:
    """Finds known values in one content, whatever it is encoded or packed in."""

    def __init__(self, values: Sequence[KnownValue]) -> None:
        self._verdicts = [replace(value.verdict, detector=WITNESS, question="") for value in values]
        self._search = LiteralSearch([value.plain for value in values])
        self._anywhere = [unmistakable(value.plain) for value in values]

    def offsets(self, data: bytes) -> Iterator[int]:
        """Where a value may stand in a plain text."""
        return (start for _, start, _ in self._search.find(data))

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        """The same contract as ContentScanner.scan; `kind` does not matter here."""
        del kind
        parts = decode(data, path).parts
        return ObjectScan(
            oid, len(data), tuple(match for part in parts for match in self._matches(part.data, part.via))
        )

    def scan_pieces(self, oid: Oid, data: bytes, pieces: Iterable[tuple[int, bytes]]) -> ObjectScan:
        """The same for a content of which nothing has to be decoded, and values stand in these pieces only (each with
        its offset, in order).
        """
        return ObjectScan(oid, len(data), tuple(self._matches(data, (), pieces)))

    def _matches(
        self, data: bytes, via: tuple[str, ...], pieces: Iterable[tuple[int, bytes]] | None = None
    ) -> Iterator[Match]:
        lines = Lines(data)
        for begin, piece in ((0, data),) if pieces is None else pieces:
            for index, first, last in self._search.find(piece):
                start, end = begin + first, begin + last
                if self._anywhere[index] or _stands_alone(data, start, end):
                    yield Match(self._verdicts[index], via, start, end, *lines.position(start))


def _stands_alone(text: bytes, start: int, end: int) -> bool:
    return not (_WORD.match(text[max(start - 1, 0) : start]) or _WORD.match(text[end : end + 1]))

"""How one person's name, address and user name are spelt: what to search for, and how sure a match is."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from opensafe.detectors.genericnames import is_generic, is_no_reply
from opensafe.model.context import Person
from opensafe.model.finding import Confidence, Form

_SHORTEST_NAME = 4  # letters of a name that is one word
_SHORTEST_SURNAME = 4  # letters, for "J Smith" and "jsmith"
_SHORTEST_LOGIN = 3
_REVIEWED_LOGIN = 5  # user names up to this length are too often words (facts, data 4)
_JOINED = 8  # letters of "firstlast"


class Spelling(NamedTuple):
    """`written` is searched for without regard to ASCII case; `canonical` is the value of the finding.

    A long history has a hundred thousand of them: a tuple is made in a third of the time.
    """

    written: bytes
    canonical: bytes
    form: Form
    confidence: Confidence
    person: int

    def __repr__(self) -> str:
        """Without the name."""
        return f"Spelling(form={self.form!r}, confidence={self.confidence!r}, person={self.person})"


@lru_cache(maxsize=10_000)
def spellings_of(person: Person) -> tuple[Spelling, ...]:
    """Every spelling, the surest first; generic words and addresses that name nobody are left out.

    Several detectors ask for the same people, of whom a long history has thousands.
    """
    return tuple(_spellings(person))


def _spellings(person: Person) -> Iterator[Spelling]:
    for email in sorted(person.emails):
        if b"@" in email and not is_no_reply(email):
            yield Spelling(email, email.lower(), Form.EMAIL, Confidence.HIGH, person.number)
    for name in sorted(person.names):
        yield from _of_name(" ".join(name.decode("utf-8", "replace").split()), person.number)
    for login in sorted(person.logins):
        if sum(chr(byte).isalpha() for byte in login) >= _SHORTEST_LOGIN and not is_generic(login):
            yield Spelling(login, login.lower(), Form.LOGIN, _login_confidence(login), person.number)


def _login_confidence(login: bytes) -> Confidence:
    if len(login) <= _REVIEWED_LOGIN:
        return Confidence.LOW
    return Confidence.MEDIUM if login.isalpha() else Confidence.HIGH


def _of_name(name: str, number: int) -> Iterator[Spelling]:
    words = [word for word in name.replace(",", " ").split() if word]
    if not words or is_generic(name.encode()) or "�" in name or "@" in name:
        return
    if len(words) == 1:
        if len(name) >= _SHORTEST_NAME:
            yield from _written(name, Form.PERSON_NAME, Confidence.LOW, number)
        return
    if all(is_generic(word.encode()) for word in words):
        return
    yield from _written(name, Form.PERSON_NAME, Confidence.HIGH, number)
    first, *middle, last = words if "," not in name else [*words[1:], words[0]]
    yield from _of_two(first, last, number)
    yield from _with_middle(first, [word for word in middle if word[0].isupper()], last, number)
    if "-" in last:
        yield from _of_two(first, last.replace("-", " "), number, logins=False)


def _of_two(first: str, last: str, number: int, *, logins: bool = True) -> Iterator[Spelling]:
    for written in (f"{first} {last}", f"{last}, {first}"):
        yield from _written(written, Form.PERSON_NAME, Confidence.HIGH, number)
    if len(last) >= _SHORTEST_SURNAME:
        initial = first[0]
        for written in (f"{initial} {last}", f"{initial}. {last}", f"{last}, {initial}", f"{last} {initial}."):
            yield from _written(written, Form.PERSON_NAME, Confidence.MEDIUM, number)
    if logins:
        yield from _logins_of(_without_apostrophes(first), _without_apostrophes(last), number)


def _without_apostrophes(name: str) -> str:
    return re.sub(r"['’]", "", name)  # noqa: RUF001


def _with_middle(first: str, middle: list[str], last: str, number: int) -> Iterator[Spelling]:
    """Names with their middle names in full or as initials; without them they are names of two words."""
    if not middle or len(last) < _SHORTEST_SURNAME:
        return
    initials = [word[0] for word in middle]
    for written in (
        f"{first} {' '.join(initials)} {last}",
        f"{first} {'. '.join(initials)}. {last}",
        f"{' '.join([first[0], *initials])} {last}",
        f"{'.'.join([first[0], *initials])}. {last}",
        f"{''.join([first[0], *initials])} {last}",
        f"{last}, {' '.join([first, *middle])}",
    ):
        yield from _written(written, Form.PERSON_NAME, Confidence.MEDIUM, number)


def _logins_of(first: str, last: str, number: int) -> Iterator[Spelling]:
    """User names as organisations make them of two names; those that are short or one run of letters are less sure."""
    if len(first) + len(last) >= _JOINED:
        for joint in ".", "_", "-":
            yield from _written(f"{first}{joint}{last}", Form.LOGIN, Confidence.HIGH, number)
            yield from _written(f"{last}{joint}{first}", Form.LOGIN, Confidence.HIGH, number)
        yield from _written(f"{first}{last}", Form.LOGIN, Confidence.MEDIUM, number)
        yield from _written(f"{last}{first}", Form.LOGIN, Confidence.MEDIUM, number)
    if len(last) >= _REVIEWED_LOGIN:
        for written in (f"{first[0]}{last}", f"{last}{first[0]}", f"{first[0]}.{last}", f"{first[0]}_{last}"):
            yield from _written(written, Form.LOGIN, Confidence.LOW, number)
    if len(first) >= _REVIEWED_LOGIN:
        yield from _written(f"{first}{last[0]}", Form.LOGIN, Confidence.LOW, number)


def _written(name: str, form: Form, confidence: Confidence, number: int) -> Iterator[Spelling]:
    """The name composed and decomposed, in small and in capital letters, and without its accents."""
    if name.isascii() and "'" not in name:  # most are: there is nothing to compose
        written = name.encode()
        capitals, canonical = written.upper(), written.lower()
        if capitals != written:
            yield Spelling(capitals, canonical, form, confidence, number)
        yield Spelling(written, canonical, form, confidence, number)
        return
    canonical = unicodedata.normalize("NFC", name).lower().encode()
    for variant in sorted(_variants(name)):
        yield Spelling(variant.encode(), canonical, form, confidence, number)


def _variants(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    forms = {name, *(name.replace(one, other) for one, other in ("'’", "’'"))}  # noqa: RUF001
    cased = {cased for form in forms for cased in (form, form.upper())}
    variants = {unicodedata.normalize(shape, text) for shape in ("NFC", "NFD") for text in cased}
    if len(plain) == len(name):
        variants.add(plain)
    return variants

"""How one person's name, address and user name are spelt: what to search for, and how sure a match is."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from opensafe.detectors.genericnames import is_generic, is_no_reply
from opensafe.model.context import Person
from opensafe.model.finding import Confidence, Form

_SHORTEST_NAME = 4  # letters of a name that is one word
_SHORTEST_SURNAME = 4  # letters, for "J Smith" and "jsmith"
_SHORTEST_LOGIN = 3
_REVIEWED_LOGIN = 5  # user names up to this length are too often words (facts, data 4)
_JOINED = 8  # letters of "firstlast"


@dataclass(frozen=True, slots=True)
class Spelling:
    """`written` is searched for without regard to ASCII case; `canonical` is the value of the finding."""

    written: bytes = field(repr=False)
    canonical: bytes = field(repr=False)
    form: Form
    confidence: Confidence
    person: int


def spellings_of(person: Person) -> Iterator[Spelling]:
    """Every spelling, the surest first; generic words and addresses that name nobody are left out."""
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
    first, last = (words[1], words[0]) if "," in name else (words[0], words[-1])
    yield from _of_two(first, last, number)


def _of_two(first: str, last: str, number: int) -> Iterator[Spelling]:
    for written in (f"{first} {last}", f"{last}, {first}"):
        yield from _written(written, Form.PERSON_NAME, Confidence.HIGH, number)
    if len(last) >= _SHORTEST_SURNAME:
        for written in (f"{first[0]} {last}", f"{first[0]}. {last}"):
            yield from _written(written, Form.PERSON_NAME, Confidence.MEDIUM, number)
    if len(first) + len(last) >= _JOINED:
        for joint in ".", "_", "-":
            yield from _written(f"{first}{joint}{last}", Form.LOGIN, Confidence.HIGH, number)
        yield from _written(f"{first}{last}", Form.LOGIN, Confidence.MEDIUM, number)
    if len(last) >= _REVIEWED_LOGIN:
        yield from _written(f"{first[0]}{last}", Form.LOGIN, Confidence.LOW, number)


def _written(name: str, form: Form, confidence: Confidence, number: int) -> Iterator[Spelling]:
    """The name composed and decomposed, in small and in capital letters, and without its accents."""
    canonical = unicodedata.normalize("NFC", name).lower().encode()
    spelling = Spelling(b"", canonical, form, confidence, number)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    variants = {unicodedata.normalize(shape, cased) for shape in ("NFC", "NFD") for cased in (name, name.upper())}
    if len(plain) == len(name):
        variants.add(plain)
    for variant in sorted(variants):
        yield replace(spelling, written=variant.encode())

"""Who a user name, a name or initials belong to, of the people that are known: so that all of a person is one group."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

from opensafe.detectors.spellings import spellings_of
from opensafe.model.context import Person
from opensafe.model.expressions import expression

_NUMBER = expression(rb"[_.-]?\d{1,4}\Z")
_SHORTEST = 4  # letters of a user name that is told without its number


class Acquaintances:
    """Looks up people by what they are called. What two people share tells of neither."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)

    @cached_property
    def _called(self) -> dict[bytes, int | None]:
        """Worked out when somebody asks: a few new texts may name nobody."""
        known: dict[bytes, int | None] = {}
        for person in self._people:
            _take(known, {spelling.canonical for spelling in spellings_of(person)} | person.logins, person.number)
        return known

    @cached_property
    def _initials(self) -> dict[bytes, int | None]:
        known: dict[bytes, int | None] = {}
        for person in self._people:
            _take(known, {_initials(name) for name in person.names} - {b""}, person.number)
        return known

    def called(self, name: bytes) -> int | None:
        """The number of the person with this name, address or user name, in any case; `jsmith7` may be `jsmith`."""
        lowered = b" ".join(name.lower().split())
        if lowered in self._called:
            return self._called[lowered]
        plain = _NUMBER.sub(b"", lowered)
        return self._called.get(plain) if len(plain) >= _SHORTEST else None

    def with_initials(self, initials: bytes) -> int | None:
        """The number of the only person with these initials: `ZQ`."""
        return self._initials.get(initials.upper())


def _take(known: dict[bytes, int | None], texts: Iterable[bytes], number: int) -> None:
    for text in texts:
        known[text] = number if known.get(text, number) == number else None


@lru_cache(maxsize=2)
def acquaintances_of(people: tuple[Person, ...]) -> Acquaintances:
    """The same for every detector that asks: a long history has thousands of people, with fifty spellings each."""
    return Acquaintances(people)


def _initials(name: bytes) -> bytes:
    """The first letters of a name of at least two words, where all of them are plain capitals."""
    words = name.decode("utf-8", "replace").split()
    letters = "".join(word[0] for word in words)
    is_plain = len(words) > 1 and "," not in name.decode("utf-8", "replace") and letters.isascii() and letters.isupper()
    return letters.encode() if is_plain else b""

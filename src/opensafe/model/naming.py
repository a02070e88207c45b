"""Who is called what in the new history: decisions first, then the mailmap, then pseudonyms and addresses.

A decision about a person holds wherever that person goes: also where a mailmap leads to the name that was decided.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from opensafe.model.choices import PeopleChoices
from opensafe.model.context import Person
from opensafe.model.expressions import expression
from opensafe.model.mailmap import Mailmap, Names
from opensafe.model.plan import IdentityRename

TRAILER = expression(rb"^[A-Za-z][A-Za-z-]{1,40}:[ \t]{0,8}([^<>\n]{0,200}?)[ \t]{0,8}<([^<>\n]{1,200})>", re.MULTILINE)
"""A line of a message that names a person: Co-authored-by, Signed-off-by and every other of this form."""

_NOWHERE = b"example.invalid"  # cannot exist (RFC 2606)
_PREFIX = b"users.noreply."


@dataclass(frozen=True, slots=True)
class Naming:
    """`numbers` gives the person of each name (`n…`) and address (`e…`), lower case; who has none is no person."""

    choices: PeopleChoices
    mailmap: Mailmap
    numbers: Mapping[bytes, int]
    decided: Mapping[Names, Names]
    names: Mapping[bytes, bytes] = field(default_factory=dict)
    emails: Mapping[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        choices: PeopleChoices,
        mailmap: Mailmap,
        people: Iterable[Person],
        identities: Iterable[IdentityRename],
    ) -> "Naming":
        decided = {(r.old_name, r.old_email): (r.new_name, r.new_email) for r in identities}
        numbers: dict[bytes, int] = {}
        for person in people:
            for key in (*(b"n" + name.lower() for name in person.names), *(b"e" + mail for mail in person.emails)):
                numbers.setdefault(key, person.number)
        for old, (_, proper) in (*mailmap.by_email.items(), *((both[1], to) for both, to in mailmap.by_both.items())):
            number = numbers.get(b"e" + old)
            if proper and number:
                numbers.setdefault(b"e" + proper.lower(), number)
        names = {old[0]: new[0] for old, new in decided.items() if old[0] != new[0]}
        emails = {old[1].lower(): new[1] for old, new in decided.items() if old[1] != new[1]}
        return cls(choices, mailmap, numbers, decided, names, emails)

    def new(self, name: bytes, email: bytes) -> Names:
        """What becomes of an author, committer or tagger."""
        decided = self.decided.get((name, email), (name, email))
        proper = self.mailmap.lookup(name, email)
        number = self._number(*proper) or self._number(name, email)
        new_name = decided[0] if decided[0] != name else self._name(proper[0], number)
        new_email = decided[1] if decided[1] != email else self._email(proper[1], number)
        return new_name, new_email

    def in_message(self, message: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Start, end and new text of each name and each address in the trailers of a message that changes."""
        for match in TRAILER.finditer(message):
            for part, new in enumerate(self.new(match[1], match[2]), 1):
                if new != match[part]:
                    yield match.start(part), match.end(part), new

    def _name(self, proper: bytes, number: int) -> bytes:
        if proper in self.names:
            return self.names[proper]
        return b"Person %d" % number if number and self.choices.pseudonyms else proper

    def _email(self, proper: bytes, number: int) -> bytes:
        if proper.lower() in self.emails:
            return self.emails[proper.lower()]
        hides = self.choices.pseudonyms or self.choices.no_reply
        return b"person-%d@%s" % (number, self.domain) if number and hides else proper

    @property
    def domain(self) -> bytes:
        """The domain of the addresses that stand in for real ones."""
        named = self.choices.no_reply.encode()
        if not named:
            return _NOWHERE
        return named if named.startswith(_PREFIX) else _PREFIX + named

    def _number(self, name: bytes, email: bytes) -> int:
        spots = (b"e" + email.strip().lower(), b"n" + b" ".join(name.split()).lower())
        return next((self.numbers[spot] for spot in spots if spot in self.numbers), 0)

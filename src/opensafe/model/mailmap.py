"""A mailmap in git's own format: which name and address stand for which (gitmailmap(5))."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.errors import UsageError
from opensafe.model.expressions import expression

_COMMENT = expression(rb"^\s{0,80}#.*$|(?<=>)\s{0,80}#.*$")
_SIDE = expression(rb"([^<>]{0,1000})<([^<>]{0,1000})>")

Names = tuple[bytes, bytes]
"""Name and e-mail address; what is empty in an entry stays as it is."""


@dataclass(frozen=True, slots=True)
class Mailmap:
    """Entries by lower-case address, or by lower-case name and address."""

    by_email: Mapping[bytes, Names]
    by_both: Mapping[Names, Names]

    @classmethod
    def parse(cls, data: bytes) -> "Mailmap":
        """Raises UsageError naming the line, and nothing that stands in it."""
        by_email: dict[bytes, Names] = {}
        by_both: dict[Names, Names] = {}
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
            text = _COMMENT.sub(b"", line).strip()
            if text:
                _add(text, number, by_email, by_both)
        return cls(by_email, by_both)

    def lookup(self, name: bytes, email: bytes) -> Names:
        """The proper name and address; an entry for name and address goes before one for the address alone."""
        address = email.strip().lower()
        found = self.by_both.get((_folded(name), address)) or self.by_email.get(address, (b"", b""))
        return found[0] or name, found[1] or email


def _add(text: bytes, number: int, by_email: dict[bytes, Names], by_both: dict[Names, Names]) -> None:
    sides = [(name.strip(), email.strip()) for name, email in _SIDE.findall(text)]
    if not 1 <= len(sides) <= 2 or _SIDE.sub(b"", text).strip():  # noqa: PLR2004 - proper and old
        raise UsageError(
            f"line {number} of the mailmap cannot be read",
            remedy="write it as: Proper Name <proper@address> Old Name <old@address>",
        )
    (name, email), (old_name, old_email) = sides[0], sides[-1]
    proper = (name, email if len(sides) > 1 else b"")
    if len(sides) > 1 and old_name:
        by_both[_folded(old_name), old_email.lower()] = proper
    else:
        before = by_email.get(old_email.lower(), (b"", b""))
        by_email[old_email.lower()] = (proper[0] or before[0], proper[1] or before[1])


def _folded(name: bytes) -> bytes:
    return name.strip().lower()

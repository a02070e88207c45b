"""What a finding must tell of itself to be decided about."""

from typing import Protocol

from opensafe.model.described import Described


class Subject(Described, Protocol):
    """The part of a `Finding` that decisions ask for: a finding has it, and a row of many that are decided at once."""

    @property
    def person(self) -> int | None: ...

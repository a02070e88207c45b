"""What a credential must tell of itself for the rotation record."""

from typing import Protocol

from opensafe.model.described import Described
from opensafe.model.finding import State


class Credential(Described, Protocol):
    """The part of a `Finding` that rotation asks for: a finding has it, and a row of many that are listed at once."""

    @property
    def detector(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def published(self) -> bool: ...
    @property
    def state(self) -> State: ...

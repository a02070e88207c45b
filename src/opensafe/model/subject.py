"""What a finding must tell of itself to be decided about."""

from typing import Protocol

from opensafe.model.finding import Category, Form, Severity
from opensafe.model.identifiers import FindingId


class Subject(Protocol):
    """The part of a `Finding` that decisions ask for: a finding has it, and a row of many that are decided at once."""

    @property
    def id(self) -> FindingId: ...
    @property
    def category(self) -> Category: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def form(self) -> Form: ...
    @property
    def witnesses(self) -> tuple[str, ...]: ...
    @property
    def title(self) -> str: ...
    @property
    def masked(self) -> str: ...
    @property
    def person(self) -> int | None: ...

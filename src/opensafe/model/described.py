"""What a finding tells of itself in a line."""

from typing import Protocol

from opensafe.model.finding import Category, Form, Severity
from opensafe.model.identifiers import FindingId


class Described(Protocol):
    """The part of a `Finding` that every row of many has as well."""

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

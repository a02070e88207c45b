"""What a detector is: a card that explains it, and one function."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from opensafe.model.context import Context
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen


class Scope(StrEnum):
    """How much a detector must see at once."""

    PASSAGE = "passage"  # a bounded window of text: runs on novel passages only
    CONTENT = "content"  # a whole decoded content: tables, multi-line keys, ratio rules, data files


@dataclass(frozen=True, slots=True)
class Example:
    """A text that must fire, or a neighbour that must not.

    `parts` are joined when the example is used, so that the source holds no credential-shaped text. `value` is
    what must be found (joined likewise); it is empty in a non-example and where a whole file is the finding.
    """

    parts: tuple[str, ...]
    value: tuple[str, ...] = ()
    path: str = "analysis.R"
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        return "".join(self.parts).encode(self.encoding)

    @property
    def expected(self) -> bytes:
        return "".join(self.value).encode()


@dataclass(frozen=True, slots=True)
class Card:
    """A detector for people: shown by `opensafe detectors`, and the source of its page."""

    id: str  # as `secrets.generic-assignment`: room and file name
    title: str
    category: Category
    severity: Severity  # the usual one; a hit carries its own
    scope: Scope
    why: str  # why it matters and how sure it is
    remedy: str  # what to do about a finding
    reference: str  # the source of the rule: specification, policy section, facts
    examples: tuple[Example, ...] = ()
    non_examples: tuple[Example, ...] = ()


class Detector(Protocol):
    """One file in `detectors/secrets`, `detectors/names` or `detectors/data` defines `DETECTOR`, one of these."""

    @property
    def card(self) -> Card: ...

    def detect(self, specimen: Specimen, context: Context) -> Iterable[Hit]:
        """The hits in one specimen: pure, bounded in time, the same for the same input."""
        ...

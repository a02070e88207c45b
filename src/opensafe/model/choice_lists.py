"""What the lists of a plan hold, read for one run and never kept."""

from dataclasses import dataclass, field

from opensafe.model.context import Person
from opensafe.model.mailmap import Mailmap
from opensafe.model.replacing import Rule


@dataclass(frozen=True, slots=True)
class ChoiceLists:
    """`people` are those of the repository, numbered as in the audit; `rules` say what to replace."""

    mailmap: Mailmap = field(default_factory=lambda: Mailmap({}, {}), repr=False)
    people: tuple[Person, ...] = ()
    rules: tuple[Rule, ...] = ()

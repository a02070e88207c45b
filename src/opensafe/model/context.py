"""What detectors may know besides the specimen."""

from dataclasses import dataclass, field
from enum import StrEnum

from opensafe.model.disclosure import DisclosureRule
from opensafe.model.teamrule import TeamRule


class PersonSource(StrEnum):
    IDENTITY = "identity"  # author, committer, tagger, trailer or declared author of this repository
    ROSTER = "roster"  # the team's own list


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name may stand in the repository. `number` is what is shown: "Person 3"."""

    number: int
    source: PersonSource
    names: frozenset[bytes] = field(repr=False)  # full names, UTF-8
    emails: frozenset[bytes] = field(repr=False)  # lower case
    logins: frozenset[bytes] = field(repr=False)  # user names, lower case


@dataclass(frozen=True, slots=True)
class Context:
    """What a case knows: people, where compiled rules may be kept (`None`: nowhere), the rules of the team.

    `small_numbers` is the organisation's rule for small counts.
    """

    people: tuple[Person, ...] = ()
    cache_dir: str | None = None
    rules: tuple[TeamRule, ...] = ()
    small_numbers: DisclosureRule | None = None

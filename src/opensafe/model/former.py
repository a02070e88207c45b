"""What may be said in public about a history that is given up: by counts, by consent, and after redaction."""

from dataclasses import dataclass

from opensafe.model.identifiers import Oid
from opensafe.model.option import Option


@dataclass(frozen=True, slots=True)
class LostMessage:
    """What a commit that was given up said. `published` is the public commit that has its files and those since."""

    text: str
    published: Oid


@dataclass(frozen=True, slots=True)
class FormerHistory:
    """A history that a squash or a new repository leaves behind.

    `first_year` and `last_year` are those of its commits (0 where there is none). `contributors` agreed to be named;
    `unnamed` people did not, or were not asked. `messages` are those of the commits of a squash after redaction,
    oldest first, without addresses and ids; of a history that is not to be spoken of there are none. `reason` is the
    justification, empty where that would lead back to what stays closed.
    """

    option: Option
    made: str  # the day of the approval, ISO 8601
    commits: int
    first_year: int
    last_year: int
    contributors: tuple[str, ...]
    unnamed: int
    messages: tuple[LostMessage, ...]
    reason: str

"""What the owner of a system is given on paper: the credentials that open it, where they stand, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.model.exposure import Exposure
from opensafe.model.finding import Finding
from opensafe.model.rotation import Rotation


@dataclass(frozen=True, slots=True)
class Task:
    """One credential to be rotated. `sections` are those of its playbook, by heading; `line` is what was recorded."""

    finding: Finding
    line: Rotation | None
    exposure: Exposure | None
    playbook: str
    sections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnersSheet:
    """The tasks of one owner, in the order of work; `owner` is empty for those that nobody owns yet.

    `left` more are for a later sheet: nobody carries a thousand pages.
    """

    owner: str
    tasks: tuple[Task, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class WorkSheets:
    """A printable page for each owner. `log_head` is the head of the log when it was made."""

    name: str
    organisation: str
    made: str  # UTC, ISO 8601
    version: str
    log_head: str
    sheets: tuple[OwnersSheet, ...]

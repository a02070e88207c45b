"""What a report format is: a file of this room defines `FORMAT`, one of these, and is found by that."""

from collections.abc import Callable
from dataclasses import dataclass

from opensafe.model.caseview import CaseView


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """`name` is what `--format` takes, `suffix` ends the file's name, `render` makes the whole text."""

    name: str
    suffix: str
    render: Callable[[CaseView], str]

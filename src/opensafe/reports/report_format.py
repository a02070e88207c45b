"""What a report format is: a file of this room defines `FORMAT`, one of these, and is found by that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from opensafe.model.caseview import CaseView


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """`name` is what `--format` takes, `suffix` ends the file's name, `render` makes the whole text.

    It lists `most` findings (all, if that is `None`), with `places` places of each; beyond that it counts them.
    `rows` for a format that is the list of all and nothing else, `written` for one that has all of them as JSON.
    `credentials` says whether it tells of each credential, listed or not, what becomes of it.
    A text that may be long is made `in_parts` instead, which `render` puts together.
    """

    name: str
    suffix: str
    render: Callable[[CaseView], str]
    most: int | None = None
    places: int = 50
    rows: bool = False
    written: bool = False
    credentials: bool = True
    in_parts: Callable[[CaseView], Iterable[str]] | None = None

    def parts(self, view: CaseView) -> Iterable[str]:
        """The text, in parts of any length."""
        return (self.render(view),) if self.in_parts is None else self.in_parts(view)

"""What people decide about findings and skips."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from opensafe.model.permission import Permission


class Action(StrEnum):
    REDACT = "redact"
    REMOVE_FILE = "remove-file"
    STRIP_OUTPUTS = "strip-outputs"
    RENAME = "rename"
    KEEP = "keep"
    NOT_A_FINDING = "not-a-finding"
    ACCEPT = "accept"  # skips only

    @property
    def takes_away(self) -> bool:
        """Whether something of the source is not published because of it."""
        return self not in {Action.KEEP, Action.NOT_A_FINDING, Action.ACCEPT}


class Decision(NamedTuple):
    """One decision about one finding or skip (`subject`, an id), or its withdrawal (`undo`).

    A named tuple, because there may be 100,000 of them: they are made and compared in a tenth of the time.

    `to` is the text to put in place (rename, redact), where the decision maker chose one. `path` narrows the
    decision to places whose path matches the glob. Where the profile asks for two people (`second_needed`), the
    decision waits until `second` confirms it, or somebody says why nobody does (`without_second`). A line that
    `confirms` is what a second person (`by`) says later about everything that waits for one.
    A data file is kept because its `owner` `permitted` that, which `evidence` shows, or for its open `source`.
    """

    subject: str
    action: Action | None
    by: str
    on: date
    reason: str = ""
    to: str = ""
    path: str = ""
    expires: date | None = None
    second: str = ""
    undo: bool = False
    second_needed: bool = False
    without_second: str = ""
    confirms: bool = False
    owner: str = ""
    permitted: date | None = None
    evidence: str = ""
    source: str = ""

    @property
    def permission(self) -> Permission:
        return Permission(self.owner, self.permitted, self.evidence, self.source)

    @property
    def pending(self) -> bool:
        """Whether it waits for a second person."""
        return self.second_needed and not self.second and not self.without_second

    def expired(self, today: date) -> bool:
        return self.expires is not None and today > self.expires

    def holds(self, today: date) -> bool:
        return not (self.undo or self.confirms or self.pending or self.expired(today))

"""What people decide about findings and skips."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opensafe.model.permission import Permission


class Action(StrEnum):
    REDACT = "redact"
    REMOVE_FILE = "remove-file"
    STRIP_OUTPUTS = "strip-outputs"
    RENAME = "rename"
    KEEP = "keep"
    NOT_A_FINDING = "not-a-finding"
    ACCEPT = "accept"  # skips only


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one finding or skip (`subject`, an id), or its withdrawal (`undo`).

    `to` is the text to put in place (rename, redact), where the decision maker chose one. `path` narrows the
    decision to places whose path matches the glob. `second` confirms where the profile asks for two people.
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
    owner: str = ""
    permitted: date | None = None
    evidence: str = ""
    source: str = ""

    @property
    def permission(self) -> Permission:
        return Permission(self.owner, self.permitted, self.evidence, self.source)

    def holds(self, today: date) -> bool:
        return not self.undo and (self.expires is None or today <= self.expires)

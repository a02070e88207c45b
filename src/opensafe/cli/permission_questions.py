"""What is asked of whoever keeps a data file at a terminal: who allowed it, or where the data comes from."""

from collections.abc import Iterable

from opensafe.casework.permissions import is_data_file
from opensafe.cli.options import iso_date
from opensafe.cli.session import Session
from opensafe.model.decision import Action
from opensafe.model.finding import Finding
from opensafe.model.permission import NO_PERMISSION, Permission

_NONE = "none"


def asked_permission(session: Session, findings: Iterable[Finding], action: Action) -> Permission:
    """The permission to keep these; nothing is asked where no data file is kept. Raises UsageError for no date."""
    if action is not Action.KEEP or not any(map(is_data_file, findings)):
        return NO_PERMISSION
    source = session.ask("Open or synthetic source of the data", "--source NAME", _NONE)
    if source != _NONE:
        return Permission(source=source)
    owner = session.ask("Who owns the data, and allows it", "--owner NAME")
    day = iso_date(session.ask("When was that allowed", "--permission-date DATE"), "--permission-date")
    return Permission(owner, day, session.ask("What shows it", "--evidence TEXT"))

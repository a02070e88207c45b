"""A data file is kept only where somebody may allow that; the checklist asks for the permission (facts, data 7)."""

from collections.abc import Iterable, Mapping, Sequence

from opensafe.errors import UsageError
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Finding, Form, State
from opensafe.model.permission import Permission
from opensafe.model.subject import Subject

_DATA_FILE = "data.data-file"


def is_data_file(finding: Subject) -> bool:
    return finding.form is Form.FILE and _DATA_FILE in finding.witnesses


def require_permission(findings: Iterable[Subject], action: Action, permission: Permission) -> None:
    """Raises UsageError where a data file is to be kept without one."""
    kept = next((f for f in findings if is_data_file(f)), None) if action is Action.KEEP else None
    if kept is not None and not permission.is_given:
        raise UsageError(
            f"{kept.id} is a data file: it is kept only with permission",
            remedy="add --owner NAME --permission-date DATE --evidence TEXT, or --source NAME for open or made-up data",
        )


def permissions_of(findings: Iterable[Finding], taken: Mapping[str, Sequence[Decision]]) -> dict[str, str]:
    """For each path of a data file that stays: who allowed it, in words. Findings need their places."""
    allowed: dict[str, str] = {}
    for finding in findings:
        if is_data_file(finding) and finding.state is State.KEEP:
            given = [d.permission for d in taken.get(finding.id, ()) if d.permission.is_given]
            for place in finding.places if given else ():
                allowed[place.path or ""] = given[-1].words
    return allowed

"""Which actions a person is offered for a finding, the usual one first."""

from collections.abc import Sequence

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Finding
from opensafe.model.fitting import fitting_actions

_USUAL = {
    Category.SECRET: (Action.REDACT, Action.REMOVE_FILE, Action.KEEP, Action.NOT_A_FINDING),
    Category.NAME: (Action.RENAME, Action.KEEP, Action.NOT_A_FINDING),
    Category.DATA: (Action.REDACT, Action.REMOVE_FILE, Action.KEEP, Action.NOT_A_FINDING),
    Category.FILE: (Action.REMOVE_FILE, Action.STRIP_OUTPUTS, Action.KEEP),
    Category.SETTING: (Action.REDACT, Action.KEEP, Action.NOT_A_FINDING),
}


def offered(finding: Finding) -> tuple[Action, ...]:
    """The actions that mean something for this finding."""
    fitting = fitting_actions(finding)
    return tuple(action for action in _USUAL[finding.category] if action in fitting)


def offered_for_all(findings: Sequence[Finding]) -> tuple[Action, ...]:
    """What can be decided for all of these at once, in the order of the first."""
    common = set.intersection(*(set(offered(finding)) for finding in findings))
    return tuple(action for action in offered(findings[0]) if action in common)

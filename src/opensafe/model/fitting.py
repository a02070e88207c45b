"""Which actions mean something for a finding: said once, for those who offer them and for who refuses the others."""

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Finding, Form

_STAYS = frozenset({Action.KEEP, Action.NOT_A_FINDING})
_WHOLE_FILE = _STAYS | {Action.REMOVE_FILE, Action.STRIP_OUTPUTS}
_VALUE = _WHOLE_FILE | {Action.REDACT}


def fitting_actions(finding: Finding) -> frozenset[Action]:
    """A question about a file has no text to replace, a setting of the source is not published, a name has others."""
    if finding.form is Form.FILE:
        return _WHOLE_FILE
    if finding.category is Category.SETTING and finding.form is Form.OTHER:
        return _STAYS
    return _VALUE | {Action.RENAME} if finding.category is Category.NAME else _VALUE

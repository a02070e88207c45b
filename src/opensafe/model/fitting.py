"""Which actions mean something for a finding: said once, for those who offer them and for who refuses the others."""

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Form
from opensafe.model.subject import Subject

_STAYS = frozenset({Action.KEEP, Action.NOT_A_FINDING})
_WHOLE_FILE = _STAYS | {Action.REMOVE_FILE}
_VALUE = _WHOLE_FILE | {Action.REDACT}
_NAME = _VALUE | {Action.RENAME}
_NOTEBOOK = "data.notebook-outputs"


def fitting_actions(finding: Subject) -> frozenset[Action]:
    """A question about a file has no text to replace, a setting of the source is not published, a name has others.

    Outputs are taken out where the question is about them: a value may stand in the code beside them as well, and a
    file of another kind has none.
    """
    if finding.form is Form.FILE:
        return _WHOLE_FILE | ({Action.STRIP_OUTPUTS} if _NOTEBOOK in finding.witnesses else frozenset())
    if finding.category is Category.SETTING and finding.form is Form.OTHER:
        return _STAYS
    return _NAME if finding.category is Category.NAME else _VALUE

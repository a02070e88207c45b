"""Which actions fit a finding: what is offered is what is taken."""

from dataclasses import replace

import pytest

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.fitting import fitting_actions
from opensafe.model.identifiers import FindingId

ANY = Finding(
    id=FindingId("F-1"),
    category=Category.SECRET,
    detector="secrets.any",
    witnesses=(),
    title="Any",
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    form=Form.TOKEN,
    masked="…",
    why="",
    person=None,
    occurrences=1,
    published=True,
    in_head=True,
)


@pytest.mark.parametrize(
    ("category", "form", "fitting"),
    [
        (Category.SECRET, Form.TOKEN, "redact remove-file keep not-a-finding"),
        (Category.DATA, Form.NHS_NUMBER, "redact remove-file keep not-a-finding"),
        (Category.NAME, Form.PERSON_NAME, "rename redact remove-file keep not-a-finding"),
        (Category.FILE, Form.FILE, "remove-file keep not-a-finding"),
        (Category.SETTING, Form.FILE, "remove-file keep not-a-finding"),
        (Category.SETTING, Form.OTHER, "keep not-a-finding"),
        (Category.SETTING, Form.HOST, "redact remove-file keep not-a-finding"),
    ],
)
def test_what_fits(category: Category, form: Form, fitting: str) -> None:
    assert fitting_actions(replace(ANY, category=category, form=form)) == {Action(name) for name in fitting.split()}


def test_outputs_are_stripped_where_the_question_is_about_them() -> None:
    question = replace(ANY, category=Category.FILE, form=Form.FILE, witnesses=("data.notebook-outputs",))
    assert Action.STRIP_OUTPUTS in fitting_actions(question)
    assert Action.STRIP_OUTPUTS not in fitting_actions(replace(question, witnesses=("data.data-file",)))
    assert Action.STRIP_OUTPUTS not in fitting_actions(replace(question, form=Form.TOKEN))

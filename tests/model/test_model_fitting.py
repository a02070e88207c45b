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
        (Category.SECRET, Form.TOKEN, "redact remove-file strip-outputs keep not-a-finding"),
        (Category.DATA, Form.NHS_NUMBER, "redact remove-file strip-outputs keep not-a-finding"),
        (Category.NAME, Form.PERSON_NAME, "rename redact remove-file strip-outputs keep not-a-finding"),
        (Category.FILE, Form.FILE, "remove-file strip-outputs keep not-a-finding"),
        (Category.SETTING, Form.FILE, "remove-file strip-outputs keep not-a-finding"),
        (Category.SETTING, Form.OTHER, "keep not-a-finding"),
        (Category.SETTING, Form.HOST, "redact remove-file strip-outputs keep not-a-finding"),
    ],
)
def test_what_fits(category: Category, form: Form, fitting: str) -> None:
    assert fitting_actions(replace(ANY, category=category, form=form)) == {Action(name) for name in fitting.split()}

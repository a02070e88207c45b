"""The catalogue of formats is the folder."""

import pytest

from opensafe.model.caseview import CaseView
from opensafe.reports.formats import FORMATS
from tests.reports import reports_factory as factory


def test_the_catalogue() -> None:
    assert {name: FORMATS[name].suffix for name in sorted(FORMATS)} == {
        "csv": ".csv",
        "disclosure": ".disclosure.html",
        "hosting": ".md",
        "html": ".html",
        "json": ".json",
        "risks": ".csv",
        "sarif": ".sarif",
        "statement": ".md",
    }


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("view", [factory.midway(), factory.finished(), factory.unread()], ids=["midway", "end", "new"])
def test_every_format_shows_every_case_the_same_each_time(name: str, view: CaseView) -> None:
    text = FORMATS[name].render(view)
    assert text.endswith("\n")
    assert text == FORMATS[name].render(view)
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"csv", "risks", "hosting"}))
def test_every_report_names_the_head_of_the_log(name: str) -> None:
    """A table has no place for it: the log names the digest of each report. The hosting sheet has its own test."""
    view = factory.finished()
    assert view.log_head in FORMATS[name].render(view)

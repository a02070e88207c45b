"""The disclosure copy: no name of staff and no security detail, whatever the case holds."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from opensafe.model.caseview import CaseView
from opensafe.model.finding import Category
from opensafe.reports.disclosure import WITHHELD, disclosed, disclosure_report
from tests.reports import reports_factory as factory

NAMES = ("Sam Okafor", "Ada Lindqvist", "sokafor")
TYPED = (
    "Agreed in the review of 1 May.",
    "Test fixture.",
    "The minutes were read by hand.",
    "Ticket 4711, closed",
    "Data platform team",
    "the warehouse, reading only",
    "The history explains the methods.",
    "A key may still open the archive",
    "Two analysts",
    "Rules that fraud would be fitted to",
    "The thresholds",
    "fraud/*",
    "First reading",
    "Read on 1 May",
)
SECURITY = (
    "R/load_data.R",
    "scratch.R",
    "refs/stash",
    "docs/minutes.zip",
    "stroke-pathways.opensafe",
    "secrets.generic_assignment",
    "Cloud access key",
    "The name says password",
)


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for item in fields(value):
            yield from texts(getattr(value, item.name))
    elif isinstance(value, dict):
        for pair in value.items():
            yield from texts(pair)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("view", [factory.midway(), factory.finished(), factory.crowded()], ids=str)
def test_nothing_that_is_to_be_withheld_is_left(view: CaseView) -> None:
    kept, page = "\n".join(texts(disclosed(view))), disclosure_report(view)
    original = "\n".join(texts(view))
    secret = [text for text in (*NAMES, *TYPED, *SECURITY) if text in original]
    assert len(secret) > 15
    assert [text for text in secret if text in kept or text in page] == []
    assert WITHHELD in page


def test_what_was_counted_and_proven_stays() -> None:
    view = factory.finished()
    copy = disclosed(view)
    assert copy.verification == view.verification
    assert copy.log_head == view.log_head
    assert [entry.hash for entry in copy.log] == [entry.hash for entry in view.log]
    assert [finding.id for finding in copy.findings] == [finding.id for finding in view.findings]
    assert [finding.severity for finding in copy.findings] == [finding.severity for finding in view.findings]
    assert "(disclosure copy)" in disclosure_report(view)


def test_a_person_has_one_number_wherever_they_stand() -> None:
    copy = disclosed(factory.finished())
    assert copy.log[1].by == "Staff member 1"
    assert {decision.by for decision in copy.decisions} == {"Staff member 1", "Staff member 2"}
    assert copy.roles == {"ig-lead": "Staff member 2", "lead-developer": "Staff member 1"}
    assert [signoff.by for signoff in copy.signoffs] == ["Staff member 2", "Staff member 1"]


def test_kinds_of_credentials_are_not_told() -> None:
    titles = {f.title for f in disclosed(factory.midway()).findings if f.category is Category.SECRET}
    assert titles == {"Credential"}

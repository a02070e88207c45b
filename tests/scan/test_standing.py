"""What one place of a value says of all others."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from opensafe.detectors.carewords import OF_CARE
from opensafe.detectors.publications import LINK
from opensafe.detectors.publicdata import DOCUMENTED, DOCUMENTED_NUMBER
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.match import Verdict, strongest
from opensafe.scan.standing import speaker_of

Makes = Callable[..., Verdict]


@pytest.fixture
def verdict() -> Makes:
    """`verdict(detector, why, form)`: what a detector said, low where `why` is one of what is public."""

    def make(detector: str, why: str, form: Form = Form.PERSON_NAME) -> Verdict:
        is_public = why in {LINK, DOCUMENTED, DOCUMENTED_NUMBER}
        return Verdict(
            finding=FindingId("F-1"),
            category=Category.NAME,
            detector=detector,
            title="",
            severity=Severity.LOW if is_public else Severity.HIGH,
            confidence=Confidence.LOW if is_public else Confidence.HIGH,
            form=form,
            masked="",
            why=why,
            person=None,
        )

    return make


def _speaks(*verdicts: Verdict) -> str:
    return speaker_of(strongest(verdicts)).why


def test_whose_work_is_cited_is_an_author_everywhere(verdict: Makes) -> None:
    cited = verdict("names.known-names", LINK)
    assert _speaks(cited, verdict("names.known-names", "prose")) == LINK
    assert _speaks(cited, verdict("names.author-triggers", "prose"), verdict("known-value", "prose")) == LINK


@pytest.mark.parametrize("detector", ["names.name-columns", "names.beside-nhs-number", "names.named-fields"])
def test_a_name_in_a_table_or_a_record_is_not(verdict: Makes, detector: str) -> None:
    assert _speaks(verdict("names.known-names", LINK), verdict(detector, "record")) == "record"


@pytest.mark.parametrize("detector", ["names.known-names", "names.author-triggers"])
def test_whose_care_is_spoken_of_is_no_author_there(verdict: Makes, detector: str) -> None:
    assert _speaks(verdict("names.known-names", LINK), verdict(detector, OF_CARE)) == OF_CARE


def test_one_that_is_low_itself_says_nothing_against_it(verdict: Makes) -> None:
    low = replace(verdict("names.named-fields", LINK), why="credit")
    assert _speaks(verdict("names.known-names", LINK), low, verdict("names.known-names", "prose")) == LINK


def test_without_a_public_place_the_strongest_speaks(verdict: Makes) -> None:
    assert _speaks(verdict("names.known-names", "prose")) == "prose"


@pytest.mark.parametrize("form", [Form.NHS_NUMBER, Form.POSTCODE])
def test_an_example_of_documentation_is_one_in_code_too(verdict: Makes, form: Form) -> None:
    example = verdict("data.chi-number", DOCUMENTED, form)
    assert _speaks(example, verdict("data.nhs-number-ratio", "many", form)) == DOCUMENTED
    assert _speaks(example, verdict("data.nhs-number-column", "table", form)) == "table"
    assert _speaks(example, verdict("data.named-column", "of a table", form)) == "of a table"


def test_other_forms_are_not_looked_at(verdict: Makes) -> None:
    assert (
        _speaks(verdict("data.x", DOCUMENTED, Form.EMAIL), verdict("data.x", "an address", Form.EMAIL)) == "an address"
    )


def test_a_number_of_a_manual_is_an_example_in_a_vignette_and_in_tests_too(verdict: Makes) -> None:
    number = Form.NHS_NUMBER
    in_vignette = [verdict(f"data.{name}", DOCUMENTED_NUMBER, number) for name in ("chi-number", "named-column")]
    in_tests = verdict("data.chi-number", "valid", number)
    assert _speaks(*in_vignette, in_tests) == DOCUMENTED_NUMBER
    assert _speaks(verdict("data.chi-number", DOCUMENTED, number), *in_vignette, in_tests) == DOCUMENTED
    assert _speaks(*in_vignette, verdict("data.named-column", "in a table", number)) == "in a table"

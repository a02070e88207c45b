"""What was published with a package weighs less than the same in a file of the team."""

from collections.abc import Callable

import pytest

from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.triage import IN_PACKAGES

Sees = Callable[..., list[Hit]]
_IN, _OWN = "packrat/src/left/tests/left.R", "src/left/tests/left.R"
_VALUE = "kX9" + "vQ2mL7" + "pR4wZ8"


def _told(hits: list[Hit]) -> set[tuple[Severity, Confidence, str]]:
    return {(hit.severity, hit.confidence, hit.why) for hit in hits}


def test_a_credential_of_a_package_is_no_longer_grave(judged_by: Sees) -> None:
    text = f'api_key <- "{_VALUE}"\n'
    assert _told(judged_by(text, _IN)) == {(Severity.MEDIUM, Confidence.LOW, IN_PACKAGES)}
    assert {hit.severity for hit in judged_by(text, _OWN)} == {Severity.HIGH}


def test_a_token_that_a_provider_knows_stays_what_it_is(judged_by: Sees) -> None:
    parts = ("gh", "p_", "aB3dE6gH9", "jK2mN5pQ8", "sT1vW4xY7", "zA0cD3fG6")
    seen = [_told(judged_by(f'x <- "{"".join(parts)}"\n', path)) for path in (_IN, _OWN)]
    assert seen[0] == seen[1] != set()


@pytest.mark.parametrize("text", ["tel: 020 3" + "814 2759\n", "postcode ZE" + "2 9ZZ of the patient\n"])
def test_an_address_or_number_of_a_package_is_low(judged_by: Sees, text: str) -> None:
    assert _told(judged_by(text, _IN)) == {(Severity.LOW, Confidence.LOW, IN_PACKAGES)}
    assert Severity.MEDIUM in {hit.severity for hit in judged_by(text, _OWN)}


def test_files_of_a_package_are_asked_about_together_unless_they_look_like_people(judged_by: Sees) -> None:
    def asked(text: str, path: str) -> set[tuple[Severity, bool]]:
        hits = (hit for hit in judged_by(text, path) if hit.form is Form.FILE)
        return {(hit.severity, hit.why == IN_PACKAGES) for hit in hits}

    listed = "left/left.py,sha256=abc,120\n" * 6
    assert asked(listed, "lib/left-1.0.dist-info/RECORD.csv") == {(Severity.LOW, True)}
    assert asked("ward,beds,month\n" + "A,12,May\n" * 6, "node_modules/left/wards.csv") == {(Severity.LOW, True)}
    assert asked("ward,beds,month\n" + "A,12,May\n" * 6, "left/wards.csv") == {(Severity.MEDIUM, False)}
    people = "patient_id,age,sex\n" + "".join(f"{row},4{row},F\n" for row in range(8))
    assert asked(people, "node_modules/left/wards.csv") == {(Severity.HIGH, False)}

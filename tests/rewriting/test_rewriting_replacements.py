"""The text that stands in for a value."""

import pytest

from opensafe.model.finding import Form
from opensafe.rewriting.replacements import replacement_for


@pytest.mark.parametrize(
    ("form", "person", "expected"),
    [
        (Form.TOKEN, None, b"REDACTED-7"),
        (Form.PRIVATE_KEY, None, b"REDACTED-PRIVATE-KEY-7"),
        (Form.PERSON_NAME, 3, b"Person 3"),
        (Form.PERSON_NAME, None, b"REDACTED-7"),
        (Form.EMAIL, 3, b"person-3@example.invalid"),
        (Form.EMAIL, None, b"redacted-7@example.invalid"),
        (Form.LOGIN, 3, b"person-3"),
        (Form.LOGIN, None, b"redacted-7"),
        (Form.NHS_NUMBER, None, b"REDACTED-NHS-NUMBER-7"),
        (Form.NATIONAL_INSURANCE, None, b"REDACTED-NATIONAL-INSURANCE-7"),
        (Form.POSTCODE, None, b"REDACTED-POSTCODE-7"),
        (Form.PHONE, None, b"REDACTED-PHONE-7"),
        (Form.HOST, None, b"redacted-host-7"),
        (Form.OTHER, None, b"REDACTED-7"),
    ],
)
def test_each_form(form: Form, person: int | None, expected: bytes) -> None:
    assert replacement_for(form, 7, person) == expected

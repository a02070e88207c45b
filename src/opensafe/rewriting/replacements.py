"""The text that stands in for a value: the same for the same finding, and nothing of the value in it.

Facts, secrets, section 10: stable, no detector fires on it, never a hash of the value.
"""

from opensafe.model.finding import Form

_LABELS = {
    Form.TOKEN: "REDACTED",
    Form.PRIVATE_KEY: "REDACTED-PRIVATE-KEY",
    Form.NHS_NUMBER: "REDACTED-NHS-NUMBER",
    Form.NATIONAL_INSURANCE: "REDACTED-NATIONAL-INSURANCE",
    Form.POSTCODE: "REDACTED-POSTCODE",
    Form.PHONE: "REDACTED-PHONE",
    Form.HOST: "redacted-host",
}


def replacement_for(form: Form, number: int, person: int | None = None) -> bytes:
    """The replacement of finding `number` (`numbering`), whose value belongs to `person`.

    People keep one name in all forms ("Person 3", `person-3@example.invalid`, `person-3`), so that a reader can
    still tell who did what without knowing who it was. `example.invalid` cannot exist (RFC 2606).
    """
    if form is Form.EMAIL:
        return _login(number, person) + b"@example.invalid"
    if form is Form.LOGIN:
        return _login(number, person)
    if form is Form.PERSON_NAME and person is not None:
        return b"Person %d" % person
    return f"{_LABELS.get(form, 'REDACTED')}-{number}".encode()


def _login(number: int, person: int | None) -> bytes:
    return b"redacted-%d" % number if person is None else b"person-%d" % person

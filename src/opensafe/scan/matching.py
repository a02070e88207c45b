"""Turns what detectors return into matches that hold no value."""

from bisect import bisect_right

from opensafe.detectors.engine import Witnessed
from opensafe.model.finding import Category, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId
from opensafe.model.match import Match
from opensafe.model.secret import mask

_KINDS = {
    Form.TOKEN: "secret",
    Form.PRIVATE_KEY: "private key",
    Form.EMAIL: "e-mail address",
    Form.NHS_NUMBER: "NHS number",
    Form.NATIONAL_INSURANCE: "National Insurance number",
    Form.POSTCODE: "postcode",
    Form.PHONE: "telephone number",
    Form.HOST: "host name",
    Form.PERSON_NAME: "name",
    Form.LOGIN: "user name",
    Form.OTHER: "value",
}


class Lines:
    """Line and column of byte offsets in one text, both counted from 1."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [0]
            at = self._text.find(b"\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = self._text.find(b"\n", at + 1)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def match_of(found: Witnessed, key: FingerprintKey, via: tuple[str, ...], offset: int, lines: Lines) -> Match:
    """The match for one hit whose specimen began at `offset` of the content."""
    card, hit = found.card, found.hit
    plain = hit.value.reveal()
    is_file = hit.form is Form.FILE
    start, end = hit.start + offset, hit.end + offset
    line, column = (0, 0) if is_file else lines.position(start)
    return Match(
        finding=FindingId("") if is_file else key.finding(card.category, plain),
        category=card.category,
        detector=card.id,
        title=card.title,
        severity=hit.severity,
        confidence=hit.confidence,
        form=hit.form,
        masked="" if is_file else masked(card.category, hit.form, len(plain), hit.person),
        why=hit.why,
        person=hit.person,
        via=via,
        start=0 if is_file else start,
        end=0 if is_file else end,
        line=line,
        column=column,
        question=plain.decode("ascii") if is_file else "",
    )


def masked(category: Category, form: Form, length: int, person: int | None) -> str:
    """How a value is named without a character of it."""
    kind = _KINDS.get(form, category.value)
    return f"Person {person} ({kind})" if person is not None else mask(kind, length)

"""Turns what detectors return into matches that hold no value."""

from opensafe.detectors.engine import Witnessed
from opensafe.model.detector import Card
from opensafe.model.finding import Category, Form, Hit
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId
from opensafe.model.match import Match, Verdict
from opensafe.model.secret import mask
from opensafe.scan.pieces import Seen

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
    """Line and column of byte offsets in one text, both counted from 1. Offsets in order cost one pass together."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._counted, self._line, self._begins = 0, 1, 0

    def position(self, offset: int) -> tuple[int, int]:
        if offset < self._counted:
            self._counted, self._line, self._begins = 0, 1, 0
        breaks = self._text.count(b"\n", self._counted, offset)
        if breaks:  # where a line begins is not looked for again: one of megabytes may have a finding in each record
            self._line += breaks
            self._begins = self._text.rfind(b"\n", self._counted, offset) + 1
        self._counted = offset
        return self._line, offset - self._begins + 1


class Verdicts:
    """Makes matches of hits; the same verdict is one object, however often it is given."""

    def __init__(self, key: FingerprintKey) -> None:
        self._key = key
        self._made: dict[tuple[object, ...], Verdict] = {}

    def match(self, found: Witnessed, via: tuple[str, ...], lines: Lines) -> Match:
        """The match for a hit in a specimen whose `lines` are given."""
        hit = found.hit
        verdict = self._verdict(found.card, hit)
        if hit.form is Form.FILE:
            return Match(verdict, via, 0, 0, 0, 0)
        line, column = lines.position(hit.start)
        return Match(verdict, via, hit.start, hit.end, line, column)

    def seen(self, found: Witnessed) -> Seen:
        """What a passage detector says, with the span in its specimen."""
        return Seen(self._verdict(found.card, found.hit), found.hit.start, found.hit.end)

    def _verdict(self, card: Card, hit: Hit) -> Verdict:
        plain = hit.value.reveal()
        asked = (card.id, plain, hit.severity, hit.confidence, hit.form, hit.why, hit.person, hit.profile)
        made = self._made.get(asked)
        if made is None:
            made = self._made[asked] = self._made_of(card, hit, plain)
        return made

    def _made_of(self, card: Card, hit: Hit, plain: bytes) -> Verdict:
        is_file = hit.form is Form.FILE
        return Verdict(
            finding=FindingId("") if is_file else self._key.finding(card.category, plain),
            category=card.category,
            detector=card.id,
            title=card.title,
            severity=hit.severity,
            confidence=hit.confidence,
            form=hit.form,
            masked="" if is_file else masked(card.category, hit.form, len(plain), hit.person),
            why=hit.why,
            person=hit.person,
            question=plain.decode("ascii") if is_file else "",
            profile=hit.profile,
        )


def masked(category: Category, form: Form, length: int, person: int | None) -> str:
    """How a value is named without a character of it."""
    kind = kind_of(category, form)
    return f"Person {person} ({kind})" if person is not None else mask(kind, length)


def kind_of(category: Category, form: Form) -> str:
    """What a value is, in words."""
    return _KINDS.get(form, category.value)

"""`Authorization: Basic …` that decodes to `user:password`, and `Bearer …`."""

import base64
import binascii
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.detectors.words import mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_TRIGGERS = (
    rb"(?i:basic)\s{1,3}[A-Za-z0-9+/]{7}",
    rb"(?i:bearer)\s{1,3}[A-Za-z0-9._~+/-]{15}",
    rb"(?i:authorization)[^\r\n]{1,16}(?i:token|key)\s{1,3}[A-Za-z0-9._~+/-]{15}",
)

_BASIC = expression(rb"(?i:\bbasic)\s{1,3}+(?P<value>[A-Za-z0-9+/]{7,600}+={0,2}+)")
_BEARER = expression(rb"(?i:\bbearer)\s{1,3}+(?P<value>[A-Za-z0-9._~+/-]{15,2000}+={0,2}+)")
_TOKEN_SCHEME = expression(
    rb"(?i:\bauthorization[\"']?\s{0,3}[:=,]\s{0,3}[\"']?(?:api-?)?(?:token|key))\s{1,3}+(?:token=[\"']?)?"
    rb"(?P<value>[A-Za-z0-9._~+/-]{15,2000}+={0,2}+)"
)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for pattern, judged in ((_BASIC, _judge_basic), (_BEARER, _judge_bearer), (_TOKEN_SCHEME, _judge_bearer)):
        for match in pattern.finditer(specimen.data, start, end):
            judgement = judged(match["value"])
            hit = credential(match.start("value"), match["value"], judgement, "credential of an authorisation header")
            if hit is not None:
                yield hit


def _judge_basic(value: bytes) -> Judgement:
    """The password after the colon is judged; what does not decode to printable `x:y` is none (RFC 7617)."""
    try:
        text = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return Judgement(Worth.NOTHING, "does not decode")
    user, colon, password = text.partition(":")
    if not colon or not text.isprintable() or not (user or password):
        return Judgement(Worth.NOTHING, "is no pair")
    # An API key may stand in the user's place, with nothing or a fixed word after the colon.
    return judge((password or user).encode())


def _judge_bearer(value: bytes) -> Judgement:
    if not mixes_letters_and_digits(value.decode("ascii")):
        return Judgement(Worth.NOTHING, "is prose")
    return judge(value)


def _basic(pair: str) -> tuple[str, str]:
    encoded = base64.b64encode(pair.encode()).decode()
    return encoded[:5], encoded[5:]


_PAIR = _basic("svc" + ":" + "kT7vq9-Lm2x")
_TOKEN = ("kT7vq9", "Lm2xPz4Rw8Yc")

DETECTOR = PatternDetector(
    Card(
        id="secrets.basic-auth-header",
        title="Credential of an HTTP authorisation header",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Basic holds user and password in base64, Bearer a token that opens an interface. Near-perfect "
        "precision where "
        "it decodes.",
        remedy="Change the password or revoke the token, then redact it.",
        reference="RFC 7617; RFC 6750; facts: secrets 13, small rules",
        examples=(
            Example(("Authorization: Basic ", *_PAIR), _PAIR, "calls.http"),
            Example(("headers = {'Authorization': 'Bearer ", *_TOKEN, "'}"), _TOKEN, "client.py"),
        ),
        non_examples=(
            Example(("basic documentation is here",), path="README.md"),
            Example(("the bearer responsibilities-of-everyone",), path="README.md"),
            Example(("Authorization: Basic REDACTED-1",)),
            Example(("Authorization: Bearer ${API_TOKEN}",)),
            Example(("Authorization: Basic ", *_basic("user:password")), path="README.md"),
        ),
    ),
    _TRIGGERS,
    _examine,
)

"""Registry logins in base64: Docker's `auths`, `_auth` and `_password` of `.npmrc`."""

import base64
import binascii

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_AUTH = expression(rb"\\?\"auth\\?\"\s{0,3}:\s{0,3}\\?\"(?P<value>[A-Za-z0-9+/]{8,800}={0,2})\\?\"")
_IDENTITY = expression(
    rb"\\?\"(?:identitytoken|registrytoken)\\?\"\s{0,3}:\s{0,3}\\?\"(?P<value>[A-Za-z0-9._/+=-]{16,3000})\\?\""
)
_NPM = expression(rb"(?m)(?:^|[\s:])_auth\s{0,3}=\s{0,3}\"?(?P<value>[A-Za-z0-9+/]{8,400}={0,2})\"?[ \t]{0,4}\r?$")
_NPM_PASSWORD = expression(rb"(?m):_password\s{0,3}=\s{0,3}\"?(?P<value>[A-Za-z0-9+/]{6,400}={0,2})\"?[ \t]{0,4}\r?$")


def _judge_pair(value: bytes) -> Judgement:
    """The password after the colon is judged; what does not decode to printable `x:y` is none."""
    user, colon, password = _decoded(value).partition(b":")
    if not (user and colon and password):
        return Judgement(Worth.NOTHING, "is no pair")
    return judge(password)


def _judge_password(value: bytes) -> Judgement:
    return judge(_decoded(value) or value)


def _decoded(value: bytes) -> bytes:
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error:
        return b""
    return raw if raw.isascii() and raw.decode("ascii").isprintable() else b""


def _encoded(text: str) -> tuple[str, str]:
    encoded = base64.b64encode(text.encode()).decode()
    return encoded[:5], encoded[5:]


_VALUE = _encoded("svc" + ":" + "kT7vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.docker-auths",
        title="Login of a package or image registry",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Docker and npm keep user and password in base64, which protects nothing. Near-perfect precision: the "
        "value must decode to `x:y`.",
        remedy="Revoke the token or change the password, then redact it; use a credential helper.",
        reference="Docker config.json, auths; npm config, _auth; facts: secrets 13",
        examples=(
            Example(('{"auths": {"r1.org": {"au', 'th": "', *_VALUE, '"}}}'), _VALUE, "config.json"),
            Example(("//r1.org/:_au", "th=", *_VALUE, "\n"), _VALUE, ".npmrc"),
        ),
        non_examples=(
            Example(('{"auth": "basicauthentication"}',), path="config.json"),
            Example(('{"auths": {"r1.org": {"auth": "', *_encoded("user:password"), '"}}}'), path="config.json"),
            Example(('{"auths": {"r1.org": {"auth": "${AUTH}"}}}',), path="config.json"),
        ),
    ),
    (
        rb"\"auth\\?\"\s{0,3}:\s{0,3}\\?\"[A-Za-z0-9+/]{8}",
        rb"(?:identity|registry)token\\?\"\s{0,3}:",
        rb"_(?:auth|password)\s{0,3}=\s{0,3}\"?[A-Za-z0-9+/]{6}",
    ),
    captured(
        Capture("a registry login in base64", _AUTH, _judge_pair),
        Capture("a token of a registry", _IDENTITY, by_shape),
        Capture("a registry login in base64", _NPM, _judge_pair),
        Capture("a registry password in base64", _NPM_PASSWORD, _judge_password),
    ),
    reach=900,
)

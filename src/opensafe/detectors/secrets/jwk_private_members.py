"""The private members of a JSON Web Key: `d`, `p`, `q`, `dp`, `dq`, `qi` and `k` beside a `kty`."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_QUOTE = rb"\\?[\"']"
_MEMBER = rb"\b(?:d|p|q|dp|dq|qi|k)" + _QUOTE + rb"?\s{0,3}:\s{0,3}" + _QUOTE
_PRIVATE = expression(_MEMBER + rb"(?P<value>[A-Za-z0-9_-]{16,1400}+)" + _QUOTE)
_KEY_TYPE = expression(rb"\bkty\\?[\"']?\s{0,3}:\s{0,3}\\?[\"'](?:RSA|EC|OKP|oct)\b")
_REACH = 4096  # a key of 4,096 bits in one line has 3,200 characters

_VALUE = ("kT7vq9Lm2xPz4Rw8YcHb", "3Nf6Jd1Gs5Qa0Ue7Wt2oVi")

DETECTOR = PatternDetector(
    Card(
        id="secrets.jwk-private-members",
        title="Private part of a JSON Web Key",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A JSON Web Key with these members signs tokens in the name of its owner; NHS interfaces log in by such "
        "keys. Near-perfect precision: the member and the key's type must both be there.",
        remedy="Replace the key pair, publish the new public key, then redact each private member.",
        reference="RFC 7517 and 7518, sections 6.2.2, 6.3.2 and 6.4.1; RFC 8037; facts: secrets 13",
        examples=(
            Example(('{"kty": "EC", "crv": "P-256", "', 'd": "', *_VALUE, '"}'), _VALUE, "jwks.json"),
            Example(('{"kty":"oct","alg":"HS256","', 'k":"', *_VALUE, '"}'), _VALUE, "key.json"),
            Example(("key = {'", "d': '", *_VALUE, "', 'kty': 'OKP'}"), _VALUE, "sign.py"),
        ),
        non_examples=(
            Example(('{"kty": "RSA", "e": "AQAB", "n": "', *_VALUE, '"}'), path="jwks.json"),
            Example(('{"d": "', *_VALUE, '"}'), path="path.json"),
            Example(('{"kty": "EC", "d": "REDACTED-1-REDACTED"}',), path="jwks.json"),
        ),
    ),
    (rb"[\"'{, ](?:d|p|q|dp|dq|qi|k)\\?[\"']?\s{0,3}:\s{0,3}\\?[\"'][A-Za-z0-9_-]{16}",),
    captured(Capture("a private member of a JSON Web Key", _PRIVATE, by_shape, near=_KEY_TYPE, reach=_REACH)),
    reach=_REACH,
)

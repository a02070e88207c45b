"""Private keys and key stores in base64 without head and foot: what is left of a PEM block in settings and code."""

import base64
from collections.abc import Iterator

from opensafe.detectors.kinds import ContentDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

# In DER: a sequence and its length, then the version: 0 (PKCS #1 and #8), 1 (elliptic keys alone), 3 (PKCS #12).
_DER = rb"(?:MII[A-Za-z0-9+/]{2}[AQgw]IBA(?:[A-P]|z)|MI[GH][A-Za-z0-9+/]AgE[AB][BM]|MHcCAQEEI|MC4CAQAwBQYDK2V)"
_OPENSSH = rb"b3BlbnNzaC1rZXktdjEAAAAA"
_START = expression(rb"(?<![A-Za-z0-9+/])(?:" + _DER + rb"|" + _OPENSSH + rb")")
_PIECE = expression(rb"[A-Za-z0-9+/]{1,20000}")
_BREAK = expression(rb"(?:\\{1,2}[nr]){1,2}|[ \t]{0,4}\r?\n[ \t]{0,40}")
_PRIVATE = expression(
    rb"(?s)\A\x30(?:[\x00-\x7f]|\x81.|\x82..)\x02\x01(?:\x00(?:\x02\x81?.|\x02\x82|\x30.\x06)|\x01\x04|\x03\x30)"
)
_LONGEST = 20_000
_SHORTEST = 60  # characters: an Ed25519 key has 64, an elliptic one of 256 bits 160
_DISTINCT = 20


def _look(specimen: Specimen) -> Iterator[Hit]:
    data = specimen.data
    end = 0
    for start in _START.finditer(data):
        if start.start() < end:
            continue
        end, characters = _body(data, start.start())
        wanted = _declared(characters) if len(characters) >= _SHORTEST else None
        if wanted is None or len(set(characters)) < _DISTINCT:
            continue
        if len(characters) > wanted > 0:
            end, characters = _body(data, start.start(), wanted)
        yield _hit(start.start(), end, characters, whole=wanted == 0 or len(characters) == wanted)


def _body(data: bytes, start: int, most: int = _LONGEST) -> tuple[int, bytes]:
    """The base64 from `start` on over breaks of lines, up to so many characters: its end, and the characters."""
    pieces: list[bytes] = []
    at, end, count = start, start, 0
    while count < most and (piece := _PIECE.match(data, at, min(len(data), at + most - count))):
        pieces.append(piece.group())
        count += len(piece.group())
        end = piece.end()
        joint = _BREAK.match(data, end)
        if joint is None:
            break
        at = joint.end()
    return end, b"".join(pieces)


def _declared(characters: bytes) -> int | None:
    """How many characters the key has by its own first bytes, without padding; 0 if they do not say; None: no key."""
    if characters.startswith(_OPENSSH):
        return 0
    front = base64.b64decode(characters[:40])
    if not _PRIVATE.match(front):
        return None
    long = max(0, front[1] - 0x80)  # how many bytes the length has, if not one
    size = int.from_bytes(front[2 : 2 + long], "big") if long else front[1]
    return ((size + 2 + long) * 4 + 2) // 3


def _hit(start: int, end: int, characters: bytes, *, whole: bool) -> Hit:
    return Hit(
        start=start,
        end=end,
        value=Secret(characters, "private key"),
        form=Form.PRIVATE_KEY,
        severity=Severity.CRITICAL,
        confidence=Confidence.HIGH if whole else Confidence.MEDIUM,
        why=f"base64 of a private key by its first bytes, {'as long as these say' if whole else 'cut at its end'}",
    )


def _key() -> tuple[str, str]:
    """The front of a key of 512 bits, and bytes that count: no key that anybody uses."""
    front = bytes.fromhex("3082013b" + "020100" + "024100")
    text = base64.b64encode(front + bytes(i * 37 % 251 for i in range(319 - len(front)))).decode()
    return text[:6], text[6:].rstrip("=")


_VALUE = _key()

DETECTOR = ContentDetector(
    Card(
        id="secrets.bare-private-keys",
        title="Private key without its frame",
        category=Category.SECRET,
        severity=Severity.CRITICAL,
        scope=Scope.CONTENT,
        why="Settings and code keep the inside of a PEM file, or a whole PKCS #12 store, as one text. Near-perfect "
        "precision: the first bytes say what it is and how long.",
        remedy="Replace the key pair and remove the public key wherever it is trusted, then redact the whole text.",
        reference="RFC 8017, appendix A.1.2; RFC 5958; RFC 7292; facts: secrets 10, orphan bodies",
        examples=(
            Example(('rsa = "', *_VALUE, '"'), _VALUE, "app.properties"),
            Example((_VALUE[0], _VALUE[1][:58], "\n", _VALUE[1][58:], "\nend\n"), _VALUE, "key.txt"),
        ),
        non_examples=(
            Example(('cert = "MIIDdzCCAl+gAwIBAgIE', "AbCdEfGh1234" * 12, '"'), path="app.properties"),
            Example(('start = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"',), path="check.py"),
        ),
    ),
    _look,
    (_DER, _OPENSSH),
)

"""Private keys as whole blocks: PEM, OpenSSH, PGP, PuTTY; over lines, in one line with `\\n`, or cut at an end."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.detectors.kinds import ContentDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_LONGEST = 20_000  # bytes of a block: an RSA key of 16,384 bits has 13,000
_ENOUGH = 48  # base64 characters of the shortest key (Ed25519 in PKCS#8 has 64)

_MARK = expression(rb"-{4,5} ?(?P<edge>BEGIN|END) (?P<label>[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?) ?-{4,5}")
_PUTTY = expression(rb"PuTTY-User-Key-File-[23]: ")
_PUTTY_END = expression(rb"Private-(?:MAC|Hash): [0-9a-fA-F]{8,128}")
_PUTTY_PRIVATE = expression(rb"Private-Lines: \d{1,4}\r?\n(?P<body>(?:[A-Za-z0-9+/=]{1,80}\r?\n){1,400})")

_HEADER = expression(rb"(?m)^[ \t]{0,20}[A-Z][A-Za-z0-9-]{2,30}: [^\r\n]{0,200}")
_ESCAPED_BREAK = expression(rb"\\{1,4}[nr]")
_WRAPPING = expression(rb"[\s\"',+#*/>;\\|=-]{1,200}")  # indents, comment signs, quotes and joints between lines
_BASE64 = expression(rb"[A-Za-z0-9+/]{1,20000}")
_BODY_LINE = expression(rb"[ \t]{0,20}[A-Za-z0-9+/]{4,128}={0,2}[ \t\r]{0,4}")


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    body: bytes
    encrypted: bool
    whole: bool
    label: bytes = b"OPENSSH"


def _look(specimen: Specimen) -> Iterator[Hit]:
    data = specimen.data
    for block in (*_pem(data), *_putty(data)):
        characters = _essence(block.body)
        if characters is not None:
            yield _hit(block, characters)


def _pem(data: bytes) -> Iterator[_Block]:
    opened: re.Match[bytes] | None = None
    for mark in _MARK.finditer(data):
        if mark["edge"] == b"BEGIN":
            if opened is not None:
                yield _beheaded(data, opened, mark.start())
            opened = mark
        elif opened is not None and opened["label"] == mark["label"] and mark.start() - opened.start() < _LONGEST:
            yield _between(data, opened, mark)
            opened = None
        else:
            yield _orphan(data, mark)
    if opened is not None:
        yield _beheaded(data, opened, len(data))


def _between(data: bytes, opened: re.Match[bytes], closed: re.Match[bytes]) -> _Block:
    body = data[opened.end() : closed.start()]
    return _Block(opened.start(), closed.end(), body, _is_encrypted(opened["label"], body), True, opened["label"])


def _beheaded(data: bytes, opened: re.Match[bytes], limit: int) -> _Block:
    """A block without its end: the lines of base64 that follow its head."""
    end = stop = opened.end()
    limit = min(limit, opened.end() + _LONGEST)
    while stop < limit:
        following = data.find(b"\n", stop + 1, limit)
        following = limit if following < 0 else following
        line = data[stop:following].strip()
        if line and not _BODY_LINE.fullmatch(line) and not _HEADER.fullmatch(line):
            break
        end = following if line else end
        stop = following
    body = data[opened.end() : end]
    return _Block(opened.start(), end, body, _is_encrypted(opened["label"], body), False, opened["label"])


def _orphan(data: bytes, closed: re.Match[bytes]) -> _Block:
    """A footer whose head is not there: the lines of base64 that stand before it."""
    start = stop = closed.start()
    lowest = max(0, closed.start() - _LONGEST)
    while stop > lowest:
        before = data.rfind(b"\n", lowest, stop - 1) + 1 or lowest
        line = data[before:stop].strip()
        if line and not _BODY_LINE.fullmatch(line):
            break
        start = before if line else start
        stop = before
    body = data[start : closed.start()]
    return _Block(start, closed.end(), body, _is_encrypted(closed["label"], body), False, closed["label"])


def _putty(data: bytes) -> Iterator[_Block]:
    for head in _PUTTY.finditer(data):
        foot = _PUTTY_END.search(data, head.end(), head.end() + _LONGEST)
        end = foot.end() if foot else min(len(data), head.end() + _LONGEST)
        private = _PUTTY_PRIVATE.search(data, head.end(), end)
        if private:
            encrypted = b"Encryption: none" not in data[head.start() : private.start()]
            yield _Block(
                head.start(), foot.end() if foot else private.end(), private["body"], encrypted, foot is not None
            )


def _is_encrypted(label: bytes, body: bytes) -> bool:
    if b"ENCRYPTED" in label or b"4,ENCRYPTED" in body:
        return True
    return b"OPENSSH" in label and b"bcrypt" in _decoded(_WRAPPING.sub(b"", _ESCAPED_BREAK.sub(b"", body))[:200])


def _decoded(start: bytes) -> bytes:
    try:
        return base64.b64decode(start[: len(start) // 4 * 4])
    except binascii.Error:
        return b""


def _essence(body: bytes) -> bytes | None:
    """The body's base64, however it is wrapped; None where it is cut off ("…") or put together by code."""
    bare = _WRAPPING.sub(b"", _ESCAPED_BREAK.sub(b"", _HEADER.sub(b"", body)))
    # `/` and `+` are base64 too and go everywhere: the essence has to be the same for each wrapping, not decodable.
    if len(bare) < _ENOUGH or not _BASE64.fullmatch(bare) or len(set(bare)) < _ENOUGH // 4:
        return None
    return bare


def _hit(block: _Block, characters: bytes) -> Hit:
    severity = Severity.MEDIUM if block.encrypted else Severity.CRITICAL
    state = "protected by a passphrase" if block.encrypted else "not protected"
    if b"PGP" in block.label:
        state = "a key for OpenPGP, which a passphrase may protect"
    elif b"OPENSSH" in block.label:
        state = f"a key for OpenSSH, {state}"
    extent = "a whole block" if block.whole else "a block without its head or foot"
    return Hit(
        start=block.start,
        end=block.end,
        value=Secret(characters, "private key"),
        form=Form.PRIVATE_KEY,
        severity=severity,
        confidence=Confidence.HIGH if block.whole else Confidence.MEDIUM,
        why=f"{extent} of base64, {state}",
    )


_BODY = ("MIIkT7vq9Lm2xPz4Rw8YcHb3Nf6Jd1Gs5", "Qa0Ue7Wt2oVi4ZrXl8Kc")
_LABEL = "RSA PRIV" + "ATE KEY-----"

DETECTOR = ContentDetector(
    Card(
        id="secrets.private-keys",
        title="Private key",
        category=Category.SECRET,
        severity=Severity.CRITICAL,
        scope=Scope.CONTENT,
        why="A private key is an identity: whoever holds it logs in, signs or decrypts. One that is encrypted "
        "is medium, "
        "since its passphrase can be guessed at leisure.",
        remedy="Replace the key pair and remove the public key wherever it is trusted, then redact the whole block.",
        reference="RFC 7468; OpenSSH PROTOCOL.key; PuTTY appendix C; facts: secrets 10 and 13",
        examples=(
            Example(("-----BEGIN ", _LABEL, "\n", _BODY[0], "\n", _BODY[1], "\n-----END ", _LABEL), _BODY, "id_rsa"),
            Example(('"-----BEGIN ', _LABEL, "\\n", *_BODY, "\\n-----END ", _LABEL, '\\n"'), _BODY, "account.json"),
            Example((_BODY[0], "\n", _BODY[1], "\n-----END ", _LABEL, "\n"), _BODY, "tail.txt"),
            Example(("-----BEGIN ", _LABEL, "\n", _BODY[0], "\n", _BODY[1], "\n"), _BODY, "head.txt"),
        ),
        non_examples=(
            Example(("-----BEGIN ", _LABEL, "\nMIIEow…\n-----END ", _LABEL), path="README.md"),
            Example(("-----BEGIN ", _LABEL, "\n...\n-----END ", _LABEL), path="README.md"),
            Example(('if "-----BEGIN ', _LABEL, '" in text and "-----END ', _LABEL, '" in text:'), path="check.py"),
            Example(("-----BEGIN PUBLIC KEY-----\n", *_BODY, "\n-----END PUBLIC KEY-----"), path="key.pub"),
        ),
    ),
    _look,
    (rb"PRIVATE KEY", rb"PuTTY-User-Key-File-"),
)

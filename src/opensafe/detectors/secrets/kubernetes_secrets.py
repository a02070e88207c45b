"""The values of Kubernetes Secret manifests: base64 under `data:`, plain under `stringData:`; YAML and JSON."""

import base64
import binascii
import re
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KIND = expression(
    rb"(?m)^[ \t-]{0,40}\"?kind\"?:[ \t]{0,4}[\"']?Secret[\"']?[ \t]{0,4},?[ \t]{0,4}\r?$"
    rb"|\"kind\"\s{0,3}:\s{0,3}\"Secret\""
)
_DOCUMENT_END = expression(rb"(?m)^---[ \t]{0,4}\r?$")
_BLOCK = expression(
    rb"(?m)^(?P<indent>[ \t]{0,20})(?P<name>data|stringData):[ \t]{0,4}\r?\n(?P<lines>(?:"
    rb"(?P=indent)[ \t]{1,20}[^\r\n]{0,8000}\r?\n?|[ \t]{0,40}\r?\n){1,400})"
)
_LINE = expression(
    rb"(?m)^[ \t]{1,40}[\"']?(?P<key>[\w.-]{1,100})[\"']?:[ \t]{1,4}[\"']?(?P<value>[^\s\"'#|>][^\r\n\"']{0,8000})"
)
_OBJECT = expression(rb"\"(?P<name>data|stringData)\"\s{0,3}:\s{0,3}\{(?P<lines>[^{}]{1,20000})\}")
_MEMBER = expression(rb"\"(?P<key>[\w.-]{1,100})\"\s{0,3}:\s{0,3}\"(?P<value>[^\"\r\n]{1,8000})\"")
_PLAIN_KEYS = expression(
    rb"(?i)(?:^|[._-])(?:user(?:name)?|host(?:name)?|port|server|region|namespace|name|email|database|db"
    rb"|schema|ca\.crt|tls\.crt|url|endpoint|version|type|enabled)$"
    rb"|(?:account|user|host|bucket|container|share|server|cluster|client|tenant|domain|project|database)name$"
)
_REACH = 64_000
_SHORTEST = 4


def _look(specimen: Specimen) -> Iterator[Hit]:
    data = specimen.data
    for kind in _KIND.finditer(data):
        start, end = _document(data, kind.start())
        for blocks, line in ((_BLOCK, _LINE), (_OBJECT, _MEMBER)):
            for block in blocks.finditer(data, start, end):
                for entry in line.finditer(data, block.start("lines"), block.end("lines")):
                    yield from _hit(entry, encoded=block["name"] == b"data")


def _document(data: bytes, at: int) -> tuple[int, int]:
    """The YAML document that `at` stands in, cut at the reach."""
    first, last = max(0, at - _REACH), min(len(data), at + _REACH)
    before = [end.end() for end in _DOCUMENT_END.finditer(data, first, at)]
    behind = _DOCUMENT_END.search(data, at, last)
    return before[-1] if before else first, behind.start() if behind else last


def _hit(entry: re.Match[bytes], *, encoded: bool) -> Iterator[Hit]:
    value = entry["value"].rstrip()
    if _PLAIN_KEYS.search(entry["key"]):
        return
    plain = _decoded(value) if encoded else value
    judged = judge(plain) if plain else Judgement(Worth.NOTHING, "does not decode")
    found = credential(entry.start("value"), value, judged, "a value of a Kubernetes Secret")
    if found is not None:
        yield Hit(
            start=found.start,
            end=found.end,
            value=Secret(plain, "credential"),
            form=found.form,
            severity=found.severity,
            confidence=found.confidence,
            why=found.why,
        )


def _decoded(value: bytes) -> bytes:
    """What the value means; nothing where it is no base64, or a certificate or key (which are found decoded)."""
    try:
        plain = base64.b64decode(value, validate=True).rstrip(b"\r\n")
    except binascii.Error:
        return b""
    return b"" if len(plain) < _SHORTEST or b"-----BEGIN" in plain else plain


_PLAIN = ("kT7", "vq9-Lm2x")
_CODED = base64.b64encode("".join(_PLAIN).encode()).decode()

DETECTOR = ContentDetector(
    Card(
        id="secrets.kubernetes-secrets",
        title="Value of a Kubernetes Secret",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.CONTENT,
        why="A Secret manifest holds its values in base64, which protects nothing. Sure: the kind says what they are. "
        "User names, hosts and certificates beside them are passed over.",
        remedy="Change what the value opens, then redact it; keep the manifest sealed or made from a key store.",
        reference="Kubernetes API, Secret v1: data and stringData; issue 4",
        examples=(
            Example(("apiVersion: v1\nkind: Secret\ndata:\n  db-key: ", _CODED, "\n"), _PLAIN, "secret.yaml"),
            Example(("kind: Secret\nstringData:\n  db-key: ", *_PLAIN, "\ntype: Opaque\n"), _PLAIN, "secret.yaml"),
            Example(('{"kind": "Secret", "data": {"db-key": "', _CODED, '"}}'), _PLAIN, "secret.json"),
        ),
        non_examples=(
            Example(("kind: ConfigMap\ndata:\n  db-key: ", _CODED, "\n"), path="map.yaml"),
            Example(("kind: Secret\ndata:\n  db-key: {{ .Values.key | b64enc }}\n",), path="secret.yaml"),
            Example(("kind: Secret\ndata:\n  azurestorageaccountname: ", _CODED, "\n"), path="secret.yaml"),
            Example(("kind: Secret\ndata:\n  username: ", _CODED, "\n"), path="secret.yaml"),
        ),
    ),
    _look,
    (rb"kind\"?\s{0,3}:\s{0,4}[\"']?Secret[^A-Za-z]",),
)

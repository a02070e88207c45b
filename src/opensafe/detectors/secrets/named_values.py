"""Values whose name stands apart from them: `name: DB_PASSWORD, value: x`, `<key>p</key><string>x</string>`, defaults.

Manifests of containers, task definitions, property lists and templates of clouds keep name and value in two fields,
often on two lines, where rules for `name = value` see neither.
"""

from collections.abc import Iterator

from opensafe.detectors.assigned import looks_like_key
from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.settingnames import Kind, kind_of
from opensafe.detectors.values import judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_TELLING = rb"(?:pass|pwd|psw|secret|cred|token|key|salt)"
_NAMES = rb"(?:name|key|parameter_?(?:key|name)|id|field|option|variable|header|property)"
_VALUES = rb"(?:value|parameter_?value|string_?value|content|val|default(?:_?value)?)"
_JOINT = rb"[\"']?\s{0,3}(?::|=>?)\s{0,3}"
_QUOTED = rb"(?:\"(?P<double>[^\"\r\n]{1,300}+)\"|'(?P<single>[^'\r\n]{1,300}+)'"
_VALUE = _QUOTED + rb"|(?P<bare>[^\s\"'{}\[\],#!&*|>$][^\s\"',}\]]{2,299}+)(?=[ \t]{0,8}(?:[,}]|\r?\n|#|\Z)))"

_PAIR = expression(
    rb"(?i)\b"
    + _NAMES
    + _JOINT
    + rb"[\"']?(?P<name>[\w.:/-]{2,60}+)[\"']?[ \t]{0,3}(?:[,;]|\r?\n)"
    + rb"(?:[ \t]{1,40}(?:type|tier|key_id)[ ]{1,20}=[^\r\n]{1,40}\r?\n){0,2}\s{0,40}[\"']?\b"
    + _VALUES
    + _JOINT
    + _VALUE
)
_ELEMENTS = expression(
    rb"<(?:name|key)>\s{0,10}(?P<name>[\w.:-]{2,60}+)\s{0,10}</(?:name|key)>\s{0,60}"
    rb"<(?P<tag>value|string)>\s{0,10}(?P<value>[^<>\r\n]{1,300}?)\s{0,10}</(?P=tag)>"
)
_ATTRIBUTE = expression(
    rb"<\w{2,20}\s{1,10}(?:name|key|id)=[\"'](?P<name>[\w.:-]{2,60}+)[\"'][^<>]{0,60}>\s{0,10}"
    rb"(?P<value>[^<>\r\n]{1,300}?)\s{0,10}</"
)
# The lines that may stand between the name of a parameter and its default.
_DESCRIBED = (
    rb"(?:[ \t]{0,40}[\"']?(?:type|description|desc|noecho|sensitive|nullable|min_?length|max_?length|allowed_?pattern"
    rb"|constraint_?description|format|title|ephemeral|required|metadata)[\"']?\s{0,3}[:=][^\r\n]{0,300}\r?\n){0,8}"
)
_DEFAULT = expression(
    rb"(?i)(?:\bvariable[ \t]{1,4}\"|[\"']|^[ \t]{0,40}|\n[ \t]{0,40})(?P<name>[\w-]{2,60}+)[\"']?\s{0,3}"
    rb"(?::[ \t]{0,3}\{?|\{)"
    rb"[ \t]{0,3}(?:\r?\n" + _DESCRIBED + rb"|(?:\"type\":\s{0,2}\"\w{1,20}\",)?)\s{0,40}[\"']?"
    rb"(?:default(?:_?value)?|value)" + _JOINT + _VALUE
)
_PATTERNS = (_PAIR, _ELEMENTS, _ATTRIBUTE, _DEFAULT)
_CONFIGURATION = expression(rb"(?i)\.(?:ya?ml|j2|tpl|conf|tf|hcl|properties|toml)$")
_BEYOND = 700


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(specimen.data, max(0, start - _BEYOND), end + _BEYOND):
            group = "value" if pattern in {_ELEMENTS, _ATTRIBUTE} else match.lastgroup or "bare"
            at = match.start(group)
            if start <= at < end and at not in seen and _is_written(specimen, group):
                seen.add(at)
                yield from _hit(match["name"], at, match[group])


def _is_written(specimen: Specimen, group: str) -> bool:
    """Without quotes a value is one in configuration only; in code it is a variable."""
    return group != "bare" or _CONFIGURATION.search(specimen.path) is not None


def _hit(name: bytes, at: int, value: bytes) -> Iterator[Hit]:
    kind = kind_of(name)
    text = value.decode("utf-8", "replace")
    if kind is Kind.PASSWORD or (kind is Kind.KEY and looks_like_key(text)):
        hit = credential(at, value, judge(value), "given to a telling name")
        if hit is not None:
            yield hit


_SECRET = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.named-values",
        title="Password or key in the field beside its name",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Environments of containers, property lists and parameters of cloud templates keep the name in one field "
        "and the value in the next. Sure where the name says password, or key and the value looks like one.",
        remedy="Change the password or revoke the key, then redact it; give it as a reference to a key store.",
        reference="Kubernetes EnvVar; Amazon ECS task definition; CloudFormation and Terraform parameters; "
        "Hadoop configuration; CWE-798",
        examples=(
            Example(("env:\n  - name: DB_PASS", "WORD\n    value: ", *_SECRET, "\n"), _SECRET, "deployment.yaml"),
            Example(('{"name": "DB_PASS', 'WORD", "value": "', *_SECRET, '"}'), _SECRET, "task.json"),
            Example(("<key>api_se", "cret</key>\n  <string>", *_SECRET, "</string>"), _SECRET, "Info.plist"),
            Example(('<string name="api_se', 'cret">', *_SECRET, "</string>"), _SECRET, "strings.xml"),
            Example(
                ('variable "db_pass', 'word" {\n  type = string\n  default = "', *_SECRET, '"\n}'), _SECRET, "main.tf"
            ),
            Example(("  DbPass", "word:\n    Type: String\n    Default: ", *_SECRET, "\n"), _SECRET, "stack.yml"),
        ),
        non_examples=(
            Example(
                ("- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db\n",), path="deployment.yaml"
            ),
            Example(("- name: DB_PASSWORD\n  value: $(DB_PASSWORD)\n",), path="deployment.yaml"),
            Example(("{name: 'password', value: password1}",), path="form.js"),
            Example(('<string name="password">Password</string>',), path="strings.xml"),
            Example(('variable "db_password" {\n  type = string\n  sensitive = true\n}',), path="main.tf"),
            Example(("- name: cache-key\n  value: ", *_SECRET, "\n"), path="deployment.yaml"),
            Example(("- name: DB_PASSWORD\n  value: REDACTED-1\n",), path="deployment.yaml"),
        ),
    ),
    (
        rb"(?i:"
        + _TELLING
        + rb"[A-Za-z0-9_.-]{0,40}[\"']?[ \t]{0,3}(?:[,;]|\r?\n)\s{0,40}[\"']?"
        + _VALUES
        + rb"[\"']?\s{0,3}[:=])",
        rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,30}\s{0,10}</(?:name|key)>\s{0,60}<(?:value|string)>)",
        rb"(?i:(?:name|key|id)=[\"'][A-Za-z0-9_.:-]{0,50}"
        + _TELLING
        + rb"[A-Za-z0-9_.-]{0,30}[\"'][^<>/]{0,60}>\s{0,10}[^<\s])",
        rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}\"\r?\n"
        rb"(?:[ \t]{1,40}(?:type|tier|key_id)[ ]{1,20}=[^\r\n]{1,40}\r?\n){1,2}\s{0,40}value\s{0,10}=)",
        rb"(?i:[ \t]default(?:_?value)?[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?[^\s\"'\[{]{4})",
        rb"(?i:" + _TELLING + rb"[A-Za-z0-9_-]{0,40}[\"']\s{0,3}:\s{0,3}\{\s{0,40}[\"'](?:value|type)[\"'])",
    ),
    _examine,
)

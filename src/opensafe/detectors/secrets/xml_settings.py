"""Credentials in XML: `<password>x</password>`, and `<add key="DbPassword" value="x"/>`."""

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

_ELEMENT = expression(rb"<(?:\w{1,20}:)?(?P<name>[\w.-]{2,60}+)>\s{0,10}+(?P<value>[^<>\r\n]{1,300}?)\s{0,10}</")
_PAIR = expression(
    rb"(?i)\b(?:key|name|id)\s{0,2}=\s{0,2}[\"'](?P<name>[\w.:-]{2,60}+)[\"']\s{1,4}+(?:type=[\"']hidden[\"']\s{1,4}+)?"
    rb"(?:value|content)\s{0,2}=\s{0,2}(?:\"(?P<double>[^\"\r\n]{1,300}+)\"|'(?P<single>[^'\r\n]{1,300}+)')"
)
_PROSE = expression(rb"[`{}][^`{}]{0,200}\s|\s[^`{}]{0,200}[`{}]")  # two elements named in a text about them


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for pattern in (_ELEMENT, _PAIR):
        for match in pattern.finditer(specimen.data, start, end):
            group = match.lastgroup or "value"
            hit = None
            if _PROSE.search(match[group]):
                continue
            kind = kind_of(match["name"])
            # A key has many other meanings in markup: only what looks like one counts.
            if kind is Kind.PASSWORD or (kind is Kind.KEY and looks_like_key(match[group].decode("utf-8", "replace"))):
                hit = credential(match.start(group), match[group], judge(match[group]), "set in an XML setting")
            if hit is not None:
                yield hit


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.xml-settings",
        title="Password in an XML setting",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Application settings keep name and value in two attributes or an element, where rules for `name = value` "
        "do not see them.",
        remedy="Change the password, then redact it; read it from the environment or a key store.",
        reference="facts: secrets 13; CWE-260",
        examples=(
            Example(("<server><pass", "word>", *_VALUE, "</pass", "word></server>"), _VALUE, "settings.xml"),
            Example(('<add key="DbPass', 'word" value="', *_VALUE, '"/>'), _VALUE, "web.config"),
            Example(('<meta name="csrf-tok', 'en" content="', *_VALUE, '">'), _VALUE, "page.html"),
            Example(("<api", "Key>", *_VALUE, "</api", "Key>"), _VALUE, "settings.xml"),
        ),
        non_examples=(
            Example(("<password>${db.password}</password>",), path="settings.xml"),
            Example(("the value between `<secret>` and `</secret>` of the file",), path="README.md"),
            Example(("<password>REDACTED-1</password>",), path="settings.xml"),
            Example(('<meta name="csrf-param" content="authenticity_token">',), path="page.html"),
            Example(("<key>CFBundleName2</key>",), path="Info.plist"),
            Example(('<add key="DbServer" value="', *_VALUE, '"/>'), path="web.config"),
        ),
    ),
    (
        rb"(?i:<[A-Za-z0-9_.:-]{0,50}(?:pass|pwd|psw|secret|cred|key|token)[A-Za-z0-9_.-]{0,30}>)",
        rb"(?i:(?:pass|pwd|psw|secret|cred|key|token)[A-Za-z0-9_.-]{0,30}[\"']\s{1,4}(?:type=[\"']hidden[\"']\s{1,4})?(?:value|content)\s{0,2}=)",
    ),
    _examine,
)

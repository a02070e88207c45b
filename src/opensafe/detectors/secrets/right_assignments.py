"""Passwords that R assigns to the right: `"…" -> db_password`."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.settingnames import Kind, kind_of
from opensafe.detectors.values import Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_ASSIGNED = expression(
    rb"[\"'](?P<value>[^\"'\\\r\n]{4,200})[\"'][ \t]{0,4}->>?[ \t\r\n]{0,8}(?P<name>[A-Za-z.][\w.$]{1,60})(?![\w(.$])"
)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _ASSIGNED.finditer(specimen.data, start, end):
        if kind_of(match["name"]) is Kind.PASSWORD and judge(match["value"]).worth is not Worth.NOTHING:
            hit = credential(match.start("value"), match["value"], judge(match["value"]), "assigned to a telling name")
            yield from filter(None, [hit])


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.right-assignments",
        title="Password assigned to the right",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="R lets the name stand behind its value, where no other rule looks for it.",
        remedy="Change the password, then redact it; read it from the environment or a key store.",
        reference="R language definition, 3.1.5 and 10.4.4; facts: secrets 13",
        examples=(Example(('"', *_VALUE, '" -> db_pass', "word"), _VALUE, "load.R"),),
        non_examples=(
            Example(('"kT7vq9-Lm2x" -> label',), path="a.R"),
            Example(('Sys.getenv("DB_PASSWORD") -> db_password',), path="a.R"),
            Example(('case "secret-value": x -> passwordOf(y)',), path="A.java"),
        ),
    ),
    (rb"(?i:[\"'][ \t]{0,4}->>?[ \t]{0,4}[A-Z.][A-Z0-9_.$]{0,60}(?:pass|pwd|pw|secret))",),
    _examine,
)

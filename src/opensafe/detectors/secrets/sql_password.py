"""Passwords in SQL: `IDENTIFIED BY '…'`, `WITH PASSWORD = '…'`, `ENCRYPTED PASSWORD '…'`, linked servers."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import judge
from opensafe.detectors.weakpasswords import chosen
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_PASSWORD = expression(
    rb"(?i:\bidentified\s{1,3}+(?:with\s{1,3}+[\w'\"]{3,40}+\s{1,3}+)?(?:by|as)(?:\s{1,3}+password)?|\bpassword(?:\s{0,3}=\s{0,3}|\s{1,3}))"
    rb"\s{0,3}+N?'(?P<value>(?:[^'\r\n]|''){1,200}+)'"
    rb"|(?i:\bidentified\s{1,3}+by(?:\s{1,3}+values)?)\s{1,3}+\"(?P<double>[^\"\r\n]{1,200}+)\""
    rb"|(?i:\b(?:user|role|login)\b)[^;\r\n]{1,100}?(?i:\bidentified\s{1,3}+by)\s{1,3}+"
    rb"(?P<bare>(?=[\w$#]{0,60}(?:\d|[a-z][A-Z]))[A-Za-z0-9][\w$#]{4,60}+)(?=\s{0,3}(?:;|$|\s[a-zA-Z]))"
    rb"|(?i:\bsp_add(?:linkedsrvlogin|login)\b)[^;\r\n]{0,300}?,\s{0,3}N?'[^'\r\n]{1,100}'\s{0,3},\s{0,3}"
    rb"N?'(?P<linked>(?:[^'\r\n]|''){1,200}+)'\s{0,3}(?=;|\s|$)"
    rb"|(?i:\b(?:secret|rmtpassword|@password)\s{0,3}=\s{0,3}N?)'(?P<named>[^'\r\n]{4,400}+)'"
)
_OF_ACCOUNT = expression(  # what makes one, or changes it
    rb"(?i)\bidentified\s{1,3}by\b|\bsp_add(?:linkedsrv)?login\b"
    rb"|\b(?:create|alter)\s{1,3}(?:login|user|role)\b[^;\n]{1,100}\bpassword\b"
)
_REACH = 100  # bytes before


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _PASSWORD.finditer(specimen.data, start, end):
        group = match.lastgroup or "value"
        judged = judge(match[group])
        if _OF_ACCOUNT.search(specimen.data, max(0, match.start() - _REACH), match.start(group)):
            judged = chosen(match[group], judged)
        hit = credential(match.start(group), match[group], judged, "set in an SQL statement")
        if hit is not None:
            yield hit


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.sql-password",
        title="Password in an SQL statement",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Scripts that create logins, links and credentials keep the password in clear.",
        remedy="Change the login's password, then redact it; pass it as a variable of the SQL client.",
        reference="facts: secrets 13; T-SQL CREATE LOGIN; PostgreSQL CREATE ROLE; Oracle and MySQL CREATE USER",
        examples=(
            Example(("CREATE USER app IDENTIFIED B", "Y '", *_VALUE, "';"), _VALUE, "a.sql"),
            Example(("CREATE LOGIN app WITH PASS", "WORD = N'", *_VALUE, "'"), _VALUE, "a.sql"),
            Example(("EXEC sp_addlinkedsrvlog", "in 's1', 'false', NULL, 'app', '", *_VALUE, "';"), _VALUE, "a.sql"),
            Example(("CREATE USER app IDENTIFIED B", "Y ", "9kT7", "vqLmx;"), ("9kT7", "vqLmx"), "a.sql"),
            Example(("ALTER ROLE app ENCRYPTED PASS", "WORD '", *_VALUE, "'"), _VALUE, "a.sql"),
        ),
        non_examples=(
            Example(("CREATE USER app IDENTIFIED BY VALUES, IDENTIFIED BY theFunction(x);",), path="a.sql"),
            Example(("CREATE USER app IDENTIFIED BY '$(AppPassword)';",), path="a.sql"),
            Example(("IDENTIFIED BY 'REDACTED-1'",), path="a.sql"),
            Example(("SELECT password FROM users WHERE name = 'kT7vq9Lm2x'",), path="a.sql"),
        ),
    ),
    (
        rb"(?i:identified\s{1,3}(?:by|with)\s)",
        rb"(?i:password(?:\s{0,3}=|\s)\s{0,3}N?')",
        rb"(?i:sp_add(?:linkedsrv)?login)",
        rb"(?i:\bsecret\s{0,3}=\s{0,3}N?'[^'\r\n]{4})",
    ),
    _examine,
)

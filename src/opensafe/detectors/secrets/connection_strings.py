"""Passwords inside connection strings: ODBC and ADO (`PWD=…;`), and `scheme://user:password@host`."""

import re
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_TRIGGERS = (
    rb"(?i:(?:pwd|password)\s{0,3}=)",
    rb"://[^\s:/@\"'<>]{0,80}:[^\s@\"'<>/]{1,200}@",
    rb"(?i::\d{2,5}:[^:\s]{1,64}:[^:\s]{1,64}:)",
)

_PASSWORD = re.compile(
    rb"""(?i)\b(?:pwd|password)\s{0,3}+=\s{0,3}+"""
    rb"""(?:\{(?P<braced>[^{}\r\n]{1,200}+)\}|(?P<plain>[^;&"'\s{}<>]{1,200}+))"""
)
_COMPANION = re.compile(
    rb"(?i)\b(?:server|data source|driver|dsn|uid|user id|user|database|initial catalog|host|hostname|provider)\s{0,3}="
)
_URL = re.compile(
    rb"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30}+)://(?P<user>[^\s:/@\"'<>]{0,80}+)"
    rb":(?P<password>[^\s@\"'<>/]{1,200}+)@[\w\[]"
)
_PGPASS = re.compile(rb"(?m)^[^:\s#]{1,200}+:(?:\d{1,5}|\*):[^:\s]{1,64}+:[^:\s]{1,64}+:(?P<password>[^\r\n]{1,200}+)")
_PGPASS_PATH = re.compile(rb"(?i)(?:^|[/.])pgpass(?:\.conf)?$")
_SAMPLE_PAIRS = frozenset(
    b"user:pass user:password username:password foo:bar me:pass name:pass login:password usr:pwd user:pwd u:p a:b "
    b"user:secret usuario:password".split()
)
_COMPANION_REACH = 300


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for found in (_odbc, _url, _pgpass):
        yield from found(specimen, start, end)


def _odbc(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for match in _PASSWORD.finditer(data, start, end):
        near = data[max(0, match.start() - _COMPANION_REACH) : match.end() + _COMPANION_REACH]
        if b";" not in near or not _COMPANION.search(near):
            continue
        group = "plain" if match["braced"] is None else "braced"
        hit = credential(match.start(group), match[group], judge(match[group]), "password of a connection string")
        if hit is not None:
            yield hit


def _url(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _URL.finditer(specimen.data, start, end):
        judged = judge(match["password"])
        if match["user"].lower() + b":" + match["password"].lower() in _SAMPLE_PAIRS:
            judged = Judgement(Worth.DOUBTFUL, "the pair reads like a sample")
        hit = credential(match.start("password"), match["password"], judged, "user and password before a host")
        if hit is not None:
            yield hit


def _pgpass(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    if not _PGPASS_PATH.search(specimen.path):
        return
    for match in _PGPASS.finditer(specimen.data, start, end):
        value = match["password"].rstrip()
        hit = credential(match.start("password"), value, judge(value), "last field of a PostgreSQL password file")
        if hit is not None:
            yield hit


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.connection-strings",
        title="Password in a connection string",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A connection string opens the database for whoever holds it. The form is certain; sample pairs are "
        "kept at low.",
        remedy="Change the account's password; use integrated security, or read the string from the environment.",
        reference="facts: secrets 3.3 and 13; RFC 3986 section 3.2.1; ODBC connection strings; PostgreSQL .pgpass",
        examples=(
            Example(("Driver={SQL Server};Server=s1;Database=d;UID=app;PW", "D=", *_VALUE, ";"), _VALUE),
            Example(('"Data Source=s1;User ID=app;Pass', "word=", *_VALUE, '"'), _VALUE, "app.config"),
            Example(("Server=s1;Uid=app;PW", "D={", *_VALUE, "};"), _VALUE),
            Example(("postgresql+psycopg2://app:", *_VALUE, "@db.local:5432/x"), _VALUE, "a.py"),
            Example(("https://app:", *_VALUE, "@host.local/x"), _VALUE, "README.md"),
            Example(("db.local:5432:warehouse:app:", *_VALUE, "\n"), _VALUE, ".pgpass"),
        ),
        non_examples=(
            Example(("Server=s1;Database=d;Trusted_Connection=yes;",)),
            Example(("Server=s1;UID=app;PWD={pwd};",), path="a.py"),
            Example(("Server=s1;UID=app;PWD=REDACTED-1;",)),
            Example(("https://user:password@example.com/",)),
            Example(("https://user:${TOKEN}@host/",)),
            Example(("see http://localhost:8080/a@b",)),
            Example(("git@github.com:owner/name.git",)),
        ),
    ),
    _TRIGGERS,
    _examine,
)

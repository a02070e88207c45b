"""Passwords in PostgreSQL's password file: `host:port:database:user:password`."""

import re
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_ENTRY = re.compile(
    rb"(?m)(?:^|(?<=[\"'>]))(?:[\w.-]{1,100}|\*):(?P<port>\d{2,5}|\*):[^:\s\"']{1,64}+:[^:\s\"']{1,64}+:"
    rb"(?P<value>(?:[^\r\n\\\"':]|\\[:\\]){1,200}+)"
)
_PATH = re.compile(rb"(?i)(?:^|[/.])pgpass(?:\.conf)?(?:\.[\w-]{1,20})?$")
_MENTION = re.compile(rb"(?i)pgpass|pg_service|postgres")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    certain = _PATH.search(specimen.path) is not None
    for match in _ENTRY.finditer(specimen.data, start, end):
        near = specimen.data[max(0, match.start() - 300) : match.end() + 300]
        if not certain and (match["port"] == b"*" or not _MENTION.search(near)):
            continue
        value = match["value"].rstrip()
        hit = credential(match.start("value"), value, judge(value), "last field of a PostgreSQL password file")
        if hit is not None:
            yield hit


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.pgpass",
        title="Password in a PostgreSQL password file",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Every client of the library logs in by this file. Certain in a file of that name; elsewhere the name must "
        "stand near a line of that form.",
        remedy="Change the account's password, then redact it; keep the file in the home folder only.",
        reference="PostgreSQL, the password file; issue 4, .pgpass",
        examples=(
            Example(("db.local:5432:warehouse:app:", *_VALUE, "\n"), _VALUE, ".pgpass"),
            Example(("*:*:*:app:", *_VALUE, "\n"), _VALUE, "pgpass.conf"),
            Example(('echo "h1:5432:dw:app:', *_VALUE, '" > ~/.pgpass'), _VALUE, "setup.sh"),
        ),
        non_examples=(
            Example(("h1:5432:dw:app:REDACTED-1\n",), path=".pgpass"),
            Example(("#hostname:port:database:username:password\n",), path=".pgpass"),
            Example(("10:30:a:b:", *_VALUE, "\n"), path="times.txt"),
        ),
    ),
    (rb":(?:[0-9]{2,5}|\*):[^:\s]{1,64}:[^:\s]{1,64}:[^\s]",),
    _examine,
)

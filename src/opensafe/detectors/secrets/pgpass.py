"""Passwords in PostgreSQL's password file: `host:port:database:user:password`."""

import re
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import judge
from opensafe.detectors.weakpasswords import chosen
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_ENTRY = expression(
    rb"(?m)(?:^(?:[#*>/-]{1,3}[ \t]{1,4})?|(?<=[\"'>]))"
    rb"(?:[\w.-]{1,100}|\*):(?P<port>\d{2,5}|\*):[^:\s\"']{1,64}+:[^:\s\"']{1,64}+:"
    rb"(?P<value>(?:[^\r\n\\\"':]|\\[:\\]){1,200}+)"
)
_PATH = expression(rb"(?i)(?:^|[/.])pgpass(?:\.conf)?(?:\.[\w-]{1,20})?$")
_OWN_PORTS = frozenset({b"5432", b"5433", b"6432"})
_MENTION = expression(rb"(?i)pgpass|pg_service|postgres")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    certain = _PATH.search(specimen.path) is not None
    for match in _ENTRY.finditer(specimen.data, start, end):
        value = match["value"].rstrip()
        judged = chosen(value, judge(value)) if certain else judge(value)
        if not certain and not _is_likely(specimen.data, match, value):
            continue
        hit = credential(match.start("value"), value, judged, "last field of a PostgreSQL password file")
        if hit is not None:
            yield hit


def _is_likely(data: bytes, match: re.Match[bytes], value: bytes) -> bool:
    """Elsewhere than in the file: near a word for it, or with a port of PostgreSQL and more than a word in the end."""
    if match["port"] in _OWN_PORTS and not value.islower():
        return True
    near = data[max(0, match.start() - 300) : match.end() + 300]
    return match["port"] != b"*" and _MENTION.search(near) is not None


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.pgpass",
        title="Password in a PostgreSQL password file",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Every client of the library logs in by this file. Certain in a file of that name; elsewhere the name must "
        "stand near a line of that form, or the port be PostgreSQL's own.",
        remedy="Change the account's password, then redact it; keep the file in the home folder only.",
        reference="PostgreSQL, the password file; issue 4, .pgpass",
        examples=(
            Example(("db.local:5432:warehouse:app:", *_VALUE, "\n"), _VALUE, ".pgpass"),
            Example(("*:*:*:app:", *_VALUE, "\n"), _VALUE, "pgpass.conf"),
            Example(("# db.local:5432:warehouse:app:", *_VALUE, "\n"), _VALUE, "notes.txt"),
            Example(('echo "h1:5432:dw:app:', *_VALUE, '" > ~/.pgpass'), _VALUE, "setup.sh"),
        ),
        non_examples=(
            Example(("h1:5432:dw:app:REDACTED-1\n",), path=".pgpass"),
            Example(("#hostname:port:database:username:password\n",), path=".pgpass"),
            Example(("db:5432:warehouse:app:password\n",), path="notes.txt"),
            Example(("10:30:a:b:", *_VALUE, "\n"), path="times.txt"),
        ),
    ),
    (rb":(?:[0-9]{2,5}|\*):[^:\s]{1,64}:[^:\s]{1,64}:[^\s]",),
    _examine,
)

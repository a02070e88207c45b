"""Passwords and tokens in addresses of any scheme: `scheme://user:password@host`, `https://token@host`."""

import re
from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.detectors.weakpasswords import chosen, is_trial
from opensafe.detectors.words import looks_like_words, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

# A password may hold an @ itself: the last one before a host counts.
_PAIR = expression(
    rb"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30}+):(?://|\\/\\/)(?P<user>[^\s:/@\"'<>]{0,80}+)"
    rb":(?P<value>[^\s\"'<>/`]{1,200})@(?P<host>[\w.\[$%{-][\w.:\]$%{}-]{0,200})"
)
_GO = expression(  # the data source names of Go's drivers
    rb"[\"'`](?P<user>[\w.-]{1,60}+):(?P<value>[^\s\"'`/@]{1,200}+)@(?:tcp|unix)\((?P<host>[\w./:\[\]${}%-]{1,200})\)"
)
_TOKEN = expression(
    rb"\bhttps?:(?://|\\/\\/)(?P<value>[A-Za-z0-9_-]{20,255}+)(?::(?:x-oauth-basic"
    rb"|x-token-auth)?)?@[\w.-]{3,100}\.[a-z]{2,10}"
)
_SAMPLE_PAIRS = frozenset(
    b"user:pass user:password username:password foo:bar me:pass name:pass login:password usr:pwd user:pwd u:p a:b "
    b"user:secret usuario:password user:passwd username:pass username:passwd admin:admin root:root guest:guest "
    b"test:test postgres:postgres user:user alice:secret bob:secret login:pass id:password usr:pass "
    b"uid:pwd scott:tiger".split()
)
_SAMPLE_HOST = expression(
    rb"(?i)^(?:[\w.-]{0,80}\.)?(?:example\.(?:com|org|net)|example|host(?:name)?|domain(?:\.com)?"
    rb"|server(?:name)?|myhost|your[\w.-]{0,40})(?::|$)"
)
_ITSELF = expression(rb"(?i)(?:user(?:name)?|login|name)[\w-]{0,10}:(?:.{0,10}(?:pass|pwd|secret|token|key).{0,10})")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in (*_PAIR.finditer(specimen.data, start, end), *_GO.finditer(specimen.data, start, end)):
        judged = _judge(match)
        if not is_trial(specimen, *match.span()):
            judged = chosen(match["value"], judged)
        hit = credential(match.start("value"), match["value"], judged, "user and password before a host")
        if hit is not None:
            yield hit
    for match in _TOKEN.finditer(specimen.data, start, end):
        hit = credential(match.start("value"), match["value"], _judge_token(match["value"]), "a token before a host")
        if hit is not None:
            yield hit


def _judge(match: re.Match[bytes]) -> Judgement:
    pair = match["user"].lower() + b":" + match["value"].lower()
    if pair in _SAMPLE_PAIRS or _ITSELF.fullmatch(pair) or match["user"].lower() == match["value"].lower():
        return Judgement(Worth.DOUBTFUL, "the pair reads like a sample")
    judged = judge(match["value"])
    if judged.worth is Worth.PLAUSIBLE and _SAMPLE_HOST.search(match["host"]):
        return Judgement(Worth.DOUBTFUL, "the host is that of a sample")
    return judged


def _judge_token(value: bytes) -> Judgement:
    text = value.decode("ascii")
    if looks_like_words(text) or not mixes_letters_and_digits(text):
        return Judgement(Worth.NOTHING, "a user name")
    return judge(value)


_VALUE = ("kT7", "vq9-Lm2x")
_LONG = ("kT7vq9Lm2xPz", "4Rw8YcHb3Nf6")

DETECTOR = PatternDetector(
    Card(
        id="secrets.url-credentials",
        title="Password or token in an address",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The address opens the service for whoever reads it: databases, SFTP, shares, remotes of git. Sure, any "
        "scheme; pairs such as foo:bar and hosts of samples are kept at low.",
        remedy="Change the password or revoke the token, then redact it; read the address from the environment.",
        reference="RFC 3986, section 3.2.1; facts: secrets 13, URL credentials with any scheme",
        examples=(
            Example(("postgresql+psycopg2://app:", *_VALUE, "@db.local:5432/x"), _VALUE, "a.py"),
            Example(("https://app:", *_VALUE, "@host.local/x"), _VALUE, "README.md"),
            Example(("sftp://app:p@", *_VALUE, "@h1/in"), ("p@", *_VALUE), "get.sh"),
            Example(("smb://TRUST;app:", *_VALUE, "@files/share"), _VALUE, "get.sh"),
            Example(("git clone https://", *_LONG, "@git.h1.org/o/r.git"), _LONG, "get.sh"),
        ),
        non_examples=(
            Example(("https://user:password@example.com/",)),
            Example(("https://user:${TOKEN}@host/",)),
            Example(("see http://localhost:8080/a@b",)),
            Example(("git@github.com:owner/name.git",)),
            Example(("https://app:REDACTED-1@host.local/x",)),
            Example(("https://medium.com/@somebody-with-a-long-name/a",)),
        ),
    ),
    (
        rb"[\"'`][A-Za-z0-9_.-]{1,60}:[^\s\"'`/@]{1,200}@(?:tcp|unix)\(",
        rb":(?://|\\/\\/)[^\s:/@\"'<>]{0,80}:[^\s\"'<>/`]{1,200}@",
        rb"https?:(?://|\\/\\/)[A-Za-z0-9_-]{20,255}(?::(?:x-oauth-basic|x-token-auth)?)?@",
    ),
    _examine,
)

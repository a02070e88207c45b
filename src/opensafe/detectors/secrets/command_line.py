"""Passwords on a command line: `--password x`, `-passin pass:x`, `curl -u user:x`, `ConvertTo-SecureString "x"`."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import judge
from opensafe.detectors.weakpasswords import chosen
from opensafe.detectors.words import is_jumbled
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_OPTION = (
    rb"--?(?:[a-z]{1,20}-)?"
    rb"(?:(?:tls|http|ftp|user|root|admin|db)?password|passwd|passphrase|pass|pwd|secret|token|api-?key|client-secret"
    rb"|auth-?token|vault-?token)"
)
_TRIGGERS = (
    rb"(?i:" + _OPTION + rb")[= ]",
    rb"(?i:pass(?:in|out|word)?\s{1,3}[\"']?pass:)",
    rb"(?i:(?:-u|--(?:proxy-)?user)[\s=]{1,3}[\"']?[\w.@-]{1,40}:)",
    rb"(?i:convertto-securestring)",
    rb"(?i:sqlcmd|osql|isql|bcp)[ \t]",
)

_VALUE = (
    rb"""(?:"(?P<double>[^"\r\n]{1,200}+)"|'(?P<single>[^'\r\n]{1,200}+)'"""
    rb"""|(?P<bare>[^\s"'`,;|&<>)\]\\-][^\s"'`;|&<>)\]\\]{0,199}+))"""
)
_OF_OPENSSL = expression(rb"(?i)\bpass(?:in|out|word)?\s{1,3}+[\"']?pass:" + _VALUE)
"""Nothing but a password stands there: one that reads like a word is one too."""

_FORMS = tuple(
    expression(form + _VALUE)
    for form in (
        rb"(?i)(?<![\w-])" + _OPTION + rb"(?:=|[ \t]{1,4}+)",
        rb"(?i:\b(?:sqlcmd|osql|isql|bcp)\b)[^\r\n]{0,200}?[ \t]-P[ \t]{0,2}+",
        rb"(?i)convertto-securestring(?:\s{1,3}+-string)?\s{1,3}+",
    )
)
_USER = expression(
    rb"(?i)(?<![\w-])(?:-u|--(?:proxy-)?user)[\s=]{1,3}+[\"']?[\w.@-]{1,40}+:(?P<bare>[^\s\"'`;|&<>)\\]{1,200}+)"
)
_NO_SECRET = expression(
    rb"(?i)--?(?:next|page|pagination|start|starting|continuation|sequence|client|idempotency|request"
    rb"|sort)-"
)
_OPTION_TEXT = expression(rb"(?i)in(?:\s|$)|[A-Z_]{3,40}|str|string|text|file|value|stdin|[a-z_]{1,20}\.[a-z_]{1,20}")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for form in (*_FORMS, _OF_OPENSSL, _USER):
        for match in form.finditer(specimen.data, start, end):
            group = match.lastgroup or "bare"
            value = match[group]
            is_certain = form is _OF_OPENSSL
            if _NO_SECRET.match(match.group()) or (group == "bare" and not is_certain and _is_prose(value)):
                continue
            judged = chosen(value, judge(value)) if is_certain else judge(value)
            hit = credential(match.start(group), value, judged, "given on a command line", sure=group != "bare")
            if hit is not None:
                yield hit


def _is_prose(value: bytes) -> bool:
    """A word without digits after an option is its help text or the next argument more often than a password."""
    if is_jumbled(value.decode("latin-1")):
        return False
    return value.isalpha() or _OPTION_TEXT.fullmatch(value) is not None


_SECRET = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.command-line",
        title="Password on a command line",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Scripts, READMEs and shell histories hold whole commands, passwords included; other scanners miss these.",
        remedy="Change the password; let the program read it from a file, a prompt or the environment.",
        reference="facts: secrets 13, families that every peer misses",
        examples=(
            Example(("mysql --user=app --pass", "word ", *_SECRET, " db"), _SECRET, "load.sh"),
            Example(("tool --pass", "word ", "VMPis", "nGdAGe"), ("VMPis", "nGdAGe"), "load.sh"),
            Example(("tool --pass", "word=", *_SECRET), _SECRET, "README.md"),
            Example(("openssl rsa -in k -passin pass:", *_SECRET), _SECRET, "make.sh"),
            Example(("openssl rsa -in k -passin 'pass:", "orch", "ard", "'"), ("orch", "ard"), "make.sh"),
            Example(("curl -u app:", *_SECRET, " https://host.local"), _SECRET, "get.sh"),
            Example(("sqlcmd -S srv -U app -P ", *_SECRET, " -i x.sql"), _SECRET, "load.bat"),
            Example(('ConvertTo-SecureString "', *_SECRET, '" -AsPlainText -Force'), _SECRET, "deploy.ps1"),
        ),
        non_examples=(
            Example(("mysql --password $PASSWORD db",), path="load.sh"),
            Example(("--password TEXT  The password.",), path="README.md"),
            Example(("openssl rsa -in k -passin pass:changeit",), path="load.sh"),
            Example(("docker login --password-stdin",), path="load.sh"),
            Example(("aws logs list --next-token kT7vq9Lm2xPz4Rw8",), path="list.sh"),
            Example(('tool --password "REDACTED-1"',), path="load.sh"),
            Example(('parser.add_argument("--password", help="x")',), path="a.py"),
        ),
    ),
    _TRIGGERS,
    _examine,
)

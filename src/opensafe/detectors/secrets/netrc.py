"""Passwords in `.netrc` form: `machine … login … password …`, on one line or several."""

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_ENTRY = expression(
    rb"\b(?:machine\s{1,9}[^\s\"']{1,200}|default)(?:\s{1,9}(?:login|account)\s{1,9}[^\s\"']{1,200}){1,2}"
    rb"\s{1,9}password\s{1,9}(?:\"(?P<double>[^\"\r\n]{1,200}+)\"|(?P<bare>(?:[^\s\"'\\]|\\(?!n)){1,200}+))"
)
_LINE = expression(rb"(?m)^[ \t]{0,8}password[ \t]{1,9}(?P<bare>[^\s\"']{1,200}+)[ \t]{0,4}\r?$")
_FILE = expression(rb"(?i)(?:^|[/.])_?(?:netrc|msmtprc|fetchmailrc|authinfo)(?:\.[\w.-]{1,20})?$")

_WRITTEN = expression(rb"[\"']password[ ]{1,4}(?P<bare>[^\s\"'$%{}]{3,100}+)[\"']")  # lines of a vector in R
_OF_NETRC = expression(rb"[\"']machine[ ]")

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.netrc",
        title="Password in .netrc form",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Programs such as curl, git and R's httr log in by such a file. The form is certain.",
        remedy="Change the password, then redact it; keep the file outside the repository.",
        reference="netrc(5); issue 4, .netrc",
        examples=(
            Example(('c("machine h1", "login app", "pass', "word ", *_VALUE, '")'), _VALUE, "keep.R"),
            Example(("machine h1.org login app pass", "word ", *_VALUE, "\n"), _VALUE, ".netrc"),
            Example(("machine h1.org\n  login app\n  pass", "word ", *_VALUE, "\n"), _VALUE, "_netrc"),
            Example(("writeLines('machine h1.org login app pass", "word ", *_VALUE, "', f)"), _VALUE, "login.R"),
        ),
        non_examples=(
            Example(('c("machine h1", "login app", "password %s")',), path="keep.R"),
            Example(("machine HOST login USER password ${PASSWORD}",), path=".netrc"),
            Example(("The machine will login with a password that you choose.",), path="README.md"),
            Example(("machine h1.org login app password REDACTED-1",), path=".netrc"),
        ),
    ),
    (
        rb"(?:login|account)\s{1,9}[^\s\"']{1,200}\s{1,9}password\s{1,9}[^\s]",
        rb"[\"']password [^\s\"']",
        rb"(?m:^[ \t]{0,8}password[ \t]{1,9}[^\s\"'=:])",
    ),
    captured(
        Capture("an entry of a netrc file", _ENTRY, beyond=300, certain=True),
        Capture("a line that is written to a netrc file", _WRITTEN, near=_OF_NETRC),
        Capture("a line of a netrc file", _LINE, path=_FILE, certain=True),
    ),
)

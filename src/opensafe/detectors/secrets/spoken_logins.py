"""Passwords as people write them down for each other: `as app with password x`, `Login: app / x`."""

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.detectors.words import looks_random, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_WORD = rb"(?:pass ?word|passwd|passphrase|pwd|pw)"
_BARE = rb"[`\"']?(?P<value>[^\s`\"'|<>(){}\[\],;]{5,60}[^\s`\"'|<>(){}\[\],;.:])[`\"']?(?=[.,;:)]?(?:\s|\Z))"
_SAID = expression(
    rb"(?i)(?<![\w-])(?:with|and|the|my|our|user(?:name)? [\w.\\-]{2,40},?|[\w-]{2,20}'s|wifi|wi-fi|admin|root"
    rb"|default) " + _WORD + rb"(?: is| was|:| =)? " + _BARE
)
_PAIR = expression(
    rb"(?i)(?<![\w-])(?:log ?in|log ?on|account|credentials?|creds)(?=[ :=])(?: is| are|:|=)? {0,2}"
    rb"[`\"']?[\w.\\@-]{2,60}[`\"']? {0,2}/ {0,2}" + _BARE
)
_PROTECTED = expression(
    rb"(?:[Ww]orkbook|[Ss]heet\w{0,20}|[Ww]b|[Ww]s|\w{1,20}[Dd]oc(?:ument)?)(?:\([^()\r\n]{0,40}\))?\."
    rb"(?:[Uu]np|[Pp])rotect(?:Sheet|_sheet)?[ (]{1,2}(?:Password:=[ ]?)?\"(?P<value>[^\"\r\n]{4,60})\""
)
_PAIRS = expression(
    rb"(?i)(?:BasicAuth\(\s{0,10}\w{1,30},\s{0,10}|\b\w{0,20}(?:username_password|user_pass)\w{0,20}\s{0,3}=\s{0,3})"
    rb"[{\[]\s{0,20}[\"'][^\"'\r\n]{1,60}[\"']\s{0,3}[:,]\s{0,3}[\"'](?P<value>[^\"'\r\n]{4,100})[\"']"
)
_RUBY = expression(
    rb"(?:http|request|client|conn|\w{1,20}\.)\.?(?:basic_auth|authenticate|login)[ \t]{1,4}[\"'][^\"'\r\n]{1,60}[\"'],"
    rb"[ \t]{0,4}[\"'](?P<value>[^\"'\r\n]{4,100})[\"']"
)
_PROCEDURE = expression(
    rb"(?i)\bsp_(?:addlogin|password|addapprole)\b[^'\r\n]{0,40}N?'[^'\r\n]{1,80}'[^'\r\n]{0,40}N?'"
    rb"(?P<value>[^'\r\n]{4,100})'"
)
_BEAN = expression(
    rb"(?i)<property[ \t\r\n]{1,4}name=[\"'][\w.]{0,60}pass(?:word)?[\"'][ \t]{0,4}>\s{0,20}<value>"
    rb"(?P<value>[^<>\r\n$]{4,100})</value>"
)
_PHRASE = expression(rb"[A-Za-z]{3,16}(?:-[A-Za-z]{3,16}){2,5}")
_STEPS = 2  # separators of a path, or of the scope of a signature
_FORMS = (_PROTECTED, _PAIRS, _RUBY, _PROCEDURE, _BEAN)


def _judge(value: bytes) -> Judgement:
    """In prose only what is no word and no place can be one."""
    text = value.decode("utf-8", "replace")
    is_path = b"://" in value or value.startswith(b"/") or value.count(b"/") >= _STEPS
    if _PHRASE.fullmatch(value):
        return Judgement(Worth.DOUBTFUL, "words that are joined")
    if is_path or not (mixes_letters_and_digits(text) or looks_random(text)):
        return Judgement(Worth.NOTHING, "a word of a sentence")
    return judge(value)


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.spoken-logins",
        title="Password that is told in words",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Run books and remarks tell logins without any sign of an assignment. What follows the words must be no "
        "word itself. So do calls and tables that take a user and a password by their place.",
        remedy="Change the password, then redact it; tell it through a key store.",
        reference="CWE-256; facts: secrets 13",
        examples=(
            Example(("Log in to h1 as app with pass", "word ", *_VALUE, "\n"), _VALUE, "runbook.md"),
            Example(("Login: app / ", *_VALUE, "\n"), _VALUE, "notes.txt"),
            Example(("The wifi pass", "word is ", *_VALUE, ".\n"), _VALUE, "notes.txt"),
            Example(("ActiveWorkbook.Pro", 'tect "', *_VALUE, '"'), _VALUE, "m.bas"),
            Example(('BasicAuth(app, {"ward": "', *_VALUE, '"})'), _VALUE, "app.py"),
            Example(("EXEC sp_addlo", "gin 'app', '", *_VALUE, "';"), _VALUE, "a.sql"),
            Example(("http.basic_auth 'app', '", *_VALUE, "'"), _VALUE, "a.rb"),
            Example(('<property name="password"><value>', *_VALUE, "</value>"), _VALUE, "beans.xml"),
        ),
        non_examples=(
            Example(("Credential=app/19700101/us-east-2/es/request1, Signature=x",), path="a.http"),
            Example(("Reset the password before 2021, or ask for the password today.",), path="notes.txt"),
            Example(("Login: read / write, access: src/app2/x1",), path="notes.txt"),
            Example(("with password REDACTED-1",), path="notes.txt"),
        ),
    ),
    (
        rb"(?i:(?:with|and|the|my|our|,|[a-z0-9]|'s|wifi|wi-fi|admin|root|default) "
        + _WORD
        + rb"(?: is| was|:| =)? [`\"']?[^\s`\"']{6})",
        (
            rb"(?i:(?:log ?in|log ?on|account|credentials?|creds)(?: is| are|:|=)? {0,2}[`\"']?[\w.\\@-]{2,60}[`\"']?"
            rb" {0,2}/ {0,2}[^\s]{6})"
        ),
        rb"[Pp]rotect(?:Sheet|_sheet)?[ (]{1,2}(?:Password:=[ ]?)?\"",
        rb"(?i:BasicAuth\(|username_password|user_pass)",
        rb"(?:basic_auth|authenticate|login)[ \t]{1,4}[\"']",
        rb"(?i:sp_(?:addlogin|password|addapprole))",
        rb"(?i:pass(?:word)?[\"'][ \t]{0,4}>\s{0,20}<value>)",
    ),
    captured(
        *(Capture("told in words", pattern, _judge, sure=False) for pattern in (_SAID, _PAIR)),
        *(Capture("given to what takes a password", pattern) for pattern in _FORMS),
    ),
)

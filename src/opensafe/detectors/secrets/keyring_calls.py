"""Passwords written into a key store by a script: `keyring.set_password(…)`, `key_set_with_value(…)`."""

from opensafe.detectors.captures import QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_ARGUMENT = rb"(?:[\"'][^\"'\r\n]{0,120}[\"']|[\w.$]{1,60}(?:\(\))?(?:\s{0,3}=\s{0,3}[\"'][^\"'\r\n]{0,120}[\"'])?)"
_KEYRING = expression(
    rb"(?:\bset_password|\bkey_set_with_(?:raw_)?value|\$set_with_value)\(\s{0,20}+"
    rb"(?:"
    + _ARGUMENT
    + rb"\s{0,3},\s{0,20}){1,3}?(?:password\s{0,3}=\s{0,3})?(?:charToRaw\()?"
    + QUOTED
    + rb"\s{0,20},?\s{0,20}\)"
)
_SECRET_STORE = expression(
    rb"(?i)(?:secret-tool|security\s{1,3}add-(?:generic|internet)-password)\b[^\r\n]{0,200}?\s-w\s{1,3}"
    rb"(?:" + QUOTED + rb"|(?P<bare>[^\s\"'$;|&-][^\s\"';|&]{0,199}+))"
)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.keyring-calls",
        title="Password put into a key store by a script",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The key store is meant to keep the password out of the code; the line that fills it puts it there. The "
        "form is certain.",
        remedy="Change the password, then redact it; fill the store from a prompt (`key_set`, `getpass`).",
        reference="Python keyring, set_password; R keyring, key_set_with_value; facts: secrets 1",
        examples=(
            Example(("k.set_pass", 'word(\n  "db",\n  "app",\n  "', *_VALUE, '",\n)'), _VALUE, "load.py"),
            Example(("keyring::key_set_with_val", 'ue("db", "app", "', *_VALUE, '")'), _VALUE, "load.R"),
            Example(("key_set_with_value(service = 'db', pass", "word = '", *_VALUE, "')"), _VALUE, "load.R"),
            Example(("keyring.set_pass", 'word("db", user, "', *_VALUE, '")'), _VALUE, "load.py"),
        ),
        non_examples=(
            Example(('key_set_with_value("db", "app", password)',)),
            Example(('k.set_password(\n  "db",\n  "app",\n  password,\n)',), path="load.py"),
            Example(('keyring.set_password("db", "app", getpass())',), path="load.py"),
            Example(('key_set_with_value("db", "app", "REDACTED-1")',)),
        ),
    ),
    (
        rb"set_password\(\s{0,40}[^,\r\n]{1,100},\s{1,40}[^,\r\n]{1,100},\s{1,40}[\"']",
        rb"(?:set_password|set_with_(?:raw_)?value)\(",
        rb"secret-tool ",
        rb"(?:generic|internet)-password",
    ),
    captured(
        Capture("the password given to a key store", _KEYRING, certain=True, beyond=300),
        Capture("the password given to a key store", _SECRET_STORE, certain=True),
    ),
)

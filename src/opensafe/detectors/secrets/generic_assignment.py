"""`name = value` in every language and configuration dialect, where the name says password, secret, token or key."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.settingnames import Kind, kind_of
from opensafe.detectors.values import judge
from opensafe.detectors.words import looks_like_words, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_TELLING = rb"(?:pass|pw|psw|secret|token|key|auth|cred|salt|nonce|otp)"

_TRIGGERS = (
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}\\?[\"'`]?\s{0,3}\]?\s{0,20}(?:[:=]|<-|<<-))",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}[\"'`]?\s{0,3}[(,]\s{0,3}[\"'])",
)

# The name is matched from its telling part on; what stands before is read backwards (bounded, no backtracking).
_ASSIGNMENT = re.compile(
    rb"(?i:"
    + _TELLING
    + rb""")[\w.-]{0,40}+
    \\?["'`]?\s{0,3}+\]?                                   # the end of a quoted or subscripted name
    (?P<operator>
        \s{0,8}+:\s{0,3}+[A-Za-z][\w.\[\]]{0,30}+\s{0,3}+=    # name: str =
      | \s{0,20}+(?:<{1,2}-|:=|=>|={1,3}|!=|:|\((?=\s{0,3}["'])|,(?=\s{0,3}["']))
    )[ \t]{0,20}+
    (?:
        (?P<prefix>[A-Za-z@$]{0,2})
        (?: \\"(?P<escaped>[^"\\\r\n]{0,400}+)\\"
          | "{3}(?P<triple>[^"\r\n]{1,400}+)"{3}
          | "(?P<double>(?:[^"\\\r\n]|\\[^\r\n]){0,400}+)"
          | '(?P<single>(?:[^'\\\r\n]|\\[^\r\n]){0,400}+)'
          | `(?P<tick>[^`\r\n]{0,400}+)`
        )
      | (?P<bare>[^\s"'`<>]{1,400}+)
    )""",
    re.VERBOSE,
)
_QUOTED = ("escaped", "triple", "double", "single", "tick")
_NAME_BEFORE = re.compile(rb"[A-Za-z0-9_.-]{1,40}\Z")
_SETTER = re.compile(
    rb"(?i)(?:define|setenv|putenv|addx?|put\w{0,20}|set\w{0,20}|option|header|property)\(\s{0,3}[\"']\Z"
)
_CALLED = re.compile(rb"(?i)\A(?:(?:set|with|use)_?\w{0,20})?(?:password|passwd|pwd|secret)\Z")

_CONFIGURATION = re.compile(
    rb"(?i)(?:\.(?:ya?ml|ini|cfg|cnf|conf|config|toml|properties|env\w{0,20}|netrc|dcf|tfvars|pypirc|npmrc)"
    rb"|(?:^|/)\.?(?:env|renviron|rprofile|pgpass|netrc|credentials|aws)[\w.-]{0,40})$"
)
_CODE = re.compile(
    rb"(?i)\.(?:r|py|pyw|js|jsx|ts|tsx|java|cs|vb|go|rs|c|h|cc|cpp|hpp|php|rb|scala|kt|swift|jl|pl|sql|m|ps1|vue"
    rb"|ipynb|rmd|qmd|css|scss|html?|svg|xml|rd|json|lua|groovy|dart)$"
)
_BARE_END = re.compile(rb"[,;(){}\[\]&|]")
_IDENTIFIER = re.compile(rb"[A-Za-z_$@][\w.$:>-]{0,100}")
_NO_TEXT = re.compile(rb"[^\t\r\n\x20-\x7e]")
_AROUND = 24  # bytes to each side that tell text from other bytes
_ODD_SHARE = 5  # one odd byte in so many is too many
_KEY_LENGTH = 8
_LONG_KEY = 16


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _ASSIGNMENT.finditer(specimen.data, start, end):
        name, quoted_at = _whole_name(specimen.data, match)
        kind = kind_of(name)
        if kind is not Kind.NONE and _is_assigned(specimen.data, match, name, quoted_at):
            hit = _hit(specimen, match, kind)
            if hit is not None:
                yield _in_bytes(hit) if _is_no_text(specimen, match) else hit


def _is_no_text(specimen: Specimen, match: re.Match[bytes]) -> bool:
    """Whether an assignment stands in raw bytes that only look like one: fonts and models are full of them."""
    if specimen.role is not Role.BINARY:
        return False
    around = specimen.data[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return len(_NO_TEXT.findall(around)) * _ODD_SHARE > len(around)


def _in_bytes(hit: Hit) -> Hit:
    """Kept and countable, but low."""
    return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why="stands among bytes that are no text")


def _whole_name(data: bytes, match: re.Match[bytes]) -> tuple[bytes, int]:
    before = _NAME_BEFORE.search(data, max(0, match.start() - 40), match.start())
    start = before.start() if before else match.start()
    rest = re.match(rb"[\w.-]{1,60}", match.group())
    return data[start : match.start()] + (rest.group() if rest else b""), start


def _is_assigned(data: bytes, match: re.Match[bytes], name: bytes, start: int) -> bool:
    """A comma assigns only in a setter's arguments, a bracket only after `setPassword`; else it is any list or call."""
    operator = match["operator"].strip()
    if operator == b",":
        return _SETTER.search(data, max(0, start - 40), start) is not None
    return operator != b"(" or _CALLED.match(name.rpartition(b".")[2]) is not None


def _hit(specimen: Specimen, match: re.Match[bytes], kind: Kind) -> Hit | None:
    group = next((name for name in _QUOTED if match[name] is not None), None)
    if group is not None:
        if match["prefix"] in {b"f", b"F"} and b"{" in match[group]:
            return None
        return _judged(match[group], match.start(group), kind, "assigned to a telling name", sure=True)
    at, value = match.start("bare"), match["bare"]
    if _CONFIGURATION.search(specimen.path):
        return _judged(value.rstrip(b",;"), at, kind, "set in a configuration file", sure=True)
    return _bare(value, at, kind, in_code=_CODE.search(specimen.path) is not None)


def _bare(value: bytes, at: int, kind: Kind, *, in_code: bool) -> Hit | None:
    """Without quotes, in code, a name or a call is an expression; elsewhere it may be a value."""
    cut = _BARE_END.search(value)
    if cut is not None:
        if cut.group() in {b"(", b"["}:
            return None
        value = value[: cut.start()]
    value = value.rstrip(b".:\\")
    if in_code and (_IDENTIFIER.fullmatch(value) or not mixes_letters_and_digits(value.decode("utf-8", "replace"))):
        return None
    return _judged(value, at, kind, "assigned without quotes to a telling name", sure=not in_code)


def _judged(value: bytes, at: int, kind: Kind, what: str, *, sure: bool) -> Hit | None:
    stripped = value.strip()
    if kind is Kind.KEY and not _looks_like_key(stripped):
        return None
    at += len(value) - len(value.lstrip())
    return credential(at, stripped, judge(stripped), what, sure=sure)


def _looks_like_key(value: bytes) -> bool:
    """Eight characters with letters and digits, or sixteen that are no words (facts, secrets 13)."""
    text = value.decode("utf-8", "replace")
    if len(text) < _KEY_LENGTH or " " in text:
        return False
    return mixes_letters_and_digits(text) or (len(text) >= _LONG_KEY and not looks_like_words(text))


def _example(before: str, value: str, after: str, path: str) -> Example:
    return Example((before, value[:3], value[3:], after), (value[:3], value[3:]), path)


_VALUE = "kT7" + "vq9" + "-Lm2x"

DETECTOR = PatternDetector(
    Card(
        id="secrets.generic-assignment",
        title="Password, secret or key assigned to a name",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A name such as DB_PASSWORD says what its value is. Sure where the value looks random; a "
        "placeholder, a word or a "
        "run lowers the confidence and hides nothing.",
        remedy="Change the password or revoke the key, then redact it; read it from the environment or a key store.",
        reference="facts: secrets 13, labelled source files; CWE-798",
        examples=(
            _example("pass" + 'word <- "', _VALUE, '"', "load.R"),
            _example("Sys.setenv(DB_PASS" + 'WORD = "', _VALUE, '")', "load.R"),
            _example("DB_PASS" + "WORD=", _VALUE, "\n", ".Renviron"),
            _example('{"client_se' + 'cret": "', _VALUE, '"}', "settings.json"),
            _example("  pass" + "word: ", _VALUE, "\n", "config.yml"),
            _example("conn = connect(p" + "wd='", _VALUE, "')", "db.py"),
            _example("os.environ['API_TO" + "KEN'] = '", _VALUE, "'", "db.py"),
            _example("define('DB_PASS" + "WORD', '", _VALUE, "');", "wp-config.php"),
            _example("$pass" + 'word = "', _VALUE, '"', "deploy.ps1"),
            _example("<conn pass" + 'word="', _VALUE, '"/>', "web.config"),
            _example('"source": ["pass' + 'word = \\"', _VALUE, '\\""]', "run.ipynb"),
            _example("api_k" + "ey: str = '", _VALUE, "'", "client.py"),
            _example("source.setPass" + 'word("', _VALUE, '");', "Source.java"),
            _example("%let p" + "w=", _VALUE, ";", "load.sas"),
            _example("DB_PASS" + "WORD => '", _VALUE, "'", "settings.rb"),
        ),
        non_examples=(
            Example(('password <- Sys.getenv("DB_PASSWORD")',)),
            Example(("password = get_password(user)",), path="a.py"),
            Example(("password = password",), path="a.py"),
            Example(('password = "${DB_PASSWORD}"',), path="a.yml"),
            Example(('password = "changeme"',)),
            Example(('password = "<your password>"',)),
            Example(('password: "REDACTED-1"',)),
            Example(('"password": "Enter your password"',), path="en.json"),
            Example(('primary_key = "patient_id_2020"',), path="a.py"),
            Example(('author = "Z1ggy5tardust"',)),
            Example(("def login(user: str, password: str = None):",), path="a.py"),
            Example(('select("key", "value12345")',)),
        ),
    ),
    _TRIGGERS,
    _examine,
)

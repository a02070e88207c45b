"""Generates labelled source files: which lines hold a credential, and which only look like it.

Every file is a fresh mixture of the dialects below. A line is a dialect with a name and a value put in. Names, values
and dialects are this file's own: it shares no code and no list of words with the detectors. Nothing here is a real
credential: values are drawn at random, from a seed.
"""

import base64
import random
import string
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# File name | line. {n} is the name in the dialect's own style, {v} the value.
DIALECTS = tuple(
    line.split(" | ", 1)
    for line in """
app.py | {n} = "{v}"
app.py | config["{n}"] = '{v}'
app.py | client = connect(host=host, {n}="{v}")
app.py | {n} = os.environ.get("{n}", "{v}")
app.py | settings = {{"{n}": "{v}", "debug": False}}
app.py | {n}: str = "{v}"
app.py | assert user.{n} == "{v}"
load.R | {n} <- "{v}"
load.R | Sys.setenv({n} = "{v}")
load.R | options(db.{n} = '{v}')
load.R | con <- dbConnect(drv, {n} = "{v}")
query.sql | DECLARE @{n} NVARCHAR(50) = '{v}';
query.sql | SET {n} = '{v}';
macro.sas | %let {n}={v};
macro.sas | libname x odbc dsn=w {n}="{v}";
client.js | const {n} = "{v}";
client.js | module.exports = {{ {n}: '{v}' }};
client.js | fetch(url, {{ headers: {{ '{n}': '{v}' }} }});
client.js | const value = process.env.{n} || '{v}';
client.ts | private {n}: string = '{v}';
Main.java | private static final String {n} = "{v}";
Main.java | props.setProperty("app.{n}", "{v}");
Main.java | builder.{n}("{v}").build();
Main.java | map.put("{n}", "{v}");
Main.kt | val {n} = "{v}"
Main.kt | const val {n}: String = "{v}"
Main.scala | val {n}: String = "{v}"
main.c | #define {n} "{v}"
main.c | const char *{n} = "{v}";
main.cpp | std::string {n} = "{v}";
Program.cs | public string {n} {{ get; set; }} = "{v}";
Program.cs | var {n} = @"{v}";
main.go | {n} := "{v}"
main.go | var {n} string = "{v}"
main.go | cfg := Config{{ {n}: "{v}" }}
init.rb | {n}: '{v}',
init.rb | :{n} => "{v}",
init.rb | config.{n} = '{v}'
index.php | define('{n}', '{v}');
index.php | '{n}' => '{v}',
index.php | ${n} = "{v}";
lib.rs | const {n}: &str = "{v}";
lib.rs | let {n} = String::from("{v}");
App.swift | let {n} = "{v}"
run.pl | my ${n} = '{v}';
run.lua | local {n} = "{v}"
run.sh | export {n}={v}
run.sh | {n}="{v}"
run.sh | curl -H "{n}: {v}" https://host.invalid/
run.bat | set {n}={v}
run.ps1 | ${n} = "{v}"
Dockerfile | ENV {n} {v}
Dockerfile | ENV {n}={v}
docker-compose.yml |       - {n}={v}
docker-compose.yml |       {n}: {v}
values.yaml | {n}: "{v}"
values.yaml | {n}: {v}
config.toml | {n} = "{v}"
config.ini | {n} = {v}
config.ini | {n}={v}
app.properties | app.{n}={v}
.env | {n}={v}
.Renviron | {n}={v}
config.json |   "{n}": "{v}",
escaped.json |   "body": "{{\\\\"{n}\\\\": \\\\"{v}\\\\"}}",
web.config | <add name="x" {n}="{v}" />
settings.xml | <{n}>{v}</{n}>
web.config | <add key="{n}" value="{v}" />
main.tf |   {n} = "{v}"
build.gradle | {n} = '{v}'
build.gradle | {n} '{v}'
README.md | {n}: {v}
README.md | Use `{n}={v}` to log in.
README.md | **{n}**: `{v}`
README.md | https://host.invalid/path?{n}={v}&page=2
requests.http | {n}: {v}
notes.txt | {n} is {v}
""".strip().splitlines()
)

NAMES_OF_PASSWORDS = "password db_password passwd user_pwd passphrase client_secret app_secret smtp_pass root_password"
NAMES_OF_KEYS = (
    "api_key access_token secret_key auth_token private_key encryption_key salt bot_token consumer_key jwt_token"
)
OTHER_NAMES = (
    "title primary_key sort_key author token_type password_field key_name public_key keyboard tokenizer passenger "
    "monkey compass keyword password_label secret_name max_tokens foreign_key passport cache_key token_count commit"
)
_FILLING, _HOLDING = 0.4, 0.3  # the shares of lines without a value, and with a credential
_FILLER = [
    "alpha count = 1",
    "total",
    "# the rest is read from the database",
    "return result",
    "print(total)",
    "begin",
    "end",
    "x = 2",
]
_WORDS = [
    "river",
    "window",
    "garden",
    "purple",
    "silver",
    "mountain",
    "coffee",
    "orange",
    "rabbit",
    "thunder",
    "market",
    "bridge",
    "castle",
    "yellow",
    "dragon",
    "forest",
    "planet",
    "summer",
    "winter",
    "monday",
    "letter",
    "soccer",
    "butter",
    "cherry",
    "pepper",
    "ginger",
    "hammer",
    "turtle",
    "violin",
    "wallet",
]
_SENTENCES = (
    "Enter the value here",
    "Must not be empty",
    "Forgotten it? Click below",
    "Bitte geben Sie es ein",
    "The two do not match",
)


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` names how its value was made; `holds` says whether it is a credential."""

    text: str
    kind: str
    holds: bool


@dataclass(frozen=True, slots=True)
class LabelledFile:
    path: str
    lines: tuple[Line, ...]

    @property
    def data(self) -> bytes:
        return "".join(line.text + "\n" for line in self.lines).encode()


class Generator:
    """Draws everything from one seed: the same seed gives the same files."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - labelled samples, not keys
        self._true: dict[str, tuple[str, Callable[[], str]]] = {
            "letters": (NAMES_OF_PASSWORDS, lambda: self._of(string.ascii_lowercase, 8, 12)),
            "letters and digits": (NAMES_OF_PASSWORDS, lambda: self._mixed(8, 16)),
            "letters, digits and signs": (NAMES_OF_PASSWORDS, lambda: self._mixed(6, 9) + self._of("!?+*%", 1, 2)),
            "short": (NAMES_OF_PASSWORDS, lambda: self._mixed(5, 7)),
            "word and digits": (NAMES_OF_PASSWORDS, lambda: self._word().title() + self._of(string.digits, 2, 4)),
            "two words": (
                NAMES_OF_PASSWORDS,
                lambda: self._word() + self._word().title() + self._of(string.digits, 1, 2),
            ),
            "hexadecimal": (NAMES_OF_KEYS, lambda: self._of("0123456789abcdef", 32, 40)),
            "base 62": (NAMES_OF_KEYS, lambda: self._mixed(20, 40)),
            "base 64": (NAMES_OF_KEYS, lambda: base64.b64encode(self._draw.randbytes(24)).decode()),
            "UUID": (NAMES_OF_KEYS, lambda: str(uuid.UUID(bytes=self._draw.randbytes(16), version=4))),
        }
        both = f"{NAMES_OF_PASSWORDS} {NAMES_OF_KEYS}"
        self._false: dict[str, tuple[str, Callable[[], str]]] = {
            "placeholder": (both, lambda: self._one(("changeme", "your-value-here", "xxxxxxxx", "TODO", "example"))),
            "template": (both, lambda: self._one(("${VALUE}", "{{ value }}", "%(value)s", "<value>", "$(get x)"))),
            "name of itself": (both, lambda: self._one(("password", "MySecret", "API_TOKEN", "test-password"))),
            "words": (both, lambda: self._one(_SENTENCES)),
            "word": (both, self._word),
            "run": (both, lambda: self._one(("12345678", "abcd1234", "qwerty12", "aaaaaaaa", "0123456789abcdef"))),
            "path": (both, lambda: f"/{self._word()}/{self._word()}/{self._word()}.pem"),
            "address": (both, lambda: f"https://{self._word()}.invalid/{self._word()}"),
            "dotted name": (both, lambda: f"{self._word()}.{self._word()}.{self._word()}"),
            "number": (both, lambda: str(self._draw.randrange(10, 9999))),
            "boolean": (both, lambda: self._one(("true", "false", "null", "None"))),
            "date or version": (NAMES_OF_KEYS, lambda: self._one(("2024-05-17", "1.12.3", "v2.0.1-beta"))),
            "lookup": (both, lambda: self._one(("os.environ['X']", "getenv(X)", "vault:kv/app", "get_value(x)"))),
            "other name, words": (OTHER_NAMES, lambda: f"{self._word()}_{self._word()}"),
            "other name, word and digits": (OTHER_NAMES, lambda: self._word() + self._of(string.digits, 1, 2)),
            "checksum": ("commit sha256 checksum integrity digest", lambda: self._of("0123456789abcdef", 40, 40)),
            "public key": ("public_key", lambda: f"MIIBIjANBgkqhkiG9w0B{self._mixed(60, 80)}"),
        }

    def files(self, count: int) -> Iterator[LabelledFile]:
        """Files of some dozen lines, about half of them without any name that tells."""
        paths = sorted({path for path, _ in DIALECTS})
        for number in range(count):
            path = paths[number % len(paths)]
            dialects = [line for owner, line in DIALECTS if owner == path]
            lines = [self._line(self._one(dialects)) for _ in range(20)]
            yield LabelledFile(f"{number:04d}/{path}", tuple(lines))

    def _line(self, dialect: str) -> Line:
        chance = self._draw.random()
        if chance < _FILLING:
            return Line(self._one(_FILLER), "filler", holds=False)
        holds = chance < _FILLING + _HOLDING
        kinds = self._true if holds else self._false
        kind = self._one(sorted(kinds))
        names, value = kinds[kind]
        name = self._styled(self._one(names.split()))
        return Line(dialect.format(n=name, v=value()), kind, holds)

    def _styled(self, name: str) -> str:
        first, *rest = name.split("_")
        return self._one((name, name.upper(), first + "".join(map(str.title, rest)), name.replace("_", "-")))

    def _word(self) -> str:
        return self._one(_WORDS)

    def _one(self, things: "list[str] | tuple[str, ...]") -> str:
        return things[self._draw.randrange(len(things))]

    def _of(self, characters: str, least: int, most: int) -> str:
        return "".join(self._draw.choices(characters, k=self._draw.randint(least, most)))

    def _mixed(self, least: int, most: int) -> str:
        """Letters and digits, of each one at least."""
        drawn = self._of(string.ascii_letters + string.digits, least - 2, most - 2)
        return drawn[:2] + self._of(string.ascii_letters, 1, 1) + self._of(string.digits, 1, 1) + drawn[2:]

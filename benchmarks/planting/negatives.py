"""What stands in every repository and is none of it: each line with the part that must not be reported."""

import base64
import uuid
from collections.abc import Callable

from benchmarks.planting.chance import Chance

_PW = "pass" + "word"
Made = tuple[str, str]
"""A line, and the part of it that is no finding."""


def _line(template: str, value: Callable[[Chance], str]) -> Callable[[Chance], Made]:
    def make(chance: Chance) -> Made:
        made = value(chance)
        return template.replace("$v", made), made

    return make


def _not_valid(chance: Chance) -> str:
    """Ten digits that no check digit ends: as a time in seconds."""
    return f"16{chance.digits(8)}"


def _uuid(chance: Chance) -> str:
    return str(uuid.UUID(bytes=chance.bytes(16), version=4))


NEGATIVES: dict[str, Callable[[Chance], Made]] = {
    "placeholder": _line(f'{_PW} = "$v"', lambda c: c.one(("changeme", "your_password_here", "xxxxxxxx", "<secret>"))),
    "from the environment": _line(
        f"{_PW} = $v", lambda c: c.one(('os.environ["DB_PW"]', "${DB_PW}", 'Sys.getenv("PW")'))
    ),
    "call": _line(f"{_PW} = $v", lambda c: f"get_{c.one(('secret', 'value', 'token'))}(vault)"),
    "text for people": _line(f'{_PW}: "$v"', lambda c: c.one(("Enter your new one", "Forgotten it? Click here"))),
    "UUID": _line('request_id = "$v"', _uuid),
    "commit id": _line("revision: $v", lambda c: c.hexadecimal(40)),
    "checksum": _line("sha256:$v", lambda c: c.hexadecimal(64)),
    "integrity": _line('"integrity": "sha512-$v"', lambda c: c.base64(64)),
    "public key": _line("ssh-rsa $v build", lambda c: "AAAAB3NzaC1yc2E" + c.text(200)),
    "time in seconds": _line("started_at = $v", _not_valid),
    "ten digits": _line("page id $v", lambda c: c.one("12358") + c.digits(9)),
    "version": _line("numpy==$v", lambda c: f"{c.number(1, 3)}.{c.number(0, 30)}.{c.number(0, 9)}"),
    "date": _line("published $v", lambda c: f"{c.number(2015, 2024)}-{c.number(1, 12):02}-{c.number(1, 28):02}"),
    "example address": _line("mail to $v", lambda c: f"{c.given().lower()}@example.org"),
    "no-reply address": _line("from $v", lambda c: c.one(("noreply", "no-reply", "donotreply")) + "@trust.nhs.uk"),
    "diagnosis": _line("icd10 $v", lambda c: f"{c.one('ABCDEFGHIJ')}{c.digits(2)}.{c.digits(1)}"),
    "organisation": _line("provider $v", lambda c: "R" + c.upper(1) + c.digits(1)),
    "concept": _line("snomed $v", lambda c: c.one("123456789") + c.digits(8)),
    "colour": _line('fill = "#$v"', lambda c: c.hexadecimal(6)),
    "picture": _line('src="data:image/png;base64,$v"', lambda c: base64.b64encode(b"\x89PNG" + c.bytes(120)).decode()),
    "months and days": _line("from $v", lambda c: c.one(("April May", "Monday March", "June August"))),
    "hospital": _line("at $v Hospital", lambda c: "St " + c.one(("Thomas", "George", "Helier", "James"))),
    "method": _line(
        "fit a $v model", lambda c: c.one(("Cox Regression", "Kaplan Meier", "Random Forest", "Gaussian Naive"))
    ),
    "documentation": _line("curl -u $v https://api.example.com", lambda c: c.one(("user:pass", "username:password"))),
}

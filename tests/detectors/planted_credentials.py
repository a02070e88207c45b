"""Credentials to plant: random well-formed values in the places where people leave them. Shares nothing with detectors.

A family is a maker of values and the texts to put one into (`planted_texts.toml`). Nothing is taken from the cards or
the word lists of the package.
"""

import base64
import binascii
import json
import random
import string
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[["Maker"], str]
_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_BASE32 = string.ascii_uppercase + "234567"
_HEX = "0123456789abcdef"
_BASE64 = _LETTERS_AND_DIGITS + "+/"
_URL_SAFE = _LETTERS_AND_DIGITS + "-_"


class Maker:
    """Random values, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- the same values each time are the point

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)

    def text(self, length: int, alphabet: str = _LETTERS_AND_DIGITS) -> str:
        return "".join(self._random.choice(alphabet) for _ in range(length))

    def raw(self, length: int) -> bytes:
        return self._random.randbytes(length)


@dataclass(frozen=True)
class Family:
    name: str
    make: Make
    texts: tuple[tuple[str, str], ...]  # path, text with ${value} for the value
    filled: Callable[[str], str] = str  # what stands in the text, where that is not the value itself


def password(m: Maker) -> str:
    """As people are told to make them: letters of both kinds, digits, a sign or two; the first is a letter."""
    middle = list(m.text(7 + m.below(6)) + m.text(1, "!-_.^~+*") + m.text(2, string.digits) + m.text(1, "QZXKJ"))
    m._random.shuffle(middle)
    return m.text(1, string.ascii_letters) + "".join(middle) + m.text(1)


def plain_password(m: Maker) -> str:
    return m.text(1, string.ascii_letters) + m.text(8 + m.below(8)) + m.text(2, string.digits)


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _pair(m: Maker) -> str:
    return _base64("svc" + m.text(3) + ":" + plain_password(m))


def _nats(m: Maker) -> str:
    raw = bytes([0x95, 0x00]) + m.raw(32)
    raw += binascii.crc_hqx(raw, 0).to_bytes(2, "little")
    return base64.b32encode(raw).decode().rstrip("=")


def _jwt(m: Maker) -> str:
    parts = ({"alg": "RS512", "typ": "JWT", "kid": m.text(6)}, {"iss": m.text(8), "exp": m.below(10**9)})
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, m.text(86, _URL_SAFE)])


def _crypt(m: Maker) -> str:
    alphabet = "./" + _LETTERS_AND_DIGITS
    makers = (
        lambda: "$6$" + m.text(8) + "$" + m.text(86, alphabet),
        lambda: "$5$" + m.text(8) + "$" + m.text(43, alphabet),
        lambda: "$1$" + m.text(8) + "$" + m.text(22, alphabet),
        lambda: "$apr1$" + m.text(8) + "$" + m.text(22, alphabet),
        lambda: "$2" + m.text(1, "aby") + "$1" + m.text(1, "0123") + "$" + m.text(53, alphabet),
        lambda: "$y$j9T$" + m.text(22, alphabet) + "$" + m.text(43, alphabet),
    )
    return makers[m.below(len(makers))]()


def _named_hash(m: Maker) -> str:
    makers = (
        lambda: "$argon2id$v=19$m=65536,t=3,p=4$" + m.text(22, _BASE64) + "$" + m.text(43, _BASE64),
        lambda: "pbkdf2_sha256$600000$" + m.text(22) + "$" + m.text(43, _BASE64) + "=",
        lambda: "pbkdf2:sha256:260000$" + m.text(16) + "$" + m.text(64, _HEX),
        lambda: "scrypt:32768:8:1$" + m.text(16) + "$" + m.text(128, _HEX),
        lambda: "sha1:" + m.text(12, _HEX) + ":" + m.text(40, _HEX),
        lambda: "argon2:$argon2id$v=19$m=10240,t=10,p=8$" + m.text(22, _BASE64) + "$" + m.text(22, _BASE64),
        lambda: "{SSHA}" + base64.b64encode(m.raw(28)).decode(),
        lambda: "{SHA}" + base64.b64encode(m.raw(20)).decode(),
    )
    return makers[m.below(len(makers))]()


def _django(m: Maker) -> str:
    return m.text(50, string.ascii_lowercase + string.digits + "!@#$%^&*(-_=+)")


def _vendor(m: Maker) -> str:
    makers = (
        lambda: "GOCSPX-" + m.text(28, _URL_SAFE),
        lambda: "NRAK-" + m.text(27, string.ascii_uppercase + string.digits),
        lambda: "key-" + m.text(32, _HEX),
        lambda: "sntrys_eyJ" + m.text(80),
        lambda: "oy2" + m.text(43, string.ascii_lowercase + string.digits),
        lambda: "tskey-auth-" + m.text(17) + "-" + m.text(32),
        lambda: "SG." + m.text(22) + "." + m.text(43),
        lambda: "00D" + m.text(12) + "!" + m.text(96, _LETTERS_AND_DIGITS + "._") + "Q",
        lambda: "hf_" + m.text(34, string.ascii_letters),
        lambda: "glsa_" + m.text(32) + "_" + m.text(8, _HEX),
    )
    return makers[m.below(len(makers))]()


def _drawn(length: int, alphabet: str = _LETTERS_AND_DIGITS, before: str = "", behind: str = "") -> Make:
    return lambda m: before + m.text(length, alphabet) + behind


def _saved(m: Maker) -> str:
    return _base64(plain_password(m))


_SLACK = string.digits[1:]
_MAKERS: dict[str, Make] = {
    **dict.fromkeys(("odbc", "r connections", "key stores by hand", "mail", "http logins", "sql"), password),
    "sas encoded": _drawn(40, "0123456789ABCDEF", "{SAS" + "002}"),
    "storage links": _drawn(43, behind="%3D"),
    "storage keys": _drawn(86, _BASE64, behind="=="),
    "shared access keys": _drawn(43, _BASE64, behind="="),
    "entra secrets": lambda m: m.text(3) + "8Q~" + m.text(34, _URL_SAFE),
    "databricks": _drawn(32, _HEX, "dapi"),
    "basic": _pair,
    "bearer": lambda m: m.text(20 + m.below(30)),
    "json web tokens": _jwt,
    "cookies": _drawn(32),
    "nats": _nats,
    "otp": _drawn(32, _BASE32),
    "crypt hashes": _crypt,
    "named hashes": _named_hash,
    "windows hashes": lambda m: m.text(32, _HEX) + ":" + m.text(32, _HEX),
    "django": _django,
    "django of a new project": lambda m: "django-insecure-" + _django(m),
    "web keys": _drawn(64, _HEX),
    "rails master key": _drawn(32, _HEX),
    "laravel": _drawn(43, _BASE64, behind="="),
    "notebook servers": _drawn(48, _HEX),
    "registries": _pair,
    "npm tokens": _drawn(36, before="npm_"),
    "pypirc": _drawn(120, _URL_SAFE, "pypi-" + "AgEIcHlwaS5vcmc"),
    "git tokens": _drawn(36, before="ghp_"),
    "gitlab tokens": _drawn(20, before="glpat-"),
    "slack": lambda m: "xoxb-" + m.text(12, _SLACK) + "-" + m.text(12, _SLACK) + "-" + m.text(24),
    "aws keys": _drawn(40),
    "aws ids": _drawn(16, _BASE32, "AKIA"),
    "twilio": _drawn(32, _HEX),
    "salesforce": _drawn(24),
    "google": _drawn(35, before="AIza"),
    "wireguard": _drawn(42, _BASE64, behind="8="),
    "saved logins": _drawn(40, "0123456789ABCDEF"),
    "filezilla": _saved,
    "nhs platform keys": _drawn(32),
    "spine ids": lambda m: m.text(1, "23456789") + m.text(11, string.digits),
    "jwk": _drawn(43, _URL_SAFE),
    "nonces": _drawn(24, _HEX),
    "age": _drawn(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", "AGE-SECRET-KEY-1"),
    "vendor tokens": _vendor,
}
_FILLED = {"kubernetes": _base64}
_TEXTS: dict[str, list[tuple[str, str]]] = tomllib.loads(
    Path(__file__).with_name("planted_texts.toml").read_text(encoding="utf-8")
)

FAMILIES = tuple(
    Family(name, _MAKERS.get(name, plain_password), tuple((path, text) for path, text in texts), _FILLED.get(name, str))
    for name, texts in _TEXTS.items()
)


def planted(family: Family, text: str, value: str) -> bytes:
    """The text with the value in it (and `¤`, the rest of an account's id, which may stand beside it)."""
    return text.replace("${value}", family.filled(value)).replace("¤", "Q3EGUZ6TXW4K2MNB").encode()

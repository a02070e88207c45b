"""What the name of a setting says about its value: `DB_PASSWORD`, `apiKey`, `sort.key`."""

import re
from enum import Enum
from functools import lru_cache


class Kind(Enum):
    """PASSWORD: whatever stands there is one. KEY: only a value that looks like a key is."""

    NONE = "none"
    PASSWORD = "password"  # noqa: S105 - a kind of name, not a credential
    KEY = "key"


_WORD = re.compile(rb"[A-Z]{2,40}(?![a-z])|[A-Z]?[a-z]{1,40}|[A-Z]|\d{1,20}")

_PASSWORDS = frozenset(
    b"password passwd passwrd passphrase passcode pass pwd psw pw passw pswd secret credential credentials".split()
)
_PASSWORD_ENDS = (b"password", b"passwd", b"passphrase", b"pwd", b"secret", b"userpass", b"dbpass")
_KEYS = frozenset(b"key token auth cred creds salt nonce otp pat apikey authkey".split())
_KEY_ENDS = (b"apikey", b"accesskey", b"secretkey", b"privatekey", b"authkey", b"sharedkey", b"accountkey", b"token")

# Words that may stand after the telling one: DB_PASSWORD_PROD, tokenValue, secret_key_base.
_TAILS = frozenset(
    b"value val string str text plain plaintext clear prod production dev development test testing live staging uat "
    b"local default old new current previous admin user root db database base base64 b64 hex sha256 id primary "
    b"secondary master main backup key secret token".split()
)
# Words before "key" or "token" that make it something else.
_OTHER_KEYS = frozenset(
    b"primary foreign public sort cache partition join group natural surrogate composite unique lookup dimension i18n "
    b"legend hot row column col object dict map answer route short registry index config search date by order merge "
    b"idempotency translation label layout plot metric event field property attribute header param query "
    b"pad eos bos unk mask sep cls page next continuation start end special stop num n max min shift alt ctrl arrow "
    b"figure data item list node entity hash".split()
)


@lru_cache(maxsize=4096)
def kind_of(name: bytes) -> Kind:
    """PASSWORD, KEY or NONE, from the last telling word of the name."""
    words = [word.lower() for word in _WORD.findall(name)]
    while words and (words[-1].isdigit() or (words[-1] in _TAILS and _telling(words[:-1]) is not Kind.NONE)):
        words.pop()
    kind = _telling(words)
    if kind is Kind.KEY and len(words) > 1 and words[-2] in _OTHER_KEYS:
        return Kind.NONE
    return kind


def _telling(words: list[bytes]) -> Kind:
    if not words:
        return Kind.NONE
    last = words[-1]
    if last in _PASSWORDS or last.endswith(_PASSWORD_ENDS):
        return Kind.PASSWORD
    if last in _KEYS or last.endswith(_KEY_ENDS):
        return Kind.KEY
    return _telling(words[:-1]) if last in _TAILS or last.isdigit() else Kind.NONE

"""Credentials that providers print in their manuals: they open nothing. Put together here: none stands in full."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from opensafe.model.finding import Category
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId


def _token() -> bytes:
    """The example of RFC 7519 tools: jwt.io signs it with a key that it prints beside it."""
    parts = (b'{"alg":"HS256","typ":"JWT"}', b'{"sub":"1234567890","name":"John Doe","iat":1516239022}')
    signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = hmac.digest(b"your-256-bit-secret", signed, hashlib.sha256)
    return signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")


_DOCUMENTED: tuple[tuple[str, bytes], ...] = (
    ("the manual of AWS", b"AKIA" + b"IOSFODNN7" + b"EXAMPLE"),
    ("the manual of AWS", b"wJalrXUtnFEMI" + b"/K7MDENG" + b"/bPxRfiCY" + b"EXAMPLEKEY"),
    (
        "the manual of Azurite, the storage emulator",
        b"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1" + b"OUzFT50uSRZ6IFsuFq2UVErCz4I6tq" + b"/K1SZFPTOtr/KBHBeksoGMGw==",
    ),
    ("the manual of Stripe", b"sk_" + b"test_" + b"4eC39HqLyjWD" + b"arjtT1zdp7dc"),
    ("jwt.io", _token()),
)


def documented_values(key: FingerprintKey) -> Mapping[FindingId, str]:
    """Where each is printed, by the id that it has in this case."""
    return {key.finding(Category.SECRET, value): where for where, value in _DOCUMENTED}

"""Keyed fingerprints: equal exactly when category and canonical value are equal, within one case."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from opensafe.model.identifiers import FindingId, SkipId

KEY_BYTES = 32
_FINGERPRINT_BYTES = 16


@dataclass(frozen=True, slots=True)
class FingerprintKey:
    """The random key of one case (32 bytes). Never in a report; two cases do not link."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"a case key has {KEY_BYTES} bytes")

    def digest(self, purpose: str, value: bytes) -> str:
        """HMAC-SHA-256 of `purpose` and `value`, cut to 128 bits, as 26 lower-case base-32 characters."""
        message = purpose.encode() + b"\0" + value
        raw = hmac.digest(self.key, message, hashlib.sha256)[:_FINGERPRINT_BYTES]
        return base64.b32encode(raw).decode("ascii").rstrip("=").lower()

    def finding(self, category: str, canonical: bytes) -> FindingId:
        return FindingId("F-" + self.digest("finding:" + category, canonical))

    def skip(self, what: bytes) -> SkipId:
        return SkipId("S-" + self.digest("skip", what))

    def name(self, raw: bytes) -> str:
        """The key of a path or ref: names may hold secrets, so the case stores this and a masked form."""
        return self.digest("name", raw)

"""A signature of the log: somebody vouches, with a key, for everything up to one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opensafe.model.readiness import SignOff
from opensafe.model.same_person import same_person

NAMESPACE = "opensafe-log"
"""What a signature is for: one that was made for anything else does not hold here (ssh-keygen(1), -n)."""


@dataclass(frozen=True, slots=True)
class LogSignature:
    """`head` is the hash of the entry that was signed, `key` the fingerprint, `signature` the armoured text."""

    head: str
    by: str
    on: date
    key: str
    signature: str


def signed_text(head: str) -> bytes:
    """What is signed: the head of the log, which binds every entry and every ledger before it."""
    return f"opensafe log head {head}\n".encode()


def covers(signature: LogSignature, signoff: SignOff, positions: Mapping[str, int]) -> bool:
    """Whether the signature vouches for the sign-off: the same person, at an entry after the head that it names.

    `positions` are the numbers of the entries by their hashes. A sign-off stands in the entry after the head that the
    signer had seen.
    """
    signed, seen = positions.get(signature.head), positions.get(signoff.log_head, 0)
    return signed is not None and signed > seen and same_person(signature.by, signoff.by)

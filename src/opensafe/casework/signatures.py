"""The signatures of the log: checked, and set against the sign-offs that they vouch for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from opensafe.casefile.folder import Case
from opensafe.git.signing import can_sign, signer, signing_key
from opensafe.model.readiness import Established, SignOff
from opensafe.model.signature import NAMESPACE, LogSignature, covers, signed_text


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """`holds` is `None` where this machine has no ssh-keygen; `principal` is who a list of signers says it was."""

    line: LogSignature
    holds: bool | None
    principal: str = ""


def checked_signatures(case: Case, signers: bytes = b"") -> tuple[CheckedSignature, ...]:
    """Every signature, with whether it holds for an entry of this log."""
    heads = {entry.hash for entry in case.log.entries()}
    able = can_sign()
    return tuple(
        _checked(line, heads, signers) if able else CheckedSignature(line, None) for line in case.signatures.read()
    )


def _checked(line: LogSignature, heads: set[str], signers: bytes) -> CheckedSignature:
    text = signed_text(line.head)
    holds = line.head in heads and signing_key(text, line.signature, NAMESPACE) == line.key
    principal = signer(text, line.signature, NAMESPACE, signers) if holds and signers else ""
    return CheckedSignature(line, holds, principal)


def with_identity(case: Case, signoffs: Iterable[SignOff]) -> Iterator[SignOff]:
    """The sign-offs, each with how it is known who signed."""
    holding = [found.line for found in checked_signatures(case) if found.holds]
    positions = {entry.hash: entry.seq for entry in case.log.entries()}
    for signoff in signoffs:
        signed = any(covers(line, signoff, positions) for line in holding)
        yield replace(signoff, established=Established.SSH_SIGNED) if signed else signoff

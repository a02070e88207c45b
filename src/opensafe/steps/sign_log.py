"""Signs the head of the log with somebody's SSH key."""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.errors import UsageError
from opensafe.git.signing import sign, signing_key
from opensafe.model.signature import NAMESPACE, LogSignature, signed_text


def sign_log(case: Case, *, key: Path, by: str, role: str = "") -> LogSignature:
    """Sign everything that the log holds now: what this person signed off before is then SSH-signed.

    Raises UsageError.
    """
    if not by.strip():
        raise UsageError("a signature needs the name of a person", remedy="add --by NAME")
    if not key.is_file():
        raise UsageError(f"{shown_path(key)} is not there", remedy="--key FILE is your SSH key")
    with case.writing("log sign"):
        head = case.log.head()
        signature = sign(signed_text(head), key, NAMESPACE)
        fingerprint = signing_key(signed_text(head), signature, NAMESPACE)
        line = LogSignature(head, by, case.today, fingerprint, signature)
        case.signatures.append(line)
        case.log.append("log", "Signed the log", by=by, role=role, details={"head": head, "key": fingerprint})
    return line

"""Files and values that are encrypted: Ansible vaults, SOPS, git-crypt, age, OpenPGP, OpenSSL. A question, and low."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import ContentDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_SIGNS = (
    ("an Ansible vault", expression(rb"\$ANSIBLE_VAULT;1\.[0-2];AES(?:256)?[^\r\n]{0,80}\r?\n\s{0,20}[0-9a-f]{40}")),
    ("values that SOPS encrypted", expression(rb"ENC\[AES256_GCM,data:[A-Za-z0-9+/=]{4}")),
    ("a file of git-crypt", expression(rb"\A\0GITCRYPT\0")),
    (
        "a file that age encrypted",
        expression(
            rb"\Aage-encryption\.org/v1\n|^-----BEGIN AGE ENCRYPTED FILE-----\r?\n[A-Za-z0-9+/]{40}", re.MULTILINE
        ),
    ),
    (
        "an OpenPGP message",
        expression(
            rb"^-----BEGIN PGP MESSAGE-----\r?\n(?:[A-Za-z]{3,20}: [^\r\n]{0,200}\r?\n){0,6}\r?\n[A-Za-z0-9+/]{40}",
            re.MULTILINE,
        ),
    ),
    ("what OpenSSL encrypted", expression(rb"\ASalted__|\AU2FsdGVkX1[A-Za-z0-9+/]{20}")),
    ("a sealed secret", expression(rb"(?m)^kind: SealedSecret\r?$")),
)


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.via:
        return
    for what, sign in _SIGNS:
        if sign.search(specimen.data):
            yield Hit(
                start=0,
                end=0,
                value=Secret(b"encrypted-file", "file"),
                form=Form.FILE,
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
                why=f"{what}: what it holds is not read",
            )
            return


DETECTOR = ContentDetector(
    Card(
        id="secrets.encrypted-files",
        title="Encrypted file or value",
        category=Category.FILE,
        severity=Severity.LOW,
        scope=Scope.CONTENT,
        why="What is encrypted is safe as long as its key is, and as long as the key was never in this history. Once "
        "published it can be attacked for ever. The sign is certain; whether it may stay is for a person to say.",
        remedy="Keep it with a reason if the key is strong and elsewhere; else change what is in it and remove it.",
        reference="Ansible Vault format; SOPS; git-crypt; age; RFC 9580 (OpenPGP); issue 4",
        examples=(
            Example(("$ANSIBLE_VAULT;1.1;AES256\n", "3762653463" * 8, "\n"), path="vault.yml"),
            Example(("password: ENC[AES256_GCM,data:kT7vq9==,iv:x,tag:y,type:str]\n",), path="secrets.enc.yaml"),
            Example(("\x00GITCRYPT\x00", "\x00\xfe" * 20), path="key.bin", encoding="latin-1"),
        ),
        non_examples=(
            Example(("if line.startswith('$ANSIBLE_VAULT;1.1;AES256'):\n    decrypt(line)\n",), path="read.py"),
            Example(("-----BEGIN PGP SIGNATURE-----\n",), path="a.asc"),
        ),
    ),
    _look,
    (
        rb"\$ANSIBLE_VAULT;1",
        rb"ENC\[AES256_GCM,data:",
        rb"\x00GITCRYPT\x00",
        rb"age-encryption\.org/v1\n|BEGIN AGE ENCRYPTED FILE",
        rb"BEGIN PGP MESSAGE",
        rb"kind: SealedSecret",
        rb"Salted__|U2FsdGVkX1",
    ),
)

"""Signatures with ssh-keygen: what was signed holds, and nothing else does."""

import shutil
import subprocess
from pathlib import Path

import pytest

from opensafe.errors import UsageError
from opensafe.git.signing import can_sign, sign, signer, signing_key

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")
TEXT, SPACE = b"opensafe log head 00\n", "opensafe-log"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    made = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(made)], check=True)
    return made


def test_a_signature_holds_for_its_text_and_its_purpose_only(key: Path) -> None:
    assert can_sign()
    signature = sign(TEXT, key, SPACE)
    fingerprint = signing_key(TEXT, signature, SPACE)
    printed = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, check=True, text=True).stdout
    assert fingerprint.startswith("SHA256:")
    assert fingerprint in printed
    assert signing_key(TEXT + b"x", signature, SPACE) == ""
    assert signing_key(TEXT, signature, "git") == ""
    assert signing_key(TEXT, signature.replace("A", "B"), SPACE) == ""
    assert signing_key(TEXT, "", SPACE) == ""


def test_who_signed_is_told_by_the_list_of_signers(key: Path) -> None:
    signature = sign(TEXT, key, SPACE)
    public = key.with_suffix(".pub").read_bytes()
    assert signer(TEXT, signature, SPACE, b"ira@example.org " + public) == "ira@example.org"
    assert signer(TEXT, signature, SPACE, b"") == ""
    assert signer(TEXT + b"x", signature, SPACE, b"ira@example.org " + public) == ""
    assert signer(TEXT, signature, SPACE, b'ira@example.org namespaces="git" ' + public) == ""


def test_what_cannot_sign_is_told_in_the_words_of_ssh_keygen(tmp_path: Path) -> None:
    nothing = tmp_path / "no-key"
    nothing.write_bytes(b"no key\n")
    with pytest.raises(UsageError, match="ssh-keygen did not sign: ") as refused:
        sign(TEXT, nothing, SPACE)
    assert "--key FILE" in refused.value.remedy


def test_a_machine_without_ssh_keygen_says_so(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(key.parent))
    assert not can_sign()
    with pytest.raises(UsageError, match="ssh-keygen was not found"):
        sign(TEXT, key, SPACE)

"""Signs and checks small texts with `ssh-keygen -Y`: the program that git itself starts to sign with an SSH key.

No key is read here: `ssh-keygen` reads it, asks for its passphrase at the terminal, or asks the agent.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opensafe.errors import UsageError
from opensafe.git.executable import on_path
from opensafe.git.words import without_names
from opensafe.model.expressions import expression

_PASSED_ON = ("HOME", "USERPROFILE", "SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "TMPDIR", "WINDIR", "COMSPEC")
_AGENT = ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY")
_PATIENCE = 120  # seconds: somebody may have to type a passphrase
_KEY = expression(rb"\bkey (SHA256:[A-Za-z0-9+/=]{20,60})")


def can_sign() -> bool:
    """Whether this machine has ssh-keygen."""
    return on_path("ssh-keygen") is not None


def sign(text: bytes, key: Path, namespace: str) -> str:
    """The armoured signature of `text`. `key` is a private key, or a public one whose private half the agent holds.

    Raises UsageError with ssh-keygen's own words.
    """
    done = _ssh_keygen(["-Y", "sign", "-q", "-f", str(key), "-n", namespace], text)
    if done.returncode:
        raise UsageError(
            f"ssh-keygen did not sign: {without_names(done.stderr)}",
            remedy="--key FILE is your SSH key (~/.ssh/id_ed25519), or its public half with an agent",
        )
    return done.stdout.decode("ascii", "replace")


def signing_key(text: bytes, signature: str, namespace: str) -> str:
    """The fingerprint (`SHA256:…`) of the key that made the signature of this text; empty where it does not hold."""
    with _files(signature.encode()) as (file,):
        done = _ssh_keygen(["-Y", "check-novalidate", "-n", namespace, "-s", file], text)
    found = _KEY.search(done.stdout)
    return found[1].decode("ascii") if done.returncode == 0 and found else ""


def signer(text: bytes, signature: str, namespace: str, signers: bytes) -> str:
    """Who signed, by a list of allowed signers (ssh-keygen(1), ALLOWED SIGNERS); empty where nobody on it did."""
    with _files(signature.encode(), signers) as (file, allowed):
        found = _ssh_keygen(["-Y", "find-principals", "-s", file, "-f", allowed], b"").stdout
        for principal in found.decode("utf-8", "replace").splitlines()[:1]:
            words = ["-Y", "verify", "-f", allowed, "-I", principal, "-n", namespace, "-s", file]
            return principal if _ssh_keygen(words, text).returncode == 0 else ""
    return ""


@contextmanager
def _files(*contents: bytes) -> Iterator[list[str]]:
    """The paths of private files with these contents, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="opensafe-") as folder:
        paths = [Path(folder, str(number)) for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        yield [str(path) for path in paths]


def _ssh_keygen(words: Sequence[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    program = on_path("ssh-keygen")
    if program is None:
        raise UsageError("ssh-keygen was not found on PATH", remedy="install OpenSSH 8.1 or newer, or do without")
    environment = {name: os.environ[name] for name in (*_PASSED_ON, *_AGENT) if name in os.environ}
    try:
        return subprocess.run(
            [program, *words], input=stdin, capture_output=True, check=False, timeout=_PATIENCE, env=environment
        )
    except subprocess.TimeoutExpired as late:
        raise UsageError("ssh-keygen did not answer", remedy="unlock the key with ssh-add, then try again") from late

"""An open repository in which a person works with plain git, and what opensafe says there."""

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from opensafe.stories.fakes import Fakes, Patient
from tests.journey.journey_commands import Ran, run

FAKES = Fakes("guard")
ZERO = "0" * 40
ADDRESS = "jo.bloggs@" + "nhs" + ".net"


def assignment(value: bytes) -> bytes:
    """A line of R that a credential stands in."""
    return b"db_pass" + b'word <- "' + value + b'"\n'


def patient_table(rows: int = 8) -> bytes:
    """A CSV file with one row for each invented patient."""
    return b"nhs_number,surname,dob,postcode\n" + b"".join(_row(FAKES.patient()) for _ in range(rows))


def _row(patient: Patient) -> bytes:
    return f"{patient.nhs_number},{patient.surname},{patient.born},{patient.postcode}\n".encode()


@dataclass(frozen=True, slots=True)
class OpenRepository:
    """A repository with a work tree. `git` is called as people call it: hooks run."""

    path: Path

    @classmethod
    def make(cls, path: Path) -> "OpenRepository":
        """One commit on main, nothing in it that matters."""
        path.mkdir()
        repository = cls(path)
        repository.git("init", "--quiet", "--initial-branch=main")
        repository.commit({"analysis.R": b"x <- 1\n"}, "Begin")
        return repository

    def git(self, *words: str) -> Ran:
        done = subprocess.run(["git", *words], cwd=self.path, capture_output=True, check=False)
        return Ran(words, done.returncode, done.stdout.decode(), done.stderr.decode())

    def stage(self, files: dict[str, bytes]) -> None:
        for name, data in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            assert self.git("add", "--force", "--", name).code == 0

    def commit(self, files: dict[str, bytes], message: str = "Work") -> str:
        """A commit that no hook looks at, and its id."""
        self.stage(files)
        assert self.git("commit", "--quiet", "--no-verify", "--allow-empty", "-m", message).code == 0
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").out.strip()

    def install(self) -> None:
        """The hooks, through the public command."""
        assert run("guard", "install", str(self.path), "--yes").code == 0

    def guard(self, *options: str) -> Ran:
        return run("guard", "run", str(self.path), *options)

    def guard_push(self, monkeypatch: pytest.MonkeyPatch, *lines: str, remote: str = "") -> Ran:
        """What the pre-push hook would say to these lines of git."""
        stdin = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        return self.guard("--push", f"--remote={remote}")

    def clone(self, path: Path, *options: str) -> "OpenRepository":
        subprocess.run(["git", "clone", "--quiet", *options, self.path.as_uri(), str(path)], check=True)
        return OpenRepository(path)

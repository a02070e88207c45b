"""Starts git and waits for it: the one function that does."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from opensafe.errors import DiskFailed, GitFailed
from opensafe.git.environment import SEALED, sealed_environment
from opensafe.git.executable import git_executable
from opensafe.git.words import without_names
from opensafe.model.text import shown

Argument = str | bytes


def command(git_dir: Path, arguments: Iterable[Argument]) -> list[bytes]:
    """The argument vector, in bytes: names in a repository need not be UTF-8."""
    return [
        os.fsencode(git_executable()),
        b"--git-dir=" + os.fsencode(git_dir),
        *(os.fsencode(argument) for argument in arguments),
    ]


def run_git(
    git_dir: Path,
    arguments: Sequence[Argument],
    *,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
    cwd: Path = SEALED,
    ok: Sequence[int] = (0,),
) -> bytes:
    """Run git on a repository of ours and return its stdout.

    The working folder is never the source. Raises GitFailed with git's own words, without names, when the exit
    code is not `ok`.
    """
    done = subprocess.run(
        _for_platform(command(git_dir, arguments)),
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=sealed_environment() | (env or {}),
    )
    if done.returncode not in ok:
        check_room(done.stderr, f"git {shown(os.fsencode(arguments[0]))}")
        raise GitFailed(
            f"git {shown(os.fsencode(arguments[0]))} ended with {done.returncode}: {without_names(done.stderr)}",
            remedy="this is a repository that opensafe made: run the step again; if it fails again, report it",
        )
    return done.stdout


def check_room(stderr: bytes, who: str) -> None:
    """Raises DiskFailed where a program of ours ended because the disk is full."""
    if b"No space left on device" in stderr:
        raise DiskFailed(
            f"the disk is full: {who} could not write",
            remedy="make room on the disk of the case, then run the same command again: nothing was switched",
        )


def start_git(
    git_dir: Path,
    arguments: Sequence[Argument],
    env: dict[str, str] | None = None,
    config: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a git that is talked to through pipes (cat-file --batch, fast-import), with more `config` than all have."""
    return subprocess.Popen(
        _for_platform(command(git_dir, arguments)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=SEALED,
        env=sealed_environment(config) | (env or {}),
    )


def _for_platform(vector: list[bytes]) -> Sequence[str] | Sequence[bytes]:
    """Windows takes arguments as text only."""
    return [os.fsdecode(part) for part in vector] if os.name == "nt" else vector

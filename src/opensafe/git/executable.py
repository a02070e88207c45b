"""Finds git once, as an absolute path, and says which version it is."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from opensafe.errors import OpensafeError

MINIMUM = (2, 34)
_REMEDY = f"install git {'.'.join(map(str, MINIMUM))} or newer; Git for Windows needs no admin rights"


class GitMissing(OpensafeError):
    """No usable git on this machine."""


@cache
def git_executable() -> str:
    """The absolute path of git, never one in the current folder (CVE-2023-40590, CVE-2024-22190).

    Raises GitMissing if there is none.
    """
    found = on_path("git")
    if found is None:
        raise GitMissing("git was not found on PATH", remedy=_REMEDY)
    return found


def on_path(program: str) -> str | None:
    """The absolute path of a program, never one in the current folder; `None` where there is none."""
    here = Path.cwd()
    for folder in os.get_exec_path():
        found = shutil.which(program, path=folder) if folder and Path(folder).is_absolute() else None
        if found and Path(found).parent != here:
            return str(Path(found).absolute())
    return None


@cache
def git_version() -> tuple[int, ...]:
    """The version as numbers, for example (2, 39, 5). Raises GitMissing when it is too old to be safe."""
    printed = subprocess.run(
        [git_executable(), "--version"], capture_output=True, check=False, stdin=subprocess.DEVNULL
    ).stdout.decode("ascii", "replace")
    version = tuple(int(number) for number in re.findall(r"\d+", printed)[:3])
    if version < MINIMUM:
        raise GitMissing(f"git {'.'.join(map(str, version))} is too old", remedy=_REMEDY)
    return version

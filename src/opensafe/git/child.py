"""Starts a Python module of ours as a child process that works on one repository of ours.

git-filter-repo keeps its state in module globals, works on the current directory and ends with SystemExit: one
child per run, whose exit code is the interface (facts, history and rewriting, section 9.1).
"""

import subprocess
import sys
from pathlib import Path

from opensafe.errors import GitFailed
from opensafe.git.environment import sealed_environment
from opensafe.git.process import check_room
from opensafe.model.expressions import expression
from opensafe.model.text import shown

_DAY = 86_400  # seconds: a bound, not an expectation
_TELLING = expression(rb"(?m)^(fatal|error|Error|[A-Z][A-Za-z]+(?:Error|Exit)): *([^\"'\n:]{0,120})")


def run_child(module: str, git_dir: Path, stdin: bytes, *, seconds: float = _DAY) -> bytes:
    """Run `module` with `git_dir` as its repository and working folder; what it prints is returned.

    Instructions go through stdin, never through arguments or the environment. Python is isolated (`-I`), so that
    no module, variable or site folder of the user is imported. Raises GitFailed.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", module],
            input=stdin,
            capture_output=True,
            check=False,
            cwd=git_dir,
            env=_environment(git_dir),
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as late:
        raise GitFailed(f"{module} did not end within {seconds:.0f} seconds", remedy="run the step again") from late
    if done.returncode:
        check_room(done.stderr, "the filter of commits")
        raise GitFailed(
            f"{module} ended with {done.returncode}: {_words(done.stderr)}",
            remedy="nothing was switched: run the step again; if it fails again, report it",
        )
    return done.stdout


def _environment(git_dir: Path) -> dict[str, str]:
    """Sealed, at home in `git_dir`. Replace refs count here: the only ones in it are repairs of our own."""
    sealed = sealed_environment() | {"GIT_DIR": str(git_dir)}
    del sealed["GIT_NO_REPLACE_OBJECTS"]
    return sealed


def _words(stderr: bytes) -> str:
    """What the child complained about, cut before anything quoted: that may be a name or a message."""
    told = _TELLING.findall(stderr)
    of_git = [words for kind, words in told if kind == b"fatal"]  # what came of that is said behind it
    words = of_git[0] if of_git else told[-1][1] if told else b"it said nothing"
    return shown(words.strip())

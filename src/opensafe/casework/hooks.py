"""The hooks of a guarded repository: three small scripts that start the very Python that installed them.

Git runs them by /bin/sh, on Windows by the sh that comes with it. A hook that somebody else wrote is never touched.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from opensafe.casefile.disk import disk_failures, switch
from opensafe.errors import UsageError
from opensafe.git.layout import SourceLayout, is_file, is_folder, read_text
from opensafe.model.expressions import expression

MARKER = b'# opensafe guard: written by "opensafe guard install", taken away by "opensafe guard install --remove".\n'
_FIRST_LINE = b"#!/bin/sh\n"
_RUNNABLE = 0o755
_HOOKS_PATH = expression(rb"(?im)^[^#;\n]*\bhookspath\b")
# A remote that is given as an address may hold a password: then its name is left out, and more is read.
_REMOTE_NAME = "case $1 in *[:@]*) remote= ;; *) remote=$1 ;; esac\n"


@dataclass(frozen=True, slots=True)
class _Hook:
    """What it is asked, and what comes before that in the script."""

    asks: str
    before: str = ""


_HOOKS = {
    "pre-commit": _Hook("--staged"),
    "commit-msg": _Hook('--message "$1"'),
    "pre-push": _Hook('--push --remote="$remote"', _REMOTE_NAME),
}


class HookState(StrEnum):
    """What stands at the place of a hook."""

    ABSENT = "absent"
    OURS = "ours"  # as it would be written now
    OUTDATED = "outdated"  # ours, for another Python or case
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class PlannedHook:
    """One hook: where it goes, what it holds, what is there now, and the lines that do the same in another's hook."""

    path: Path
    script: bytes
    state: HookState
    by_hand: str


def planned_hooks(layout: SourceLayout, case: Path | None) -> tuple[PlannedHook, ...]:
    """The hooks for this repository. Raises UsageError where git would look for them elsewhere."""
    folder = _hooks_folder(layout, case)
    return tuple(_planned(folder / name, hook, case) for name, hook in _HOOKS.items())


def installed_hooks(layout: SourceLayout) -> tuple[Path, ...]:
    """The hooks that opensafe wrote here, by their marker line."""
    folder = layout.common_dir / "hooks"
    return tuple(folder / name for name in _HOOKS if is_folder(folder) and _is_ours(folder / name))


def write_hook(hook: PlannedHook) -> None:
    """Put a hook in place, whole, where nothing or an earlier one of ours is. Raises DiskFailed.

    It is written under a name that nobody can have put a link at, and switched in when it is runnable.
    """
    with disk_failures(hook.path, "write"):
        hook.path.parent.mkdir(exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="opensafe-", dir=hook.path.parent)
        try:
            with os.fdopen(descriptor, "wb") as beside:
                beside.write(hook.script)
            Path(name).chmod(_RUNNABLE)
            switch(Path(name), hook.path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _planned(path: Path, hook: _Hook, case: Path | None) -> PlannedHook:
    command = f"{_program(case)} guard run {hook.asks}"
    script = _FIRST_LINE + MARKER + f"{hook.before}exec {command}\n".encode()
    return PlannedHook(path, script, _state(path, script), f"{hook.before}{command} || exit $?")


def _state(path: Path, script: bytes) -> HookState:
    if not (path.exists() or path.is_symlink()):
        return HookState.ABSENT
    if not _is_ours(path):
        return HookState.FOREIGN
    return HookState.OURS if read_text(path) == script else HookState.OUTDATED


def _is_ours(path: Path) -> bool:
    return is_file(path) and read_text(path).startswith(_FIRST_LINE + MARKER)


def _program(case: Path | None) -> str:
    """The program as sh takes it. `-P`: a plain `-m` would import modules of the repository (design, section 6)."""
    words = [_quoted(sys.executable), "-P -m opensafe --no-input"]
    return " ".join([*words, *([f"--case {_quoted(str(case.absolute()))}"] if case else [])])


def _quoted(path: str) -> str:
    """One word for sh, whatever is in it; forward slashes, which Windows takes as well."""
    text = Path(path).as_posix()
    return "'" + text.replace("'", "'\\''") + "'"


def _hooks_folder(layout: SourceLayout, case: Path | None) -> Path:
    folder = layout.common_dir / "hooks"
    configured = next(
        (file for file in _configurations(layout, os.environ) if _HOOKS_PATH.search(read_text(file))), None
    )
    lines = "\n".join(f"  {name}: {_by_hand(hook, case)}" for name, hook in _HOOKS.items())
    if configured is not None:
        raise UsageError(
            f"{configured} sets core.hooksPath: git does not look for hooks in {folder}",
            remedy=f"add these lines to the hooks in the folder that it names:\n{lines}",
        )
    if (folder.exists() or folder.is_symlink()) and not is_folder(folder):
        raise UsageError(
            f"{folder} is not a folder of this repository, and what it leads to is not written to",
            remedy=f"add these lines to the hooks there yourself:\n{lines}",
        )
    return folder


def _by_hand(hook: _Hook, case: Path | None) -> str:
    return f"{hook.before.strip()}; ".removeprefix("; ") + f"{_program(case)} guard run {hook.asks} || exit $?"


def _configurations(layout: SourceLayout, environment: Mapping[str, str]) -> Iterator[Path]:
    """The files where core.hooksPath may stand: read as text, no git is asked."""
    yield layout.common_dir / "config"
    yield layout.git_dir / "config.worktree"
    if environment.get("GIT_CONFIG_GLOBAL"):
        yield Path(environment["GIT_CONFIG_GLOBAL"])
        return
    home = Path.home()
    yield home / ".gitconfig"
    yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "git" / "config"

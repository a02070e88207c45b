"""Puts the hooks of the guard into a repository, and takes them away again: after they were announced and confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.disk import disk_failures
from opensafe.casework.hooks import HookState, PlannedHook, installed_hooks, planned_hooks, write_hook
from opensafe.git.layout import SourceLayout


@dataclass(frozen=True, slots=True)
class InstallPlan:
    """What would be written, what is there already, and hooks of others that are left as they are."""

    write: tuple[PlannedHook, ...]
    there: tuple[PlannedHook, ...]
    foreign: tuple[PlannedHook, ...]


def plan_install(layout: SourceLayout, case: Path | None) -> InstallPlan:
    """Writes nothing. `case` is named in the hooks, where one is given. Raises UsageError."""
    hooks = planned_hooks(layout, case)
    return InstallPlan(
        write=tuple(h for h in hooks if h.state in {HookState.ABSENT, HookState.OUTDATED}),
        there=tuple(h for h in hooks if h.state is HookState.OURS),
        foreign=tuple(h for h in hooks if h.state is HookState.FOREIGN),
    )


def install(plan: InstallPlan) -> None:
    """Write the hooks of the plan. Raises DiskFailed."""
    for hook in plan.write:
        write_hook(hook)


def plan_removal(layout: SourceLayout) -> tuple[Path, ...]:
    """The hooks that opensafe wrote; others are not its own to remove."""
    return installed_hooks(layout)


def remove(hooks: Sequence[Path]) -> None:
    """Raises DiskFailed."""
    for hook in hooks:
        with disk_failures(hook, "remove"):
            hook.unlink(missing_ok=True)

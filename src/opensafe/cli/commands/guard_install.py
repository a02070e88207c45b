"""`opensafe guard install`: says what it will write or remove and where, asks, and does it."""

import typer

from opensafe.cli.session import Session
from opensafe.git.layout import SourceLayout
from opensafe.reports.json_results import result_document
from opensafe.steps.guard_install import install, plan_install, plan_removal, remove


def install_hooks(session: Session, layout: SourceLayout, *, yes: bool) -> None:
    """Write the hooks that are not there; a case that is named with `--case` is named in them.

    Raises NoCase, UsageError or DiskFailed.
    """
    plan = plan_install(layout, session.case().root if session.case_folder else None)
    for hook in plan.foreign:
        session.advise(f"{hook.path} is another's and stays as it is; add to it by hand:\n{hook.by_hand}")
    if plan.write:
        session.announce("This will be written:")
    for hook in plan.write:
        session.announce(f"{hook.path} ({hook.state})\n{hook.script.decode()}")
    if plan.write and not (yes or session.confirm("Write these hooks?")):
        raise typer.Abort
    install(plan)
    what = f"Installed {len(plan.write)} hooks; {len(plan.there)} were there; {len(plan.foreign)} are another's."
    if session.json:
        details = {
            "written": [str(hook.path) for hook in plan.write],
            "there": [str(hook.path) for hook in plan.there],
            "by_hand": [f"{hook.path}: {hook.by_hand}" for hook in plan.foreign],
        }
        session.document(result_document("guard install", what, details, "git config core.hooksPath"))
    session.say(what)
    session.advise(
        "git runs them unless core.hooksPath is set somewhere: git config core.hooksPath should print nothing"
    )


def remove_hooks(session: Session, layout: SourceLayout, *, yes: bool) -> None:
    """Take away the hooks that opensafe wrote. Raises DiskFailed."""
    hooks = plan_removal(layout)
    for hook in hooks:
        session.announce(f"Will be removed: {hook}")
    if hooks and not (yes or session.confirm("Remove these hooks?")):
        raise typer.Abort
    remove(hooks)
    what = f"Removed {len(hooks)} hooks."
    if session.json:
        details = {"removed": [str(hook) for hook in hooks]}
        session.document(result_document("guard install", what, details, ""))
    session.say(what)

"""`opensafe scaffold --into DIR`: announced, confirmed, then files only."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from opensafe.casework.guarding import case_of
from opensafe.cli.session import Session, cache_folder
from opensafe.git.layout import read_layout
from opensafe.model.text import counted, shown
from opensafe.readiness.documents import NewFile
from opensafe.reports.json_results import result_document
from opensafe.steps.scaffold_into import IntoPlan, plan_into, write_into

_MESSAGE = "Add the documents of an open repository"


def scaffold_into(
    session: Session, folder: Path, given: Mapping[str, Any], *, dry_run: bool, yes: bool, by: str
) -> None:
    """Say what would be written and where, ask, write, and say how it is committed."""
    layout = read_layout(folder.expanduser().resolve())
    case = case_of(layout, session.case_folder, os.environ)
    plan = plan_into(layout, case, given, cache_folder())
    if not dry_run and plan.files:
        session.announce(f"This will be written to {plan.folder}:")
        for file in plan.files:
            session.announce(f"  {file.path}: {file.why}")
        if not (yes or session.confirm("Write these files?")):
            raise typer.Abort
        recorded = write_into(plan, case, by=by)
        if case is not None and not recorded:
            session.announce("The log of the case does not say that: the case is closed, or can only be read here.")
    verb = "Would write" if dry_run else "Wrote"
    what = (
        f"{verb} {counted(len(plan.files), 'document')} to {plan.folder}." if plan.files else "No document is missing."
    )
    following = _commands(plan) if plan.files and not dry_run else ""
    if session.json:
        details = {
            "into": str(plan.folder),
            "files": [file.path for file in plan.files],
            "left": [file.path for file in plan.left],
            "advice": list(plan.advice),
            "dry_run": dry_run,
        }
        session.document(result_document("scaffold", what, details, following))
        return
    session.say(what)
    _tell(session, plan, dry_run=dry_run)
    if following:
        session.advise(f"next: look at them, then in that folder: {following}")


def _tell(session: Session, plan: IntoPlan, *, dry_run: bool) -> None:
    for file in plan.files if dry_run else ():
        session.say(f"  {file.path}: {file.why}")
        _added_lines(session, file)
    for file in plan.left:
        session.say(f"  {file.path} stays as it is; these lines are missing at its end:")
        _added_lines(session, file)
    for advice in plan.advice:
        session.say(f"  advice: {advice}")


def _added_lines(session: Session, file: NewFile) -> None:
    for line in file.added.splitlines():
        session.say(f"  + {shown(line)}")


def _commands(plan: IntoPlan) -> str:
    names = " ".join(file.path for file in plan.files)
    return f'git add -- {names} && git commit -m "{_MESSAGE}"'

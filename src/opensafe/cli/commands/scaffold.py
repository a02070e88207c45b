"""`opensafe scaffold`."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from opensafe.casework.documents import answers_of
from opensafe.casework.handed_in import bytes_of
from opensafe.cli.commands.scaffold_into import scaffold_into
from opensafe.cli.options import By, Yes
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.text import counted, shown
from opensafe.readiness.answers import Answers
from opensafe.reports.json_results import result_document
from opensafe.steps.scaffold import Scaffolded
from opensafe.steps.scaffold import scaffold as scaffold_step

_MOST_ANSWERS = 1 << 20  # bytes


def register(app: typer.Typer) -> None:
    app.command()(scaffold)


def scaffold(
    context: typer.Context,
    licence: Annotated[str, typer.Option("--licence", help="MIT, Apache-2.0, GPL-3.0-only or OGL-UK-3.0.")] = "",
    holder: Annotated[str, typer.Option("--holder", help="Who holds the copyright.", metavar="NAME")] = "",
    contact: Annotated[str, typer.Option("--contact", help="How to reach the team.", metavar="ADDRESS")] = "",
    organisation: Annotated[str, typer.Option("--organisation", help="Who publishes it.", metavar="NAME")] = "",
    crown_body: Annotated[
        bool | None, typer.Option("--crown-body/--no-crown-body", help="Whether the holder is a Crown body.")
    ] = None,
    notice: Annotated[bool, typer.Option("--notice", help="A NOTICE is wanted (regulatory wording).")] = False,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="TOML with these and more answers.", metavar="FILE")
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", help="Write into this work tree of an open repository.", metavar="DIR")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, add nothing.")] = False,
    yes: Yes = False,
    by: By = "",
) -> None:
    """Write the documents that are missing.

    README, LICENCE, CONTRIBUTING, SECURITY, CODE_OF_CONDUCT. Nothing is overwritten; a README that lacks sections is
    completed.
    """
    session = session_of(context)
    options = {
        "licence": licence,
        "holder": holder,
        "contact": contact,
        "organisation": organisation,
        "crown_body": crown_body,
        "notice": notice or None,
    }
    given = {name: value for name, value in options.items() if value not in {None, ""}}
    said = {**_from_file(answers), **given}
    if into is not None:
        scaffold_into(session, into, said, dry_run=dry_run, yes=yes, by=by)
        return
    case = session.case() if dry_run else session.case_to_change("scaffold")
    told = replace(answers_of(case), **said)
    done = scaffold_step(case, told, dry_run=dry_run, cache=cache_folder(), by=by)
    _show(session, done, dry_run=dry_run)


def _show(session: Session, done: Scaffolded, *, dry_run: bool) -> None:
    verb = "Would add" if dry_run else "Added"
    new = sum(not file.kept for file in done.files)
    what = f"{verb} {counted(new, 'file')}, completed {len(done.files) - new}."
    what = what if done.files else "No document is missing."
    if session.json:
        details = {
            "files": [file.path for file in done.files],
            "advice": list(done.advice),
            "commit": done.commit,
            "dry_run": dry_run,
        }
        session.document(result_document("scaffold", what, details, "opensafe release --prepare"))
        return
    session.say(what)
    for file in done.files:
        session.say(f"  {file.path}: {file.why}")
        for line in file.added.splitlines() if dry_run else ():
            session.say(f"  + {shown(line)}")
    for advice in done.advice:
        session.say(f"  advice: {advice}")
    session.advise("next: opensafe release --prepare, then opensafe check")


def _from_file(file: Path | None) -> dict[str, Any]:
    """Answers out of a TOML file with the names of the options. Raises UsageError naming what does not fit."""
    if file is None:
        return {}
    try:
        read = tomllib.loads(bytes_of(file, str(file), most=_MOST_ANSWERS, remedy="check --answers").decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file} cannot be read as TOML ({type(error).__name__})", remedy="check --answers") from error
    known = {field.name: type(field.default) for field in fields(Answers)}
    found = {name.replace("-", "_"): value for name, value in read.items()}
    for name, value in found.items():
        if name not in known:
            raise UsageError(f"{file} has an answer that is not known: {name}", remedy=f"known: {', '.join(known)}")
        if not isinstance(value, (str, bool, int)):
            raise UsageError(f"{file}: {name} is not a text, a number, true or false", remedy="correct the file")
    return found

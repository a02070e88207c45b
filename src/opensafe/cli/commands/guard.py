"""`opensafe guard run` and `opensafe guard install`."""

import os
import sys
from pathlib import Path
from typing import IO, Annotated

import typer

from opensafe.casework.guarding import Guard, case_of, repository_here
from opensafe.casework.team_rules import read_rules_file
from opensafe.cli.commands.guard_install import install_hooks, remove_hooks
from opensafe.cli.commands.guard_lines import advice, lines
from opensafe.cli.options import Yes
from opensafe.cli.session import cache_folder, leave, session_of
from opensafe.errors import UsageError
from opensafe.git.layout import SourceLayout
from opensafe.model.progress import Progress
from opensafe.reports.json_findings import findings_document
from opensafe.steps.guard import Guarded, guard_for, guard_message, guard_push, guard_staged, guard_unmerged

_MOST_INPUT = 16 << 20  # bytes
_group = typer.Typer(help="Keeps an open repository clean, as hooks or in CI.")

Repo = Annotated[Path | None, typer.Argument(help="The repository; the one around this folder if left out.")]


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="guard")


@_group.command("run")
def run(
    context: typer.Context,
    repo: Repo = None,
    staged: Annotated[bool, typer.Option("--staged", help="What is staged (pre-commit hook).")] = False,
    message: Annotated[
        Path | None, typer.Option("--message", help="A commit message (commit-msg hook).", metavar="FILE")
    ] = None,
    push: Annotated[
        bool, typer.Option("--push", help="What a push adds; git's lines on stdin (pre-push hook).")
    ] = False,
    remote: Annotated[str, typer.Option("--remote", help="With --push: the remote's name.", metavar="NAME")] = "",
    all_new: Annotated[
        bool, typer.Option("--all-new", help="What HEAD has and the remote's default branch has not (the default).")
    ] = False,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Rules of the team, beside those of the case.", metavar="FILE")
    ] = None,
) -> None:
    """Read what would be added; credentials, personal data and data files in it stop it (exit code 10)."""
    session = session_of(context)
    if sum((staged, message is not None, push, all_new)) > 1:
        raise UsageError("one run checks one thing", remedy="choose --staged, --message, --push or --all-new")
    layout = _layout(repo)
    case = case_of(layout, session.case_folder, os.environ)
    if case is not None:
        session.looked_at(case)
    guard = guard_for(case, named=read_rules_file(rules) if rules else (), cache=cache_folder())
    with session.working() as progress:
        if staged:
            guarded = guard_staged(layout, guard, progress, index=_index(repo))
        elif message is not None:
            guarded = _message(layout, guard, progress, message)
        elif push:
            updates = _standard_input()
            guarded = guard_push(layout, guard, progress, lines=updates, remote=remote)
        else:
            guarded = guard_unmerged(layout, guard, progress)
    if session.json:
        session.document(findings_document(guarded.findings, guarded.coverage, place_states=guarded.place_states))
    for line in lines(guarded, with_ids=case is not None):
        session.say(line)
    for line in advice(guarded, layout.root, has_case=case is not None):
        session.advise(line)
    leave(guarded.exit_code)


@_group.command("install")
def install(
    context: typer.Context,
    repo: Repo = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take away the hooks that opensafe wrote.")] = False,
    yes: Yes = False,
) -> None:
    """Put pre-commit, commit-msg and pre-push hooks into a repository. Hooks that are there are never overwritten."""
    act = remove_hooks if remove else install_hooks
    act(session_of(context), _layout(repo), yes=yes)


def _layout(repo: Path | None) -> SourceLayout:
    if repo is not None:
        return repository_here(repo.expanduser().resolve())
    return repository_here(Path.cwd(), os.environ.get("GIT_DIR", ""))


def _index(repo: Path | None) -> Path | None:
    """In a hook git names the index of this very commit: with `git commit -a` it is another than the usual one."""
    named = os.environ.get("GIT_INDEX_FILE", "") if repo is None else ""
    return Path.cwd() / named if named else None


def _message(layout: SourceLayout, guard: Guard, progress: Progress, file: Path) -> Guarded:
    try:
        with file.open("rb") as opened:
            text = _whole(opened, "the message")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", remedy="--message names the file") from error
    edited = os.environ.get("GIT_EDITOR") != ":"  # how git tells its hooks that no editor was opened
    return guard_message(layout, guard, progress, message=text, edited=edited)


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            "--push reads on standard input what git gives to a pre-push hook",
            remedy="install the hook (opensafe guard install), or use --all-new",
        )
    return _whole(sys.stdin.buffer, "standard input")


def _whole(stream: IO[bytes], what: str) -> bytes:
    """Everything, or an error: what is cut off would not be looked at."""
    data = stream.read(_MOST_INPUT + 1)
    if len(data) > _MOST_INPUT:
        raise UsageError(f"{what} is larger than {_MOST_INPUT >> 20} MiB", remedy="make it smaller, then again")
    return data

"""`opensafe guard run` and `opensafe guard install`."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from opensafe.casefile.folder import Case
from opensafe.casework.guarding import case_of, repository_here
from opensafe.cli.commands.audit import skip_line
from opensafe.cli.options import Yes
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.errors import UsageError
from opensafe.git.layout import SourceLayout
from opensafe.model.finding import Finding
from opensafe.model.place import Place, PlaceKind
from opensafe.model.progress import Progress
from opensafe.reports.json_documents import findings_document, result_document
from opensafe.steps.guard import Guarded, guard_message, guard_push, guard_staged, guard_unmerged
from opensafe.steps.guard_install import install as install_step
from opensafe.steps.guard_install import plan_install, plan_removal, remove

_PLACES_SHOWN = 10
_MOST_INPUT = 16 << 20  # bytes
_group = typer.Typer(help="Keeps an open repository clean: hooks for git, and a step for continuous integration.")

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
        bool, typer.Option("--push", help="What a push adds: git's lines on stdin (pre-push hook).")
    ] = False,
    remote: Annotated[str, typer.Option("--remote", help="With --push: the remote's name.", metavar="NAME")] = "",
    all_new: Annotated[
        bool, typer.Option("--all-new", help="What HEAD has and the remote's default branch has not (the default).")
    ] = False,
) -> None:
    """Read what would be added; credentials, personal data and data files in it stop it (exit code 10)."""
    session = session_of(context)
    if sum((staged, message is not None, push, all_new)) > 1:
        raise UsageError("one run checks one thing", remedy="choose --staged, --message, --push or --all-new")
    layout = _layout(repo)
    case = case_of(layout, session.case_folder, os.environ)
    with session.working() as progress:
        if staged:
            guarded = guard_staged(layout, case, progress, index=_index(repo), cache=cache_folder())
        elif message is not None:
            guarded = _message(layout, case, progress, message)
        elif push:
            lines = _standard_input()
            guarded = guard_push(layout, case, progress, lines=lines, remote=remote, cache=cache_folder())
        else:
            guarded = guard_unmerged(layout, case, progress, cache=cache_folder())
    if session.json:
        document = findings_document(guarded.findings, guarded.coverage, place_states=guarded.place_states)
        session.document(document)
    for line in _told(guarded, with_ids=case is not None):
        session.say(line)
    _advise(session, guarded, case, layout)
    leave(guarded.exit_code)


@_group.command("install")
def install(
    context: typer.Context,
    repo: Repo = None,
    removing: Annotated[bool, typer.Option("--remove", help="Take away the hooks that opensafe wrote.")] = False,
    yes: Yes = False,
) -> None:
    """Put pre-commit, commit-msg and pre-push hooks into a repository. Hooks that are there are never overwritten."""
    session = session_of(context)
    layout = _layout(repo)
    if removing:
        _remove(session, layout, yes=yes)
    else:
        _install(session, layout, yes=yes)


def _layout(repo: Path | None) -> SourceLayout:
    if repo is not None:
        return repository_here(repo.expanduser().resolve())
    return repository_here(Path.cwd(), os.environ.get("GIT_DIR", ""))


def _index(repo: Path | None) -> Path | None:
    """In a hook git names the index of this very commit: with `git commit -a` it is another than the usual one."""
    named = os.environ.get("GIT_INDEX_FILE", "") if repo is None else ""
    return Path.cwd() / named if named else None


def _message(layout: SourceLayout, case: Case | None, progress: Progress, file: Path) -> Guarded:
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_INPUT)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", remedy="--message names the file") from error
    edited = os.environ.get("GIT_EDITOR") != ":"  # how git tells its hooks that no editor was opened
    return guard_message(layout, case, progress, message=text, edited=edited, cache=cache_folder())


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            "--push reads on standard input what git gives to a pre-push hook",
            remedy="install the hook (opensafe guard install), or use --all-new",
        )
    return sys.stdin.buffer.read(_MOST_INPUT)


def _told(guarded: Guarded, *, with_ids: bool) -> Iterator[str]:
    """One block for each finding, what was not read, and the verdict."""
    if guarded.nothing:
        beyond = f": {guarded.beyond} holds everything that HEAD does" if guarded.beyond else ": nothing is new"
        yield f"Nothing was read{beyond}."
        return
    for finding in guarded.blocked:
        yield from _block(finding, guarded.remedies.get(finding.id, ""), with_id=with_ids)
    for skip in guarded.unread:
        yield f"not read: {skip_line(skip)}"
    coverage = guarded.coverage
    kinds = ", ".join(f"{count:,} {kind}{'s' * (count != 1)}" for kind, count in coverage.by_kind.items() if count)
    yield f"Read {coverage.read:,} of {coverage.objects:,} new objects ({kinds}); {_verdict(guarded)}"


def _block(finding: Finding, remedy: str, *, with_id: bool) -> Iterator[str]:
    for place in finding.places[:_PLACES_SHOWN]:
        yield f"{_where(place)}: {finding.title} ({finding.severity})"
    if finding.occurrences > _PLACES_SHOWN:
        yield f"  … and {finding.occurrences - _PLACES_SHOWN:,} more places"
    yield f"  {finding.masked}{f'  {finding.id}' if with_id else ''}"
    yield f"  why: {finding.why}"
    if remedy:
        yield f"  what to do: {remedy}"


def _where(place: Place) -> str:
    """A place as an editor takes it; what is no file is named in words."""
    commit = f" of {place.oid[:12]}" if place.oid and place.kind is not PlaceKind.PATH else ""
    files = {PlaceKind.BLOB, PlaceKind.SYMLINK_TARGET, PlaceKind.SUBMODULE_URL}
    name = place.path or "" if place.kind in files else f"{place.kind.replace('-', ' ')}{commit}"
    if place.kind in {PlaceKind.PATH, PlaceKind.REF_NAME}:
        name = f"the name {place.path or place.ref}"
    at = f":{place.line}" if place.line and place.kind not in {PlaceKind.PATH, PlaceKind.REF_NAME} else ""
    via = f" in {' > '.join(place.via)}" if place.via else ""
    since = f" (commit {place.first_commit[:12]})" if place.first_commit and place.kind in files else ""
    return f"{name}{at}{via}{since}"


def _verdict(guarded: Guarded) -> str:
    count = len(guarded.blocked)
    found = f"stopped by {count:,} finding{'s' * (count != 1)}" if count else "nothing in it stops this"
    if guarded.unread:
        return f"incomplete: what was not read is not known to be clean; {found}."
    return f"{found}."


def _advise(session: Session, guarded: Guarded, case: Case | None, layout: SourceLayout) -> None:
    if any(skip.reason.value == "shallow history" for skip in guarded.unread):
        session.advise("next: fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the workflow")
    if not guarded.blocked:
        return
    session.advise("next: take it out of the commits that are new (git reset, commit --amend or rebase -i), then again")
    if case is None:
        session.advise(
            f"a false alarm is settled by value, in a case: opensafe audit {layout.root}, then opensafe decide"
        )
    else:
        session.advise(
            "a false alarm is settled by value: opensafe audit, then opensafe decide ID --action not-a-finding"
        )


def _install(session: Session, layout: SourceLayout, *, yes: bool) -> None:
    plan = plan_install(layout, session.case_folder)
    for hook in plan.foreign:
        session.advise(f"{hook.path} is another's and stays as it is; add to it by hand:\n{hook.by_hand}")
    if plan.write:
        session.announce("This will be written:")
    for hook in plan.write:
        session.announce(f"{hook.path} ({hook.state})\n{hook.script.decode()}")
    if plan.write and not (yes or session.confirm("Write these hooks?")):
        raise typer.Abort
    install_step(plan)
    what = f"Installed {len(plan.write)} hooks; {len(plan.there)} were there; {len(plan.foreign)} are another's."
    if session.json:
        details = {
            "written": [str(hook.path) for hook in plan.write],
            "there": [str(hook.path) for hook in plan.there],
            "by_hand": {str(hook.path): hook.by_hand for hook in plan.foreign},
        }
        session.document(result_document("guard install", what, details, "git config core.hooksPath"))
    session.say(what)
    session.advise(
        "git runs them unless core.hooksPath is set somewhere: git config core.hooksPath should print nothing"
    )


def _remove(session: Session, layout: SourceLayout, *, yes: bool) -> None:
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

"""Commits and tags in repositories that opensafe made, through GitPython.

GitPython obeys the configuration of the repository it stands in, and passes on the environment of this process: it is
only ever given a repository of ours, with the sealed environment and without the caller's GIT_* variables (a hook of
the user's has GIT_DIR, say).
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from opensafe.errors import GitFailed
from opensafe.git.environment import sealed_environment
from opensafe.git.executable import git_executable
from opensafe.git.owned import OwnedRepository
from opensafe.git.words import without_names
from opensafe.model.identifiers import Oid

if TYPE_CHECKING:
    from git import Repo

_OF_THE_USER = frozenset({"HOME", "XDG_CONFIG_HOME", "PATH", "GIT_CONFIG_GLOBAL"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Who commits or tags, and when: `when` as `2026-11-22T10:00:00+00:00`."""

    name: str
    email: str
    when: str


def commit_files(
    repository: OwnedRepository,
    branch: bytes,
    files: Mapping[str, bytes],
    message: str,
    signature: Signature,
    *,
    note: Callable[[Oid], None] = lambda _: None,
) -> Oid:
    """One commit above `branch` that adds or replaces these files; once it is noted, the branch moves to it."""
    with _opened(repository) as repo, tempfile.TemporaryDirectory(dir=repository.git_dir) as scratch:
        repo.git.update_environment(GIT_INDEX_FILE=str(Path(scratch) / "index"), **_as_environment(signature))
        name = branch.decode("utf-8", "surrogateescape")
        repo.git.read_tree(name)
        for path, data in files.items():
            repo.git.update_index("--add", "--cacheinfo", f"100644,{repository.write_object('blob', data)},{path}")
        commit = repo.git.commit_tree(repo.git.write_tree(), "-p", name, "-m", message)
        note(Oid(commit))
        repo.git.update_ref(name, commit)
        return Oid(commit)


def annotated_tag(
    repository: OwnedRepository,
    name: str,
    commit: Oid,
    message: str,
    signature: Signature,
    *,
    sign: bool = False,
    replace: bool = False,
) -> Oid:
    """An annotated tag on `commit`; signed with the user's own key when `sign`. Raises GitFailed if it exists.

    With `replace` it takes the place of one that exists: what a killed run left.
    """
    with _opened(repository, as_user=sign) as repo:
        repo.git.update_environment(**_as_environment(signature))
        kind = ["--sign" if sign else "--annotate", *(["--force"] if replace else [])]
        # Lines that begin with # are headings here, not comments.
        repo.git.tag(*kind, "--cleanup=whitespace", "-m", message, name, commit)
        return Oid(repo.git.rev_parse(f"refs/tags/{name}"))


@contextmanager
def _opened(repository: OwnedRepository, *, as_user: bool = False) -> Iterator["Repo"]:
    """GitPython on a repository of ours; imported late, because its import looks for git.

    `as_user` leaves the user's own home and configuration in force: keys, and what signs with them, are named there.
    """
    with _git_variables({"GIT_PYTHON_GIT_EXECUTABLE": git_executable()}):
        from git import GitCommandError, Repo  # noqa: PLC0415 - it needs the variable above

        repo = Repo(Path(repository.git_dir))
        sealed = {k: v for k, v in sealed_environment().items() if not (as_user and k in _OF_THE_USER)}
        repo.git.update_environment(**sealed, GIT_DIR=str(repository.git_dir))
        try:
            yield repo
        except GitCommandError as failure:
            raise GitFailed(
                f"git ended with {failure.status}: {_words(str(failure.stderr))}",
                remedy="the repository is one that opensafe made: run the step again; if it fails again, report it",
            ) from None
        finally:
            repo.close()


def _words(stderr: str) -> str:
    """GitPython puts quotes of its own around what git said."""
    return without_names(stderr.strip().removeprefix("stderr: '").removesuffix("'").encode("utf-8", "surrogateescape"))


@contextmanager
def _git_variables(wanted: Mapping[str, str]) -> Iterator[None]:
    """These GIT_* variables and no others in this process, until the end of the block."""
    inherited = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in wanted:
            del os.environ[name]
        os.environ.update(inherited)


def _as_environment(signature: Signature) -> dict[str, str]:
    return {
        "GIT_AUTHOR_NAME": signature.name,
        "GIT_AUTHOR_EMAIL": signature.email,
        "GIT_AUTHOR_DATE": signature.when,
        "GIT_COMMITTER_NAME": signature.name,
        "GIT_COMMITTER_EMAIL": signature.email,
        "GIT_COMMITTER_DATE": signature.when,
    }

"""Finds the case that a command is about."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from opensafe.casefile.config import CONFIG_FILE
from opensafe.casefile.disk import shown_path
from opensafe.casefile.location import is_repository, location_warnings, repository_around
from opensafe.errors import NoCase

__all__ = ["default_case_folder", "find_case", "is_case", "location_warnings"]

_REMEDY = "open a case with: opensafe start REPO (or name one with --case DIR)"


def default_case_folder(source: Path) -> Path:
    """`REPO.opensafe` beside the repository that `source` is, or lies in (`x.git` gives `x.git.opensafe`)."""
    resolved = source.resolve()
    return _beside(repository_around(resolved) or resolved)


def is_case(folder: Path) -> bool:
    return (folder / CONFIG_FILE).is_file()


def find_case(explicit: Path | None, environment: Mapping[str, str], cwd: Path) -> Path:
    """The case of `--case`, of OPENSAFE_CASE, around `cwd`, or beside the repository around `cwd`, in this order.

    A folder inside a repository is taken only when it is named: a repository could bring a case of its own.
    Raises NoCase, which names all that was looked at.
    """
    if explicit is not None:
        return _named(explicit, "--case")
    if environment.get("OPENSAFE_CASE"):
        return _named(Path(environment["OPENSAFE_CASE"]), "OPENSAFE_CASE")
    looked: list[str] = []
    for candidate in _candidates(cwd.resolve()):
        if not is_case(candidate):
            looked.append(shown_path(candidate))
        elif repository_around(candidate) is None:
            return candidate
        else:
            looked.append(f"{shown_path(candidate)} (inside a repository: used only when named with --case)")
    raise NoCase("no case found; looked at " + ", ".join(looked), remedy=_REMEDY)


def _named(folder: Path, by: str) -> Path:
    resolved = folder.resolve()
    if not is_case(resolved):
        raise NoCase(f"{shown_path(resolved)} (named by {by}) is not a case", remedy=_REMEDY)
    return resolved


def _candidates(here: Path) -> Iterator[Path]:
    around = (here, *here.parents)
    yield here
    yield from (folder for folder in here.parents if is_case(folder))
    yield from (_beside(folder) for folder in around if folder.name != ".git" and is_repository(folder))


def _beside(repository: Path) -> Path:
    return repository.with_name(repository.name + ".opensafe")

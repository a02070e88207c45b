"""Every test runs sealed: no settings of this machine, fixed people and dates, nothing asked, nothing coloured.

Sockets are blocked by pytest-socket (pyproject.toml). Stories are built once per run and copied per test.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from fixtures import repos
from fixtures.kit.story import BuiltStory, Tell

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")

# A run that a shell started in the background ignores Ctrl-C, and so would every command that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

_INHERITED = ("GIT_", "OPENSAFE_", "XDG_", "SSH_", "PYTHON")
_FIXED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_EDITOR": "false",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "A Tester",
    "GIT_AUTHOR_EMAIL": "tester@example.org",
    "GIT_AUTHOR_DATE": "2020-01-02T09:00:00+00:00",
    "GIT_COMMITTER_NAME": "A Tester",
    "GIT_COMMITTER_EMAIL": "tester@example.org",
    "GIT_COMMITTER_DATE": "2020-01-02T09:00:00+00:00",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "COLUMNS": "100",
    "TZ": "UTC",
    "LC_ALL": "C",
}
_KEPT = ("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the whole run, the same for all workers of pytest-xdist."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def _sealed(run_folder: Path) -> Iterator[None]:
    """The environment of the whole run. Workers share a home, so that compiled rules are compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(_INHERITED) and name not in _KEPT:
                patch.delenv(name)
        for name, value in (_FIXED | _homes(run_folder / "home")).items():
            patch.setenv(name, value)
        yield


def _homes(home: Path) -> dict[str, str]:
    """An own, empty home on each system, with an empty configuration and template for git."""
    template = home / "git-template"
    template.mkdir(parents=True, exist_ok=True)
    config = home / "gitconfig"
    config.touch()
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_TEMPLATE_DIR": str(template),
    }


@pytest.fixture
def story(run_folder: Path, tmp_path: Path) -> Tell:
    """Gives a fresh copy of a story by its name: `story("utf16_sql")`."""

    def tell(name: str) -> BuiltStory:
        told, here = repos.story(name), tmp_path / name
        if not told.portable:
            return told.build(here)
        shutil.copytree(_built_once(run_folder / "stories", name), here, symlinks=True)
        return told.at(here)

    return tell


def _built_once(folder: Path, name: str) -> Path:
    """The story as one worker of this run built it. It appears under its name only when it is whole."""
    built = folder / name
    folder.mkdir(exist_ok=True)
    with FileLock(folder / f"{name}.lock"):
        if not built.exists():
            draft = folder / f"{name}.draft"
            repos.story(name).build(draft)
            draft.replace(built)
    return built

"""What `--version` prints."""

import platform
from importlib.metadata import PackageNotFoundError, version

from opensafe.cli.session import Session
from opensafe.git.executable import git_version
from opensafe.reports.json_results import result_document
from opensafe.version import VERSION

_ENGINES = ("kingfisher-secret-scanner", "detect-secrets", "hyperscan", "ahocorasick-rs", "git-filter-repo")


def show_versions(session: Session) -> None:
    """One line for each: opensafe, Python, git, engines."""
    found = _versions()
    if session.json:
        session.document(result_document("version", f"opensafe {VERSION}", found, ""))
    for name, number in found.items():
        session.say(f"{name} {number}")


def _versions() -> dict[str, str]:
    git = ".".join(map(str, git_version()))
    own = {"opensafe": VERSION, "Python": platform.python_version(), "git": git}
    return own | {name: _version(name) for name in _ENGINES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"

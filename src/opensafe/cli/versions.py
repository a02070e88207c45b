"""What `--version` prints."""

import platform
from importlib.metadata import PackageNotFoundError, version

from opensafe.git.executable import git_version
from opensafe.version import VERSION

_ENGINES = ("kingfisher-secret-scanner", "detect-secrets", "hyperscan", "ahocorasick-rs", "git-filter-repo")


def versions() -> str:
    """One line for each: opensafe, Python, git, engines."""
    lines = [f"opensafe {VERSION}", f"Python {platform.python_version()}", f"git {'.'.join(map(str, git_version()))}"]
    return "\n".join([*lines, *(f"{name} {_version(name)}" for name in _ENGINES)])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"

"""Where a case may lie: never in a repository, and better not where other machines copy it."""

import re
from pathlib import Path

from opensafe.model.expressions import expression

_SYNCHRONISED = {
    "OneDrive": expression(r"onedrive\b", re.IGNORECASE),
    "Dropbox": expression(r"dropbox\b", re.IGNORECASE),
    "iCloud": expression(r"icloud ?drive\b|com~apple~clouddocs$|mobile documents$", re.IGNORECASE),
    "Google Drive": expression(r"google ?drive\b|my drive$", re.IGNORECASE),
}


def is_repository(folder: Path) -> bool:
    """Whether `folder` is the top of a work tree, or a bare repository. Nothing of it is read."""
    return _there(folder / ".git") or all(_there(folder / name) for name in ("HEAD", "objects", "refs"))


def repository_around(folder: Path) -> Path | None:
    """The innermost repository that `folder` is or lies in; for a `.git` folder, the work tree that it serves."""
    for around in (folder, *folder.parents):
        if is_repository(around):
            return around.parent if around.name == ".git" else around
    return None


def location_warnings(root: Path) -> list[str]:
    """What speaks against this place, one sentence each; empty where nothing does (facts, interfaces 6)."""
    parts = re.split(r"[\\/]", str(root))
    warnings = [
        f"the case lies in a folder that {service} copies to other machines: keys and findings would go with it"
        for service, pattern in _SYNCHRONISED.items()
        if any(pattern.match(part) for part in parts)
    ]
    if str(root).startswith(("\\\\", "//")):
        warnings.append("the case lies on a network share: others may read it, and locks may not hold there")
    if repository_around(root) is not None:
        warnings.append("the case lies inside a git work tree: a commit could publish it")
    return warnings


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder that may not be looked into
        return False

"""Goes on working in a source, as its team does."""

import subprocess
from pathlib import Path


def in_source(folder: Path, *words: str) -> str:
    """One git command in a work tree, which must succeed; what it printed."""
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True)
    return done.stdout

"""R packages: its checks note files at the top level that they do not know, unless `.Rbuildignore` lists them.

Source: Writing R Extensions, 1.3.1 (building package tarballs): one regular expression a line.
"""

import re
from collections.abc import Iterable, Mapping

from opensafe.readiness.appending import extended
from opensafe.readiness.manifests import is_r_package
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.text import text_of

_PATH = ".Rbuildignore"
# R knows README.md; the licence belongs in the package.
_UNKNOWN_TO_R = frozenset(
    {"NOTICE", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CONTRIBUTORS.md", "PROVENANCE.md"}
)
_WHY = "keeps the new documents out of the R package, whose checks would note them"


def build_ignore(files: Mapping[str, bytes], new: Iterable[str]) -> NewFile | None:
    """`.Rbuildignore` with the new documents, below the lines that it has; None where none of them is lacking."""
    present = files.get(_PATH)
    listed = set(text_of(present or b"").split("\n"))
    wanted = [f"^{re.escape(path)}$" for path in new if path in _UNKNOWN_TO_R]
    lines = "".join(f"{line}\n" for line in wanted if line not in listed)
    if not lines or not is_r_package(files):
        return None
    return NewFile(_PATH, lines.encode(), _WHY) if present is None else extended(_PATH, present, lines, _WHY)

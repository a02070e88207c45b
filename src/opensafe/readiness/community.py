"""Where the documents of a project lie: code hosts look in `.github`, then the top level, then `docs`."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

_FOLDERS = (".github/", "", "docs/")
_EXTENSION = r"(?:\.(?:md|markdown|rst|txt|adoc|org|rmd|qmd))?"


class Document(Enum):
    """A kind of document; the value is the pattern of its name without the extension."""

    README = "readme"
    CONTRIBUTING = "contributing"
    SECURITY = "security"
    CODE_OF_CONDUCT = "code[_ -]of[_ -]conduct"
    CHANGELOG = "changelog|changes|news|history|release[_ -]notes"
    NOTICE = "notice"


_POINTED_TO = MappingProxyType(
    {
        "readme": (Document.README, "README.md"),
        "contributing": (Document.CONTRIBUTING, "CONTRIBUTING.md"),
        "security": (Document.SECURITY, "SECURITY.md"),
        "conduct": (Document.CODE_OF_CONDUCT, "CODE_OF_CONDUCT.md"),
    }
)


def find_document(paths: Iterable[str], kind: Document) -> str | None:
    """The path of the project's document of this kind, whatever its letter case and extension.

    Of two in one folder the one that code hosts show: README.md, where README.Rmd makes it.
    """
    name = re.compile(f"(?:{kind.value}){_EXTENSION}", re.IGNORECASE)
    known = sorted(paths, key=lambda path: (not path.lower().endswith(".md"), path))
    for folder in _FOLDERS:
        for path in known:
            if path[: len(folder)].lower() == folder and name.fullmatch(path[len(folder) :]):
                return path
    return None


def document_paths(paths: Iterable[str]) -> Mapping[str, str]:
    """Where the documents lie that others point to: as found, else where they will be added."""
    known = tuple(paths)
    return {name: find_document(known, kind) or path for name, (kind, path) in _POINTED_TO.items()}

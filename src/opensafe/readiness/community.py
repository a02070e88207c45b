"""Where the documents of a project lie: code hosts look in `.github`, then the top level, then `docs`."""

import re
from collections.abc import Iterable
from enum import Enum

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


def find_document(paths: Iterable[str], kind: Document) -> str | None:
    """The path of the project's document of this kind, whatever its letter case and extension."""
    name = re.compile(f"(?:{kind.value}){_EXTENSION}", re.IGNORECASE)
    known = sorted(paths)
    for folder in _FOLDERS:
        for path in known:
            if path[: len(folder)].lower() == folder and name.fullmatch(path[len(folder) :]):
                return path
    return None

"""Findings in the groups in which people decide about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensafe.model.finding import Category, Finding, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.text import counted

IN_PACKAGES = "in a package that others made and a tool put here"
"""Why a file is of the many that one decision settles, in whatever folder they lie."""
_TO_BE_LOOKED_AT = "data.opaque-file"
_DATA = "data.data-file"
_OUTPUTS = "data.notebook-outputs"
_TITLES = {
    "folder": ("file", " to look at in {}"),
    "notebooks": ("notebook", " with outputs in {}"),
    "packages": ("file", " of packages that others made"),
    "alike": ("data file", " called {}, of the same size"),
}
"""Of groups of several files: what they are, and what they have in common."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that want one answer; `title` is for people."""

    title: str
    findings: tuple[Finding, ...]

    def one_by_one(self) -> "tuple[Group, ...]":
        """Each finding by itself."""
        return tuple(Group(_title_alone(finding), (finding,)) for finding in self.findings)


def folder_of(path: str) -> str:
    """The folder of a file, as its path is shown."""
    return path.rpartition("/")[0] or "(top folder)"


def triage(findings: Iterable[Finding], paths: Mapping[FindingId, str]) -> tuple[Group, ...]:
    """All that concerns one person; files of packages that tools put here; of one folder the files of one kind that
    somebody has to look at, and the notebooks with outputs of one kind; data files of one name and size, if none looks
    like rows about people; a credential or another question about a file by itself; else what one detector saw in one
    file (`paths` gives it). The gravest first, in the order of the findings; a question about a file comes before
    values, for what is done with the file may settle them.
    """
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.severity.rank, f.category is not Category.FILE)):
        grouped.setdefault(_key(finding, paths), []).append(finding)
    return tuple(Group(_title(key, members), tuple(members)) for key, members in grouped.items())


def _key(finding: Finding, paths: Mapping[FindingId, str]) -> tuple[str, ...]:
    if finding.category is Category.NAME and finding.person is not None:
        return ("person", str(finding.person))
    if finding.category is Category.FILE and finding.why == IN_PACKAGES:
        return ("packages",)
    if finding.id in paths and not {_TO_BE_LOOKED_AT, _OUTPUTS}.isdisjoint(finding.witnesses):
        kind = "notebooks" if _OUTPUTS in finding.witnesses else "folder"
        return (kind, finding.why, finding.severity, folder_of(paths[finding.id]))
    if _DATA in finding.witnesses and finding.severity.rank >= Severity.MEDIUM.rank and finding.id in paths:
        return ("alike", finding.why, finding.severity, paths[finding.id].rpartition("/")[2])
    if finding.category in {Category.SECRET, Category.FILE}:
        return ("value", finding.id)
    return ("file", finding.category, finding.detector, paths.get(finding.id, ""))


def _title(key: tuple[str, ...], members: list[Finding]) -> str:
    first = members[0]
    if key[0] == "person":
        return f"Person {first.person}: {first.title}"
    if key[0] in _TITLES and len(members) > 1:
        noun, rest = _TITLES[key[0]]
        return counted(len(members), noun) + rest.format(key[-1])
    if first.category is Category.FILE or key[0] == "value":
        return _title_alone(first)
    return f"{first.title}: {key[-1] or 'outside files'}"


def _title_alone(finding: Finding) -> str:
    return finding.masked if finding.category is Category.FILE else f"{finding.title}: {finding.masked}"

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
    """All that concerns one person; files of packages that tools put here; files of one kind in one folder that
    somebody has to look at; data files of one name and size, if none looks like rows about people; a credential or
    another question about a file by itself; else what one detector saw in one file (`paths` gives it). The gravest
    first, in the order of the findings; a question about a file comes before values, for what is done with the file
    may settle them.
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
    if _TO_BE_LOOKED_AT in finding.witnesses and finding.id in paths:
        return ("folder", finding.why, finding.severity, folder_of(paths[finding.id]))
    if _DATA in finding.witnesses and finding.severity.rank >= Severity.MEDIUM.rank and finding.id in paths:
        return ("alike", finding.why, finding.severity, paths[finding.id].rpartition("/")[2])
    if finding.category in {Category.SECRET, Category.FILE}:
        return ("value", finding.id)
    return ("file", finding.category, finding.detector, paths.get(finding.id, ""))


def _title(key: tuple[str, ...], members: list[Finding]) -> str:
    first = members[0]
    if key[0] == "person":
        return f"Person {first.person}: {first.title}"
    if key[0] == "folder" and len(members) > 1:
        return f"{counted(len(members), 'file')} to look at in {key[-1]}"
    if key[0] == "packages" and len(members) > 1:
        return f"{counted(len(members), 'file')} of packages that others made"
    if key[0] == "alike" and len(members) > 1:
        return f"{counted(len(members), 'data file')} called {key[-1]}, of the same size"
    if first.category is Category.FILE or key[0] == "value":
        return _title_alone(first)
    return f"{first.title}: {key[-1] or 'outside files'}"


def _title_alone(finding: Finding) -> str:
    return finding.masked if finding.category is Category.FILE else f"{finding.title}: {finding.masked}"

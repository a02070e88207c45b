"""Third-party components: what the manifests name, and what the code imports.

Read from the files of one commit; nothing is installed, run or looked up. Source: facts, policy 2 (93) and 3 (B21).
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from opensafe.model.expressions import expression
from opensafe.readiness.manifests import dcf_fields, json_object, table, toml_table
from opensafe.readiness.text import text_of

_MAX_SOURCE = 1_000_000
_REQUIREMENT = expression(r"^[A-Za-z0-9][\w.-]{0,100}")
_CONDA_ITEM = expression(
    r"^[ \t]{0,12}-[ \t]{1,4}([A-Za-z0-9][\w.-]{0,100})[ \t]{0,4}([=<>!~][^#\n]{0,80})?", re.MULTILINE
)
_R_DEPENDENCY = expression(r"([A-Za-z][\w.]{0,100})\s{0,10}(?:\(([^)]{0,60})\))?")
_R_FIELDS = ("Depends", "Imports", "LinkingTo", "Suggests")
_PY_IMPORT = expression(r"^[ \t]{0,20}(?:import|from)[ \t]{1,4}([A-Za-z_]\w{0,60})", re.MULTILINE)
_R_IMPORT = expression(
    r"\b(?:library|require|requireNamespace)\([ \t]{0,4}[\"']?([A-Za-z][\w.]{0,60})"
    r"|\b([A-Za-z][\w.]{0,60}):::?[A-Za-z.]"
)
_R_BASE = expression(
    r"R|base|compiler|datasets|graphics|grDevices|grid|methods|parallel|splines|stats4?|tcltk|tools|utils"
)


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """One component as a manifest names it; `version` is the constraint or the locked version, as written."""

    ecosystem: str  # Python, R or JavaScript
    name: str
    version: str
    declared_in: str


def _requirements(data: bytes) -> Iterator[tuple[str, str]]:
    for line in text_of(data).split("\n"):
        yield from _requirement(line.partition("#")[0].strip())


def _requirement(line: str) -> Iterator[tuple[str, str]]:
    """One PEP 508 line; of what is not one, the name. Options (`-r`, `--hash`) name no component."""
    named = _REQUIREMENT.match(line)
    if named is None:
        return
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - most projects are none of Python's

    try:
        parsed = Requirement(line.partition(" --")[0].rstrip("\\ "))
        yield parsed.name, str(parsed.specifier)
    except InvalidRequirement:
        yield named.group(), ""


def _pyproject(data: bytes) -> Iterator[tuple[str, str]]:
    document = toml_table(data)
    for line in table(document, "project").get("dependencies", ()):
        yield from _requirement(str(line))
    poetry = table(document, "tool", "poetry", "dependencies")
    yield from (
        (name, wanted if isinstance(wanted, str) else "") for name, wanted in poetry.items() if name != "python"
    )


def _conda(data: bytes) -> Iterator[tuple[str, str]]:
    _, _, listed = text_of(data).partition("dependencies:")
    for name, version in _CONDA_ITEM.findall(listed):
        if name not in {"python", "pip", "r-base", "defaults"}:
            yield name, version.strip()


def _description(data: bytes) -> Iterator[tuple[str, str]]:
    fields = dcf_fields(data)
    for field in _R_FIELDS:
        for item in fields.get(field, "").split(","):
            found = _R_DEPENDENCY.match(item.strip())
            if found and not _R_BASE.fullmatch(found.group(1)):
                yield found.group(1), found.group(2) or ""


def _renv(data: bytes) -> Iterator[tuple[str, str]]:
    packages = table(json_object(data), "Packages")
    yield from ((name, str(entry.get("Version", ""))) for name, entry in packages.items() if isinstance(entry, dict))


def _npm(data: bytes) -> Iterator[tuple[str, str]]:
    document = json_object(data)
    for group in ("dependencies", "devDependencies"):
        yield from ((name, str(version)) for name, version in table(document, group).items())


_Reader = Callable[[bytes], Iterator[tuple[str, str]]]
_READERS: tuple[tuple[re.Pattern[str], str, _Reader], ...] = (
    (expression(r"requirements[\w.-]{0,40}\.txt|requirements/[\w.-]{1,40}\.txt"), "Python", _requirements),
    (expression(r"pyproject\.toml"), "Python", _pyproject),
    (expression(r"environment\.ya?ml|conda\.ya?ml"), "Python", _conda),
    (expression(r"DESCRIPTION"), "R", _description),
    (expression(r"renv\.lock"), "R", _renv),
    (expression(r"package\.json"), "JavaScript", _npm),
)
# Manifests that are recognised, but whose contents are not read.
_UNREAD = expression(
    r"Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|setup\.(?:py|cfg)|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?"
    r"|Gemfile|composer\.json|[\w.-]{1,80}\.csproj|Project\.toml|packrat/packrat\.lock"
)


def manifests(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The paths of everything at the top level that lists components, whether opensafe can read it or not."""
    known = [pattern for pattern, _, _ in _READERS] + [_UNREAD]
    return tuple(sorted(path for path in files if any(pattern.fullmatch(path) for pattern in known)))


def inventory(files: Mapping[str, bytes]) -> tuple[Component, ...]:
    """Every component that a manifest at the top level names, sorted, each once per manifest."""
    found = {
        Component(ecosystem, name, version, path)
        for path, data in files.items()
        for pattern, ecosystem, read in _READERS
        if pattern.fullmatch(path)
        for name, version in read(data)
    }
    return tuple(sorted(found))


def imported(files: Mapping[str, bytes]) -> Mapping[str, tuple[str, ...]]:
    """The packages that the code loads and that neither the language nor the project brings, by ecosystem."""
    own = {re.sub(r"\.\w+$", "", part) for path in files for part in path.split("/")}
    own.add(dcf_fields(files.get("DESCRIPTION", b"")).get("Package", ""))
    python = _loaded(files, (".py",), _PY_IMPORT) - own - sys.stdlib_module_names
    r = {name for name in _loaded(files, (".r", ".rmd", ".qmd"), _R_IMPORT) - own if not _R_BASE.fullmatch(name)}
    return {name: tuple(sorted(found)) for name, found in (("Python", python), ("R", r)) if found}


def _loaded(files: Mapping[str, bytes], extensions: tuple[str, ...], pattern: re.Pattern[str]) -> set[str]:
    sources = (text_of(data[:_MAX_SOURCE]) for path, data in files.items() if path.lower().endswith(extensions))
    return {name for source in sources for found in pattern.finditer(source) for name in found.groups() if name}

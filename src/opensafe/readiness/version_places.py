"""Where a repository states its version, to the byte. Source: facts, policy 8 ("places that must agree")."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opensafe.model.expressions import expression
from opensafe.readiness.manifests import dcf_fields, json_object, table, toml_table
from opensafe.readiness.version_forms import Spelling, parse_version

_MAX_MATCHES = 50
_SENTINEL = b"987654.3.21"


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """One statement of the version. `found` is as written; it stands at bytes `start` to `end` of the file."""

    path: str
    found: str
    kind: str
    spelling: Spelling
    start: int
    end: int


_Read = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class _Source:
    """A kind of file. Group 1 of `pattern` is the version; `read`, where given, tells which match is the one."""

    kind: str
    path: re.Pattern[str]
    pattern: re.Pattern[bytes]
    spelling: Spelling
    read: _Read | None = None


def _toml(*keys: str) -> _Read:
    return lambda data: table(toml_table(data), *keys[:-1]).get(keys[-1])


def _json(key: str) -> _Read:
    return lambda data: json_object(data).get(key)


def _description_version(data: bytes) -> object:
    """R packages, and projects that use DESCRIPTION to list what they need."""
    fields: Mapping[str, Any] = dcf_fields(data)
    return fields.get("Version") if "Package" in fields or "Title" in fields else None


_TOML_LINE = expression(rb"^version[ \t]*=[ \t]*[\"']([^\"'\n]{1,100})[\"']", re.MULTILINE)
_CFG_LINE = expression(
    rb"^\[metadata\][^\[]{0,4000}?^version[ \t]*=[ \t]*([0-9v][^\s:]{0,100})[ \t]*\r?$", re.MULTILINE
)
_DUNDER_LINE = expression(rb"^__version__(?:: ?[\w.]{1,40})?[ \t]*=[ \t]*[\"']([^\"'\n]{1,100})[\"']", re.MULTILINE)
_FIELD_LINE = expression(rb"^Version:[ \t]*(\S{1,100})", re.MULTILINE)
_JSON_MEMBER = expression(rb"\"version\"\s{0,20}:\s{0,20}\"([^\"\\\n]{1,100})\"")
_YAML_VERSION = expression(rb"^version:[ \t]*[\"']?([^\s\"'#]{1,100})[\"']?[ \t]*(?:#.{0,200})?\r?$", re.MULTILINE)
_YAML_SOFTWARE = expression(
    rb"^softwareVersion:[ \t]*[\"']?([^\s\"'#]{1,100})[\"']?[ \t]*(?:#.{0,200})?\r?$", re.MULTILINE
)
_WHOLE = expression(rb"\A\s{0,20}(\S{1,100})\s{0,20}\Z")

# In the order of authority: the first place that is there leads.
_SOURCES = (
    _Source("pyproject", expression(r"pyproject\.toml"), _TOML_LINE, Spelling.PYTHON, _toml("project", "version")),
    _Source("poetry", expression(r"pyproject\.toml"), _TOML_LINE, Spelling.PYTHON, _toml("tool", "poetry", "version")),
    _Source("setup.cfg", expression(r"setup\.cfg"), _CFG_LINE, Spelling.PYTHON),
    _Source("DESCRIPTION", expression(r"DESCRIPTION"), _FIELD_LINE, Spelling.R, _description_version),
    _Source("package.json", expression(r"package\.json"), _JSON_MEMBER, Spelling.SEMVER, _json("version")),
    _Source(
        "__version__",
        expression(r"(?:src/)?\w{1,80}/(?:__init__|__about__|__version__|_version|version)\.py"),
        _DUNDER_LINE,
        Spelling.PYTHON,
    ),
    _Source("VERSION", expression(r"VERSION(?:\.txt)?"), _WHOLE, Spelling.SEMVER),
    _Source("CITATION.cff", expression(r"CITATION\.cff"), _YAML_VERSION, Spelling.SEMVER),
    _Source("publiccode", expression(r"publiccode\.ya?ml"), _YAML_SOFTWARE, Spelling.SEMVER),
    _Source("codemeta", expression(r"codemeta\.json"), _JSON_MEMBER, Spelling.SEMVER, _json("version")),
)


def version_places(files: Mapping[str, bytes]) -> tuple[VersionPlace, ...]:
    """Every statement of a version that can be read as one, the leading one first.

    Computed versions (`dynamic`, `attr:`) and patterns are no statements: there is nothing to change in them.
    """
    return tuple(
        place
        for source in _SOURCES
        for path in sorted(files)
        if source.path.fullmatch(path)
        for place in _place(source, path, files[path])
    )


def _place(source: _Source, path: str, data: bytes) -> Iterator[VersionPlace]:
    """At most one: the first match that the format's own reader takes for the version."""
    for _, match in zip(range(_MAX_MATCHES), source.pattern.finditer(data), strict=False):
        found = match.group(1).decode("utf-8", "replace")
        if _is_the_version(source, data, match) and parse_version(found, source.spelling) is not None:
            yield VersionPlace(path, found, source.kind, source.spelling, *match.span(1))
            return


def _is_the_version(source: _Source, data: bytes, match: re.Match[bytes]) -> bool:
    """Whether another text in its place changes what the format's reader sees: no other table, no nested object."""
    if source.read is None:
        return True
    changed = data[: match.start(1)] + _SENTINEL + data[match.end(1) :]
    return source.read(changed) == _SENTINEL.decode()

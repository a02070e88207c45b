"""`docs/json.md`: the JSON documents, from their schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from docs.generate.markdown import escaped, page, table
from opensafe.reports.json_schemas import SCHEMAS, schema

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "findings": ("audit", "findings", "show", "guard run"),
    "verification": ("verify",),
    "check": ("check", "attest", "signoff"),
    "plan": ("plan",),
    "preview": ("plan --show",),
    "suggestions": ("findings --suggest", "findings --import"),
    "log": ("log show",),
    "status": ("next", "status", "guide"),
    "rotations": ("rotate list", "rotate show"),
    "risks": ("risk list", "risk add"),
    "categories": ("category list", "category set"),
    "report": ("report",),
    "detectors": ("detectors",),
    "detector-check": ("detectors --check",),
    "profiles": ("profiles",),
    "result": (
        "start",
        "decide",
        "rotate record",
        "rotate public",
        "rotate sheet",
        "rotate check",
        "rewrite",
        "scaffold",
        "release",
        "log verify",
        "log sign",
        "log correct-day",
        "close",
        "playbooks",
        "guard install",
        "demo",
    ),
    "error": ("every command that could not do what it was asked",),
}
"""Which commands print which document."""

_HEAD = """\
# JSON documents

With `--json` a command prints one JSON document on stdout and nothing else. Advice stays on stderr. This page is
generated from the schemas: `python -m docs.generate`.

- Every document begins with `"schema": "opensafe/NAME/v1"`. A change that would break a reader gets a new number.
- Text is ASCII: everything else is escaped, so that no terminal obeys what stands in a file name.
- Values are masked. Ids of findings (`F-…`) and skips (`S-…`) are keyed: they mean nothing in another case.
- A document is printed also where the exit code is not 0. The code says what is left to do.
- An error is a document too: `opensafe/error/v1`, with the exit code, the cause and the remedy.
- `opensafe --json --version` prints a `result`, too.
- A list of places may be cut: `more_places` says by how many. `occurrences` is always the true count.

The schemas (JSON Schema 2020-12) lie in the package. A program gets one, complete in itself, from
`opensafe.reports.json_schemas.schema("findings")`. The tests validate real output against them.
"""
_FOLDER = "../src/opensafe/reports/schemas"


def json_page() -> str:
    lines = [_HEAD, *_overview(), ""]
    for name in SCHEMAS:
        lines += _section(name)
    return page(lines)


def _overview() -> list[str]:
    rows = ((f"[{name}](#{name})", escaped(schema(name)["title"]), _commands(name)) for name in SCHEMAS)
    return table(("Document", "What it holds", "Printed by"), rows)


def _commands(name: str) -> str:
    return ", ".join(command if name == "error" else f"`{command}`" for command in COMMANDS[name])


def _section(name: str) -> Iterator[str]:
    whole = schema(name)
    yield f"## {name}"
    yield ""
    yield f"{escaped(whole['title'])}. Schema: [{name}.json]({_FOLDER}/{name}.json)."
    yield ""
    yield from table(("Key", "Type"), ((f"`{key}`", _type(of, whole)) for key, of in _keys(whole).items()))
    yield ""


def _keys(whole: Mapping[str, Any]) -> Mapping[str, Any]:
    keys: Mapping[str, Any] = _resolved(whole, whole)["properties"]
    return keys


def _type(shape: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """A type as people say it, with the keys of an object that has fixed ones."""
    shape = _resolved(shape, whole)
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return " · ".join(f"`{value}`" for value in shape["enum"])
    if "anyOf" in shape:
        return " or ".join(_type(one, whole) for one in shape["anyOf"])
    if "items" in shape:
        return f"list of {_type(shape['items'], whole)}"
    if "properties" in shape:
        return f"object with {', '.join(f'`{key}`' for key in shape['properties'])}"
    named = shape["type"]
    return named if isinstance(named, str) else " or ".join(named)


def _resolved(shape: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in shape:
        return shape
    name = shape["$ref"].rpartition("/")[2]
    target: Mapping[str, Any] = whole["$defs"][name]
    return target

"""The schemas of the JSON documents: each document starts with its name, `opensafe/<name>/v1`.

The keys, their order and their words are the contract of design section 6; the schemas lie in `schemas/`.
"""

import json
from importlib.resources import files
from typing import Any

SCHEMAS = (
    "findings",
    "verification",
    "check",
    "plan",
    "preview",
    "suggestions",
    "log",
    "status",
    "rotations",
    "risks",
    "categories",
    "report",
    "detectors",
    "detector-check",
    "profiles",
    "result",
    "error",
)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document `opensafe/<name>/v1`, complete in itself.

    Shapes that several documents share lie in one file and are put in here. Raises KeyError for another name.
    """
    if name not in SCHEMAS:
        raise KeyError(f"there is no document {name!r}: {', '.join(SCHEMAS)}")
    return {**_schema_file(name), "$defs": _schema_file("definitions")["$defs"]}


def _schema_file(name: str) -> dict[str, Any]:
    text = files("opensafe.reports").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded

"""Manifests read with tolerance: what cannot be read is empty, never an error. Nothing of them is run."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from opensafe.model.expressions import expression
from opensafe.readiness.text import text_of

_MAX_BYTES = 5_000_000
_FIELD = expression(r"^([A-Za-z][\w.@/-]{0,60}):[ \t]*(.*)$")


def toml_table(data: bytes) -> Mapping[str, Any]:
    """A TOML document; empty where it is over 5 MB or not TOML."""
    try:
        return tomllib.loads(text_of(data)) if len(data) <= _MAX_BYTES else {}
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def json_object(data: bytes) -> Mapping[str, Any]:
    """A JSON object; empty where it is over 5 MB, not JSON or not an object."""
    try:
        document = json.loads(text_of(data)) if len(data) <= _MAX_BYTES else {}
    except (RecursionError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def dcf_fields(data: bytes) -> Mapping[str, str]:
    """The fields of an R DESCRIPTION (Debian control format): continuation lines are joined by a space."""
    fields: dict[str, str] = {}
    name = ""
    for line in text_of(data[:_MAX_BYTES]).split("\n"):
        started = _FIELD.match(line)
        if started:
            name = started.group(1)
            fields[name] = started.group(2).strip()
        elif name and line[:1] in {" ", "\t"}:
            fields[name] = f"{fields[name]} {line.strip()}".strip()
    return fields


def table(document: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The nested table that the keys lead to; empty where there is none."""
    inner: object = document
    for key in keys:
        inner = inner.get(key) if isinstance(inner, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def is_r_package(files: Mapping[str, bytes]) -> bool:
    return "Package" in dcf_fields(files.get("DESCRIPTION", b""))

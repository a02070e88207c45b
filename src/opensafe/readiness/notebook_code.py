"""The code of notebooks, so that what they load is seen as that of scripts is."""

from collections.abc import Mapping
from typing import Any

from opensafe.readiness.manifests import json_object, table

_NOTEBOOK = ".ipynb"


def notebooks(files: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(sorted(path for path in files if path.lower().endswith(_NOTEBOOK)))


def as_scripts(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Every notebook in Python or R as a script beside it; one that does not name its language is in Python."""
    documents = {path: json_object(files[path]) for path in notebooks(files)}
    return {f"{path}{_extension(document)}": _code(document) for path, document in documents.items()}


def _extension(document: Mapping[str, Any]) -> str:
    metadata = table(document, "metadata")
    named = table(metadata, "kernelspec").get("language") or table(metadata, "language_info").get("name") or "python"
    return {"python": ".py", "r": ".r"}.get(str(named).lower(), "")


def _code(document: Mapping[str, Any]) -> bytes:
    cells = document.get("cells")
    found = (cell for cell in cells if isinstance(cell, dict)) if isinstance(cells, list) else ()
    texts = (_text(cell.get("source")) for cell in found if cell.get("cell_type") == "code")
    return "\n".join(texts).encode("utf-8", "replace")


def _text(source: object) -> str:
    """A text, or its lines, as the format allows both."""
    return "".join(map(str, source)) if isinstance(source, list) else str(source)

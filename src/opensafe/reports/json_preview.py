"""`plan --show` as a document: a commit, a tag or a file as it will be, every value masked."""

from typing import Any

from opensafe.model.preview import FilePreview, Preview


def preview_document(preview: Preview) -> dict[str, Any]:
    """`plan --show`. Lines begin as in `PartPreview`."""
    return {
        "schema": "opensafe/preview/v1",
        "kind": preview.kind,
        "oid": preview.oid,
        "changes": preview.changes,
        "goes": preview.goes,
        "people": [{"role": p.role, "before": p.before, "after": p.after} for p in preview.people],
        "message": list(preview.message),
        "files": [_file(file) for file in preview.files],
        "inherited": list(preview.inherited),
    }


def _file(file: FilePreview) -> dict[str, Any]:
    return {
        "path": file.path,
        "fate": file.fate.value,
        "becomes": file.becomes or None,
        "why": file.why,
        "parts": [{"where": part.where, "lines": list(part.lines)} for part in file.parts],
    }

"""A file that is shown as evidence: it stays where it is, the record keeps its digest."""

import hashlib
from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.errors import UsageError


def evidence_digest(path: Path) -> str:
    """SHA-256 of the file, in hex. Raises UsageError for one that cannot be read, or that is empty."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            if not file.tell():
                raise UsageError(f"{shown_path(path)} is empty", remedy="--evidence-file FILE is what shows it")
    except OSError as error:
        raise UsageError(
            f"{shown_path(path)} cannot be read: {error.strerror or type(error).__name__}",
            remedy="--evidence-file FILE is a screenshot or a message that was saved",
        ) from error
    return digest.hexdigest()

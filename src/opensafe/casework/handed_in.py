"""Files that people hand in: read within bounds, in whatever encoding their program wrote."""

import codecs
from pathlib import Path

from opensafe.errors import UsageError

_LARGEST = 64 << 20  # bytes


def bytes_of(file: Path, what: str) -> bytes:
    """Raises UsageError; `what` says in words what the file should be."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            f"{what} cannot be read: {reason}", remedy="give the path of a file that you may read"
        ) from error
    if len(data) > _LARGEST:
        raise UsageError(f"the file is too large for {what}", remedy="give a smaller one: up to 64 MB are read")
    return data


def text_of(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 (Excel's "Unicode text", PowerShell's `>`), else Windows in Britain."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

"""Files that people hand in (lists, rules, sheets): read within bounds, in whatever encoding their program wrote."""

import codecs
from pathlib import Path

from opensafe.errors import UsageError

MOST_BYTES = 64 << 20
_REMEDY = "give the path of a file that you may read"


def bytes_of(file: Path, what: str, *, most: int = MOST_BYTES, remedy: str = _REMEDY) -> bytes:
    """The file, of up to `most` bytes. Raises UsageError: `what` says in words what the file is (`the sheet`)."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise UsageError(f"{what} cannot be read: {error.strerror or type(error).__name__}", remedy=remedy) from error
    if len(data) > most:
        raise UsageError(f"{what} is larger than {most:,} bytes", remedy="give a smaller one; is it the right file?")
    return data


def text_of(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 (Excel's "Unicode text", PowerShell's `>`), else Windows in Britain."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

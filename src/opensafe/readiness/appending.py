"""Adds text at the end of a file that somebody wrote, in its encoding and with its line endings."""

import codecs

from opensafe.readiness.newfile import NewFile

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NEWLINES = ("\n", "\r\n", "\r")


def extended(path: str, data: bytes, text: str, why: str) -> NewFile | None:
    """The file with `text` (its lines end with a newline) on new lines below.

    None where the content is not text, and where there is none: that of links and of very large files is not at hand.
    Every byte that is there stays. A character that an older encoding has not is written as `&#8211;`.
    """
    encoding = _encoding(data)
    if not encoding:
        return None
    present = data.decode(encoding)
    newline = _newline(present)
    start = "" if present.endswith(("\n", "\r")) else "\n"
    added = (start + text).replace("\n", newline).encode(encoding, "xmlcharrefreplace")
    return NewFile(path, data + added, why, kept=len(data))


def _encoding(data: bytes) -> str:
    """The encoding in which the whole of `data` is text; "" where it is empty or no text."""
    marked = (name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark))
    utf16 = next(marked, "")
    candidates = (utf16,) if utf16 else ("utf-8", "cp1252", "latin-1")
    fitting = (name for name in candidates if _is_text(data, name))
    return next(fitting, "") if data.strip() else ""


def _is_text(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _newline(text: str) -> str:
    """The line ending that the text has most of."""
    windows = text.count("\r\n")
    counts = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(_NEWLINES, key=lambda newline: counts[newline])

"""Text in the syntax of PDF (ISO 32000-1, 7.3.4 and 9.4.3): strings of dictionaries, and strings that pages show."""

import re
from collections.abc import Iterator

from opensafe.model.expressions import expression

_LITERAL = rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.){0,2000}+\)){0,8000}+)\)"
_HEX = rb"<([0-9A-Fa-f\s]{2,16000}+)>"
_KEYED = expression(rb"(?:/([A-Za-z]{1,40})\s{0,8})?(?:" + _LITERAL + rb"|" + _HEX + rb")", re.DOTALL)
_BLOCK = expression(rb"\bBT\b(.*?)(?:\bET\b|\Z)", re.DOTALL)
_TOKEN = expression(_LITERAL + rb"|" + _HEX + rb"|(-?\d{0,9}\.?\d{1,9})|(T[jJdDm*]|['\"]|[A-Za-z]{1,3})", re.DOTALL)
_ESCAPE = expression(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r": b"", b"\r\n": b""}
_CONTROLS = expression(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHOWS, _BREAKS = frozenset({b"Tj", b"TJ", b"'", b'"'}), frozenset({b"Td", b"TD", b"T*", b"Tm", b"'", b'"'})
_GAP = -200  # thousandths of the size of the type: from here on a kerning is a space


def keyed_strings(objects: bytes) -> Iterator[str]:
    """`Author: NAME` for every string that stands after a key, whatever the key; others as they are."""
    for found in _KEYED.finditer(objects):
        text = _decoded(_bytes(found[2], found[3]))
        if text.strip():
            yield f"{found[1].decode('ascii')}: {text}" if found[1] else text


def shown_text(content: bytes) -> str:
    """The strings that a content stream shows, as far as their bytes are characters; a line for each move."""
    blocks = ("".join(_shown(block[1])) for block in _BLOCK.finditer(content))
    return "\n".join(lines for lines in blocks if lines.strip())


def _shown(block: bytes) -> Iterator[str]:
    pending: list[str] = []
    for token in _TOKEN.finditer(block):
        if token[4] is None:
            pending.append(_operand(token))
            continue
        if token[4] in _BREAKS:
            yield "\n"
        if token[4] in _SHOWS:
            yield "".join(pending)
        pending.clear()


def _operand(token: re.Match[bytes]) -> str:
    if token[3] is not None:
        return " " if float(token[3]) < _GAP else ""
    text = _decoded(_bytes(token[1], token[2]))
    return "" if len(_CONTROLS.findall(text)) * 10 > len(text) else text  # codes of glyphs, not characters


def _bytes(literal: bytes | None, digits: bytes | None) -> bytes:
    if literal is not None:
        return _ESCAPE.sub(_unescaped, literal)
    packed = b"".join((digits or b"").split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 8) & 0xFF]) if escape[1] else _NAMED.get(escape[2], escape[2])


def _decoded(text: bytes) -> str:
    """UTF-16 or UTF-8 with a mark, else PDFDocEncoding, whose letters are those of Windows-1252."""
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("windows-1252", "replace")

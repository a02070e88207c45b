"""Reads a git configuration file as text (git-config, "Syntax"): nothing is included, expanded or obeyed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.model.expressions import expression

_SECTION = expression(rb'\s*\[\s*([A-Za-z0-9.-]{1,200})(?:\s+"((?:[^"\\\n]|\\.){0,2000})")?\s*\]')
_SETTING = expression(rb"\s*([A-Za-z][A-Za-z0-9-]{0,200})[ \t]*(?:=[ \t]*(.*))?$", re.DOTALL)
_CONTINUED = expression(rb"(?<!\\)((?:\\\\)*)\\\r?\n")
_ESCAPE = expression(rb"\\(.)|\"", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"t": b"\t", b"b": b"\b"}


@dataclass(frozen=True, slots=True)
class ConfigSetting:
    """One setting: section and key in lower case, the subsection as it stands. A value may hold a credential."""

    section: str
    subsection: bytes = field(repr=False)
    key: str
    value: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """`section.key`: the subsection may be an address, or somebody's name."""
        return f"{self.section}.{self.key}"


def config_settings(data: bytes) -> Iterator[ConfigSetting]:
    """Every setting of a file, in its order; lines that are none are passed over."""
    section, subsection = "", b""
    for line in _CONTINUED.sub(rb"\1", data).split(b"\n"):
        rest = line
        while head := _SECTION.match(rest):
            dotted, quoted = head[1].decode("ascii"), head[2]
            section, _, legacy = dotted.partition(".")
            subsection = legacy.lower().encode() if quoted is None else re.sub(rb"\\(.)", rb"\1", quoted)
            rest = rest[head.end() :]
        found = _SETTING.match(rest)
        if found and section:
            value = _value(found[2]) if found[2] is not None else b"true"
            yield ConfigSetting(section.lower(), subsection, found[1].decode("ascii").lower(), value)


def _value(raw: bytes) -> bytes:
    """Without a comment, quotes, and spaces around it."""
    return _ESCAPE.sub(_unescaped, _without_comment(raw).strip())


def _without_comment(raw: bytes) -> bytes:
    is_quoted, is_escaped = False, False
    for at, byte in enumerate(raw):
        if is_escaped:
            is_escaped = False
        elif byte == ord("\\"):
            is_escaped = True
        elif byte == ord('"'):
            is_quoted = not is_quoted
        elif byte in b"#;" and not is_quoted:
            return raw[:at]
    return raw


def _unescaped(match: re.Match[bytes]) -> bytes:
    return b"" if match[1] is None else _ESCAPED.get(match[1], match[1])

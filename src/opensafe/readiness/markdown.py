"""Values made safe for Markdown: names of files and answers of people may hold anything.

Sources: CommonMark 0.31 (backslash escapes, code spans) and GitHub's additions (tables, mentions, mathematics).
"""

import re

from opensafe.model.text import printable

# An underscore between letters opens no emphasis: names_like_this stay readable.
_SPECIAL = re.compile(r"[\\`*\[\]<|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,32};)")
_BLOCK_START = re.compile(r"^(?:[#>+=:-]|\d{1,9}(?=[.)]))")
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)")
_IN_LINKS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_PARAGRAPH_END = re.compile(r"\n[ \t]{0,80}\n")


class Markdown(str):
    """Text that is Markdown already: templates insert it as it is. Everything else is escaped."""

    __slots__ = ()


def inline(value: str) -> Markdown:
    """`value` on one line, with nothing that Markdown, HTML or a code host would act on."""
    line = printable(" ".join(value.split()))
    escaped = _MENTION.sub("&#64;", _SPECIAL.sub(r"\\\g<0>", line))
    return Markdown(_BLOCK_START.sub(_escaped_start, escaped))


def _escaped_start(match: re.Match[str]) -> str:
    start = match.group()
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else "\\" + start


def paragraphs(value: str) -> Markdown:
    """`value` with its paragraphs kept, each escaped as `inline` does."""
    parts = (inline(part) for part in _PARAGRAPH_END.split(value.replace("\r\n", "\n")))
    return Markdown("\n\n".join(part for part in parts if part))


def code(value: str) -> Markdown:
    """`value` as a code span that also holds within a table: fenced by more backticks than it has."""
    line = printable(" ".join(value.split())).replace("|", "\\|")
    if "`" not in line:
        return Markdown(f"`{line}`")
    fence = "`" * (max(len(run) for run in re.findall("`+", line)) + 1)
    return Markdown(f"{fence} {line} {fence}")


def insert(value: object) -> str:
    """What a template expression becomes: `Markdown` as it is, everything else escaped."""
    return value if isinstance(value, Markdown) else inline(str(value))


def without_code(text: str) -> str:
    """`text` with the lines of fenced code blocks blanked: a `#` in them is no heading. Offsets stay."""
    fence = ""
    lines: list[str] = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        inside = bool(fence)
        if mark and fence in {"", mark.group(1)}:
            fence = "" if fence else mark.group(1)
        lines.append(" " * len(line) if inside or mark else line)
    return "\n".join(lines)


def link(path: str) -> Markdown:
    """`path` as the target of a link: bytes other than letters, digits and `._/-` percent-encoded."""
    encoded = path.encode("utf-8", "surrogateescape")
    return Markdown("".join(chr(byte) if chr(byte) in _IN_LINKS else f"%{byte:02X}" for byte in encoded))

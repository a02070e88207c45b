"""Values made safe for Markdown: names of files and answers of people may hold anything.

Sources: CommonMark 0.31 (backslash escapes, code spans) and GitHub's additions (tables, mentions, mathematics).
"""

import re
from collections.abc import Iterable

from opensafe.model.expressions import expression
from opensafe.model.text import printable
from opensafe.readiness.markup import Dialect, Marked

# An underscore between letters opens no emphasis: names_like_this stay readable.
_SPECIAL = expression(r"[\\`*\[\]<|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,32};)")
_BLOCK_START = expression(r"^(?:[#>+=:-]|\d{1,9}(?=[.)]))")
_MENTION = expression(r"(?<![\w.+-])@(?=\w)")
_IN_LINKS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-")


def inline(value: str) -> Marked:
    """`value` on one line, with nothing that Markdown, HTML or a code host would act on."""
    line = printable(" ".join(value.split()))
    escaped = _MENTION.sub("&#64;", _SPECIAL.sub(r"\\\g<0>", line))
    return Marked(_BLOCK_START.sub(_escaped_start, escaped))


def _escaped_start(match: re.Match[str]) -> str:
    start = match.group()
    return f"&#{ord(start[0])};{start[1:]}" if start[0].isdigit() else "\\" + start


def code(value: str) -> Marked:
    """`value` as a code span, fenced by more backticks than it has (not for tables, where `|` ends a cell)."""
    line = printable(" ".join(value.split()))
    if "`" not in line:
        return Marked(f"`{line}`")
    fence = "`" * (max(len(run) for run in re.findall("`+", line)) + 1)
    return Marked(f"{fence} {line} {fence}")


def link(path: str) -> Marked:
    """`path` as the target of a link: bytes other than letters, digits and `._/-` percent-encoded."""
    encoded = path.encode("utf-8", "surrogateescape")
    return Marked("".join(chr(byte) if chr(byte) in _IN_LINKS else f"%{byte:02X}" for byte in encoded))


def _reference(path: str) -> Marked:
    return Marked(f"[{code(path)}]({link(path)})")


def _commands(lines: Iterable[str]) -> Marked:
    """Lines made by the survey, of parts that hold no quotes, backticks or spaces."""
    return Marked("\n".join(("```sh", *map(printable, lines), "```")))


def _comment(text: str) -> Marked:
    return Marked(f"<!-- {text} -->\n")


MARKDOWN = Dialect(inline, code, _reference, _commands, _comment)

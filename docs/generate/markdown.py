"""The little Markdown that the generated pages need."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\*_<>|])")
_CODE = re.compile(r"(`[^`]*`)")


def escaped(text: str) -> str:
    """Text that shows as it is; what stands between backticks stays code."""
    parts = _CODE.split(text)
    return "".join(part if part.startswith("`") else _SPECIAL.sub(r"\\\1", part) for part in parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def page(lines: Iterable[str]) -> str:
    """A whole document, with one newline at its end."""
    return "\n".join(lines).strip() + "\n"

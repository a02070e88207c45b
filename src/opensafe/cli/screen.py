"""Writes to the terminal: results to stdout, advice to stderr, everything escaped at this one place."""

import sys
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from opensafe.model.text import printable

_STYLES = {
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "open": "yellow",
    "met": "green",
    "done": "green",
    "not-met": "red",
    "stale": "yellow",
}


class Screen:
    """Plain lines; colour only adds to words that say the same. Nothing is cut to the width of the window."""

    def __init__(self, *, color: bool) -> None:
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # a console that is not UTF-8 must not end the program
                reconfigure(errors="replace")
        self._out = _console(color=color, stderr=False)
        self._err = _console(color=color, stderr=True)

    def line(self, text: str = "") -> None:
        if self._out.color_system is None:
            sys.stdout.write(f"{_escaped(text)}\n")  # a long list goes into a pipe or a file: rich would take seconds
        else:
            self._out.print(_styled(text))

    def note(self, text: str) -> None:
        sys.stdout.flush()  # where both go to one place, they stay in order
        self._err.print(_styled(text))

    @property
    def width(self) -> int | None:
        """Of the window that results go to, in characters; `None` for a pipe or a file, where a line stays a line."""
        return self._out.width if sys.stdout.isatty() else None

    def raw(self, text: str) -> None:
        """A document, as it is: it is ASCII already."""
        sys.stdout.write(text)
        sys.stdout.flush()


def _console(*, color: bool, stderr: bool) -> Console:
    """Without colour there is no bold either: not one escape byte."""
    system: Literal["auto"] | None = "auto" if color else None
    return Console(stderr=stderr, color_system=system, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _styled(text: str) -> Text:
    """The text with controls escaped, and the few words that have a colour in it."""
    styled = Text(_escaped(text))
    for word, style in _STYLES.items():
        styled.highlight_regex(rf"(?<![\w-]){word}(?![\w-])", style)
    return styled


def _escaped(text: str) -> str:
    """Every control but the line ends as an escape."""
    return "\n".join(printable(line.replace("\t", "    ")) for line in text.split("\n"))


def columns(rows: Sequence[tuple[str, ...]], indent: str = "") -> list[str]:
    """Rows as lines with aligned columns; the last column is as long as it is."""
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    return [
        indent + "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def fitted(parts: Sequence[str], width: int | None, indent: str = "      ") -> str:
    """The parts as one line; where that is wider than `width`, what does not fit goes into lines below it.

    Nothing is cut: a part that is too wide by itself stays whole.
    """
    lines = [parts[0]]
    for part in filter(None, parts[1:]):
        joined = f"{lines[-1]}  {part}"
        if width is None or len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(indent + part)
    return "\n".join(lines)

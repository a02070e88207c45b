"""Writes to the terminal: results to stdout, advice to stderr, everything escaped at this one place."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from opensafe.model.text import printable


class Screen:
    """Plain lines; colour only adds to words that say the same. Nothing is cut to the width of the window."""

    def __init__(self, *, color: bool) -> None:
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # a console that is not UTF-8 must not end the program
                reconfigure(errors="replace")
        self._out = _writer(sys.stdout, color=color)
        self._err = _writer(sys.stderr, color=color)

    def line(self, text: str = "") -> None:
        self._out(_escaped(text))

    def note(self, text: str) -> None:
        sys.stdout.flush()  # where both go to one place, they stay in order
        self._err(_escaped(text))

    @property
    def width(self) -> int | None:
        """Of the window that results go to, in characters; `None` for a pipe or a file, where a line stays a line."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    def raw(self, text: str) -> None:
        """A document, as it is: it is ASCII already."""
        sys.stdout.write(text)
        sys.stdout.flush()


def _writer(stream: TextIO, *, color: bool) -> Callable[[str], object]:
    """What writes a line there: in colour for somebody who watches, or where FORCE_COLOR asks for it."""
    if color and (stream.isatty() or os.environ.get("FORCE_COLOR")):
        from opensafe.cli.colors import colored_lines  # noqa: PLC0415 - for a pipe or a file it would load for nothing

        return colored_lines(stream)
    return lambda text: stream.write(f"{text}\n")


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

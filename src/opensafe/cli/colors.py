"""Lines in colour, for the few words that have one."""

from collections.abc import Callable
from typing import TextIO

from rich.console import Console
from rich.text import Text

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


def colored_lines(stream: TextIO) -> Callable[[str], object]:
    """What writes a line to a terminal, as far as that knows colours."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    return lambda text: console.print(_styled(text))


def _styled(text: str) -> Text:
    styled = Text(text)
    for word, style in _STYLES.items():
        styled.highlight_regex(rf"(?<![\w-]){word}(?![\w-])", style)
    return styled

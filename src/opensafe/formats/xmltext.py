"""Text of markup: character references resolved, and where each piece stands."""

import html
from collections.abc import Iterable, Iterator

from opensafe.formats.runs import Run
from opensafe.model.expressions import expression

_ENTITY = expression(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


Span = tuple[int, int, int, int]
"""The four numbers of a `Run`: there are many, and they are needed only where something is changed."""


def pieces_of(text: bytes, at: int, raw: int) -> Iterator[tuple[bytes, Span]]:
    """The plain stretches of a text and its references; it stands at `raw` and becomes the text from `at` on.

    A reference that nobody knows stays as it is.
    """
    done = 0
    for match in _ENTITY.finditer(text) if b"&" in text else ():
        character = html.unescape(match.group().decode("ascii")).encode("utf-8", "replace")
        if character == match.group():
            continue
        if done < match.start():
            yield text[done : match.start()], (at, match.start() - done, raw + done, match.start() - done)
            at += match.start() - done
        yield character, (at, len(character), raw + match.start(), len(match.group()))
        at += len(character)
        done = match.end()
    if done < len(text):
        yield text[done:], (at, len(text) - done, raw + done, len(text) - done)


def runs_of(spans: Iterable[Span]) -> list[Run]:
    return [Run(*span) for span in spans]


def escaped(text: bytes) -> bytes:
    """As it is written between tags and in attributes."""
    return html.escape(text.decode("utf-8")).encode("utf-8")

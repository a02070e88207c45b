"""The text of Office documents with the tags taken out, since one value may be split over several of them."""

import html
import re
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.runs import Run, translate
from opensafe.model.edit import Edit
from opensafe.model.skip import Unread

_LABEL = "xml-text"
_HEAD = 4096
_SCHEMAS = (b"schemas.openxmlformats.org/", b"purl.oclc.org/ooxml", b"urn:oasis:names:tc:opendocument")
_PARAGRAPHS = (b"</w:p>", b"</a:p>", b"</text:p>", b"</text:h>")
_BREAKS = (*(tag[1:-1] for tag in _PARAGRAPHS), b"w:br", b"w:tab", b"a:br", b"text:tab", b"text:line-break", b"/w:tc")
_ENTITY = re.compile(rb"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos);")


class MarkupText:
    nests = False
    replaces = False

    def recognises(self, content: Content) -> bool:
        data = content.data
        if not data.startswith(b"<?xml") or not any(schema in data[:_HEAD] for schema in _SCHEMAS):
            return False
        return any(tag in data for tag in _PARAGRAPHS)

    def owns(self, label: str) -> bool:
        return label == _LABEL

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        text, _ = _without_tags(content.data)
        if text.strip():
            yield Unpacked(_LABEL, text, content.role, leaf=True)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        text, runs = _without_tags(parent.data)
        return translate(text, runs, changes[_LABEL], _escape, _LABEL)


def _escape(text: bytes) -> bytes:
    return html.escape(text.decode("utf-8"), quote=False).encode("utf-8")


def _without_tags(data: bytes) -> tuple[bytes, list[Run]]:
    """The text between tags, a line for each paragraph, and where it stands."""
    pieces: list[bytes] = []
    runs: list[Run] = []
    at = raw = 0
    for number, chunk in enumerate(data.split(b"<")):
        tag, closed, text = chunk.partition(b">") if number else (b"", b"", chunk)
        if tag.startswith(_BREAKS):
            pieces.append(b"\n")
            at += 1
        raw += len(tag) + len(closed)
        for piece, run in _runs(text, at, raw):
            pieces.append(piece)
            runs.append(run)
            at += run.size
        raw += len(text) + 1
    return b"".join(pieces), runs


def _runs(text: bytes, at: int, raw: int) -> Iterator[tuple[bytes, Run]]:
    """The plain stretches of a text and its entities."""
    done = 0
    for match in _ENTITY.finditer(text):
        if done < match.start():
            yield text[done : match.start()], Run(at, match.start() - done, raw + done, match.start() - done)
            at += match.start() - done
        character = html.unescape(match.group().decode("ascii")).encode("utf-8", "replace")
        yield character, Run(at, len(character), raw + match.start(), len(match.group()))
        at += len(character)
        done = match.end()
    if done < len(text):
        yield text[done:], Run(at, len(text) - done, raw + done, len(text) - done)


FORMAT = MarkupText()

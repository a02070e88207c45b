"""Words with percent escapes (RFC 3986, 2.1), as links and forms hold them, unescaped."""

from collections.abc import Iterator

from opensafe.formats.content import Changes, Content
from opensafe.formats.escapes import FEWEST, LONGEST, Escape, Stretch, changed, stand_together
from opensafe.formats.kinds.inline import Inline
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression

# Controls are left out: `%02d:%02d:%02d` is a format of numbers.
_ESCAPE = expression(rb"%(?:0[9AaDd]|[2-6][0-9A-Fa-f]|7[0-9A-Ea-e]|[89A-Fa-f][0-9A-Fa-f])")
_ANY = expression(rb"%[02-9A-Fa-f][0-9A-Fa-f]")
_BEFORE = 1024  # bytes of the word before its first escape
_END = expression(rb"[\s\"'`<>]")
_WORD = bytes(0 if _END.match(bytes([code])) else 1 for code in range(256))
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class PercentRuns(Inline):
    name = "percent"

    def may_stand_in(self, data: bytes) -> bool:
        return stand_together(data, _ANY, _END)

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return ((word.start, word.meaning(data)) for word in _words(data))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        words = ((self.label(word.start), word) for word in _words(parent.data))
        return changed(parent.data, words, changes, _written)


def _words(data: bytes) -> Iterator[Stretch]:
    """Words up to white space and quotes, with enough escapes."""
    in_word = data.translate(_WORD)
    at = 0
    while first := _ESCAPE.search(data, at):
        lowest = max(at, first.start() - _BEFORE)
        start = max(lowest, in_word.rfind(b"\0", lowest, first.start()) + 1)
        stop = in_word.find(b"\0", first.end(), start + LONGEST)
        at = stop if stop >= 0 else min(len(data), start + LONGEST)
        escapes = tuple(_escapes(data, start, at))
        if len(escapes) >= FEWEST:
            yield Stretch(start, at, escapes)


def _escapes(data: bytes, start: int, stop: int) -> Iterator[Escape]:
    for match in _ESCAPE.finditer(data, start, stop):
        yield Escape(match.start(), match.end(), bytes.fromhex(match.group()[1:].decode("ascii")))


def _written(text: bytes) -> bytes:
    return b"".join(bytes([code]) if code in _UNRESERVED else b"%%%02X" % code for code in text)


FORMAT = PercentRuns()

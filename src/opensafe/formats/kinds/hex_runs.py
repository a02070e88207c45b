"""Text that stands in other text as hex digits: `0x…` of SQL and R, `\\x…` of PostgreSQL, dumps.

Hashes, object ids and numbers are hex digits too. Of random bytes 98 in 256 are printable or white space, so a run
counts only if it is UTF-8 without controls, nine tenths of it ASCII: a random hash of 20 bytes passes with a
probability of 2.3e-8 (all ASCII 4.6e-9, or with one character of two bytes 1.8e-8), one of 16 bytes with 2.2e-7,
an id of 8 bytes with 4.7e-4.
"""

from collections.abc import Iterator

from opensafe.formats.content import Changes, Content
from opensafe.formats.kinds.inline import Inline
from opensafe.model.edit import Edit, without_overlaps

_SHORTEST = 16  # digits
_SHORTEST_NUMBER = (
    40  # a run without a letter may be a number: one in sixty of 16 digits would pass, this long 1 in 27,000
)
_WIDEST = 64 * 1024 * 1024

_HEX = b"0123456789abcdefABCDEF"
_MARKED = bytes(1 if code in _HEX else 0 for code in range(256))
_LONG = bytes([1] * _SHORTEST)
_DIGITS = bytes(1 if code in b"234567" else 0 for code in range(256))
_STEP = _SHORTEST // 2
_PREFIXES = (b"0x", b"0X", b"\\x")
_PRINTABLE = bytes([*b"\t\n\r", *range(32, 127)])
_ASCII = bytes(range(128))
_CLASSES = bytes(
    1 if 97 <= code <= 122 else 2 if 65 <= code <= 90 else 3 if 48 <= code <= 57 else 0  # noqa: PLR2004 - a-z, A-Z, 0-9
    for code in range(256)
)


class HexRuns(Inline):
    name = "hex"

    def may_stand_in(self, data: bytes) -> bool:
        """Every other digit of printable ASCII is 2 to 7: of eight such places two are among every eighth byte."""
        sampled = data[::_STEP] + data[1::_STEP]
        return b"\1\1" in sampled.translate(_DIGITS) and _LONG in data.translate(_MARKED)

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return ((start, inner) for start, end in _spans(data) if (inner := _meaning(data[start:end])))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Two digits a byte; digits are written in the case of the run."""
        spans = {self.label(start): (start, end) for start, end in _spans(parent.data)}
        edits: list[Edit] = []
        for label, wanted in changes.items():
            start, end = spans[label]
            upper = parent.data[start:end].isupper()
            edits += [_edit(start, edit, upper=upper) for edit in without_overlaps(wanted)]
        return edits


def _edit(start: int, edit: Edit, *, upper: bool) -> Edit:
    digits = edit.replacement.hex().encode()
    return Edit(start + 2 * edit.start, start + 2 * edit.end, digits.upper() if upper else digits)


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Runs of an even number of digits with no other letter or digit beside them."""
    marked = data.translate(_MARKED)
    at = marked.find(_LONG)
    while at >= 0:
        end = marked.find(b"\0", at)
        end = len(data) if end < 0 else end
        if (end - at) % 2 == 0 and end - at <= _WIDEST and _is_bounded(data, at, end):
            yield at, end
        at = marked.find(_LONG, end)


def _is_bounded(data: bytes, start: int, end: int) -> bool:
    if data[end : end + 1].isalnum():
        return False
    if data[max(0, start - 2) : start] in _PREFIXES:
        return not data[max(0, start - 3) : max(0, start - 2)].isalnum()
    return not data[max(0, start - 1) : start].isalnum()


def _meaning(run: bytes) -> bytes | None:
    """What a run decodes to, if that is text of more than one class of characters."""
    if run.isdigit() and len(run) < _SHORTEST_NUMBER:
        return None
    inner = bytes.fromhex(run.decode("ascii"))
    strange = inner.translate(None, _PRINTABLE)
    if len(strange) * 10 > len(inner):
        return None
    return inner if _is_text(inner, strange) and len(set(inner.translate(_CLASSES))) > 1 else None


def _is_text(inner: bytes, strange: bytes) -> bool:
    if strange != strange.translate(None, _ASCII):
        return False
    try:
        inner.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


FORMAT = HexRuns()

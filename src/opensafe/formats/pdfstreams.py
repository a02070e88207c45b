"""The streams of a PDF file, found by their marks and not by its tables: those of earlier versions are read as well.

ISO 32000-1, 7.3.8: a dictionary, the word `stream`, bytes, `endstream`. A file that was changed by appending to it
keeps every earlier state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.model.expressions import expression

_START = expression(rb"(?<!end)stream(?:\r\n|\n|\r)")
_END = b"endstream"
_HEAD = 8192  # bytes before a stream in which its dictionary begins
_LENGTH = expression(rb"/Length\s{1,8}(\d{1,10})(?!\d|\s{1,8}\d{1,5}\s{1,8}R)")
_FILTERS = expression(rb"/Filter\s{0,8}(?:/([A-Za-z0-9]{1,20})|\[([^\]]{0,200})\])")
_NAME = expression(rb"/([A-Za-z0-9]{1,20})")
_GLYPHS = expression(rb"/Length1\b|/Subtype\s{0,8}/(?:Type1C|CIDFontType0C|OpenType)\b")
_TABLE = expression(rb"/Type\s{0,8}/XRef\b")
_PIXELS = expression(rb"/Subtype\s{0,8}/Image\b")
_FORM = expression(rb"/Subtype\s{0,8}/Form\b")
_OBJECTS = expression(rb"/Type\s{0,8}/ObjStm\b")
_CODED_PIXELS = frozenset({b"DCTDecode", b"DCT", b"JPXDecode"})


@dataclass(frozen=True, slots=True)
class PdfStream:
    """Bytes `start` to `end` of the file, packed by `filters` one after the other; `head` is its dictionary."""

    head: bytes = field(repr=False)
    filters: tuple[bytes, ...]
    start: int
    end: int

    @property
    def is_drawn(self) -> bool:
        """Pixels, glyphs and tables of offsets hold no text. A picture that is a file of its own is opened."""
        if _PIXELS.search(self.head):
            return not _CODED_PIXELS.intersection(self.filters)
        return bool(_GLYPHS.search(self.head) or _TABLE.search(self.head))

    @property
    def is_form(self) -> bool:
        """Something that pages draw: but for its text it is coordinates."""
        return bool(_FORM.search(self.head))

    @property
    def holds_objects(self) -> bool:
        """Dictionaries, behind a table of offsets."""
        return bool(_OBJECTS.search(self.head))


def streams_of(data: bytes) -> Iterator[PdfStream]:
    """Every stream in the order of the file; one without an end runs to the end of the file."""
    at = 0
    while found := _START.search(data, at):
        low = max(at, found.start() - _HEAD)
        head = data[max(low, data.rfind(b"obj", low, found.start())) : found.start()]
        end, at = _end_of(data, head, found.end())
        yield PdfStream(head, _filters(head), found.end(), end)


def _end_of(data: bytes, head: bytes, start: int) -> tuple[int, int]:
    """Where the bytes end and where the search goes on: the length is believed only where `endstream` follows it."""
    told = _LENGTH.search(head)
    if told:
        end = start + int(told[1])
        if data[end : end + 2 + len(_END)].lstrip(b"\r\n").startswith(_END):
            return end, end + len(_END)
    end = data.find(_END, start)
    if end < 0:
        return len(data), len(data)
    return end - (data[end - 1 : end] == b"\n") - (data[end - 2 : end] == b"\r\n"), end + len(_END)


def _filters(head: bytes) -> tuple[bytes, ...]:
    found = _FILTERS.search(head)
    if not found:
        return ()
    return (found[1],) if found[1] else tuple(_NAME.findall(found[2]))

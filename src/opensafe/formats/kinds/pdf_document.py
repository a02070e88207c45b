"""PDF files: what the pages show, what the dictionaries say, and every stream, those of earlier versions too.

There is no way back: positions of glyphs and tables of offsets would have to be made anew, so such a file is removed.
"""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.pdflibrary import PdfDamaged, PdfEncrypted, PdfPage, PdfTooLarge, pages_of, unpacked
from opensafe.formats.pdfstreams import PdfStream, streams_of
from opensafe.formats.pdfstrings import keyed_strings, shown_text
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_STRINGS = "pdf:strings"
_CHARACTERS, _HEAD = b"begincmap", 2048  # a table from codes to characters
_WHY = {
    PdfEncrypted: (SkipReason.ENCRYPTED, "a PDF file with a password or with restrictions"),
    PdfTooLarge: (SkipReason.ARCHIVE_BUDGET, "over the budget of one file"),
    PdfDamaged: (SkipReason.CORRUPT, "it could not be read: damaged, or of an unknown kind"),
}


class PdfDocument(Generated):
    prefix = "pdf:"
    signatures = frozenset({"pdf"})
    nests = True

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """Pages, then streams that no page showed already, then strings of dictionaries."""
        drawn: set[bytes] = set()
        try:
            for number, page in enumerate(pages_of(content.data, max(1, meter.limit)), 1):
                yield from _page(f"pdf:page {number}", page, drawn)
        except PdfEncrypted as error:
            yield _unread("pdf", error)
            return
        except (PdfDamaged, PdfTooLarge) as error:
            yield _unread("pdf", error)
        yield from _streams(content.data, drawn, meter)


def _unread(label: str, error: Exception) -> Unread:
    reason, detail = _WHY[type(error)]
    return Unread(reason, via=(label,), detail=detail)


def _page(label: str, page: PdfPage | PdfTooLarge | PdfDamaged, drawn: set[bytes]) -> Iterator[Unpacked | Unread]:
    if not isinstance(page, PdfPage):
        yield _unread(label, page)
        return
    drawn.update(page.drawn)
    if page.text.strip():
        yield Unpacked(label, _utf8(page.text), leaf=True)


def _streams(data: bytes, drawn: set[bytes], meter: Meter) -> Iterator[Unpacked | Unread]:
    """The dictionaries stand between the streams, and in streams that are made for them."""
    strings: list[str] = []
    room, at = meter.limit, 0
    for number, stream in enumerate(streams_of(data), 1):
        if number > meter.parts_left:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=("pdf",), detail="more streams than the budget has")
            break
        strings += keyed_strings(data[at : stream.start])
        at = stream.end
        if not stream.is_drawn:
            yield from _stream(f"pdf:stream {number}", data, stream, drawn, strings, meter)
    strings += keyed_strings(data[at:])
    text = _utf8("".join(f"{line}\n" for line in dict.fromkeys(strings)))
    if len(text) > room:
        yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_STRINGS,), detail="over the budget of one file")
    elif text:
        yield Unpacked(_STRINGS, text, Role.METADATA, leaf=True)


def _stream(
    label: str, data: bytes, stream: PdfStream, drawn: set[bytes], strings: list[str], meter: Meter
) -> Iterator[Unpacked | Unread]:
    limit = meter.limit
    try:
        inner = unpacked(data[stream.start : stream.end], stream.filters, max(1, limit))
    except (PdfDamaged, PdfTooLarge) as error:
        meter.charge(limit)
        yield _unread(label, error)
        return
    if stream.holds_objects:
        strings += keyed_strings(inner)
    if inner in drawn or _CHARACTERS in inner[:_HEAD]:
        return
    shown = shown_text(inner)
    if shown:
        yield Unpacked(label, _utf8(shown), leaf=True)
    elif inner and not stream.is_form and not stream.holds_objects:
        yield Unpacked(label, inner, Role.METADATA)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


FORMAT = PdfDocument()

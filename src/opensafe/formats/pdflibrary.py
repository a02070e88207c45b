"""The pages of a PDF file by pypdf, which knows fonts and their tables of characters; and its filters of streams.

It is kept from starting `jbig2dec`, the one program that it knows, and from telling its log what stands in a file.
It bounds what it unpacks and parses itself; what it raises depends on how a file is damaged, so all is caught.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2000
_PAGE_BYTES = 4 * 1024 * 1024  # of what a page draws: a second or two of reading
_ALL_BYTES = 32 * 1024 * 1024
_PARSED = 1_000_000
_FORMS = 500

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


class PdfDamaged(Exception):
    """Neither pages nor streams can be made out."""


class PdfEncrypted(Exception):
    """The file is encrypted; with an empty password too, for which another package would be needed."""


class PdfTooLarge(Exception):
    """It is over what is read."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page shows and what was noted on it; `drawn` are its content streams, unpacked."""

    text: str
    drawn: tuple[bytes, ...]


@contextmanager
def _restrained(limit: int) -> Iterator[None]:
    """Errors of the library as ours. The library is loaded late: it takes longer to load than most commands need."""
    from pypdf import apply_configuration, get_configuration  # noqa: PLC0415 - see above
    from pypdf.errors import FileNotDecryptedError, LimitReachedError  # noqa: PLC0415 - see above

    sizes = ("zlib", "lzw", "run_length", "jbig2", "brotli", "array_based_stream")
    restrained = get_configuration().with_overwrites(
        jbig2dec_binary=None,
        disable_legacy_handling=True,
        stream_parsing_work_maximum_count=_PARSED,
        xform_maximum_invocations_per_extraction=_FORMS,
        **{f"{name}_maximum_output_length": limit for name in sizes},
    )
    try:
        with apply_configuration(restrained):
            yield
    except (PdfDamaged, PdfEncrypted, PdfTooLarge):
        raise
    except FileNotDecryptedError:
        raise PdfEncrypted from None
    except LimitReachedError:
        raise PdfTooLarge from None
    except Exception:  # noqa: BLE001 - a damaged file makes the library raise anything, RecursionError too
        raise PdfDamaged from None


def pages_of(data: bytes, limit: int) -> Iterator[PdfPage | PdfTooLarge | PdfDamaged]:
    """Every page, or why it was not read. Raises PdfEncrypted, PdfDamaged or PdfTooLarge for the file."""
    with _restrained(limit):
        from pypdf import PdfReader  # noqa: PLC0415 - see above

        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise PdfEncrypted
        count = len(reader.pages)
    room = _ALL_BYTES
    for number in range(min(count, _MOST_PAGES)):
        try:
            with _restrained(limit):
                page = _page(reader, number, min(room, _PAGE_BYTES))
        except (PdfDamaged, PdfTooLarge) as error:
            room -= _PAGE_BYTES
            yield error
        else:
            room -= sum(map(len, page.drawn))
            yield page
        if room <= 0:
            raise PdfTooLarge
    if count > _MOST_PAGES:
        raise PdfTooLarge


def _page(reader: "PdfReader", number: int, room: int) -> PdfPage:
    drawn = _drawn(reader, number)
    if sum(map(len, drawn)) > room:
        raise PdfTooLarge
    return PdfPage(_text(reader.pages[number]), drawn)


def _drawn(reader: "PdfReader", number: int) -> tuple[bytes, ...]:
    contents = reader.pages[number].get("/Contents")
    whole = contents.get_object() if contents is not None else []
    items: Sequence[Any] = whole if isinstance(whole, list) else [whole]
    return tuple(item.get_object().get_data() for item in items)


def _text(page: "PageObject") -> str:
    notes = [line for note in page.annotations or [] for line in _note(note.get_object())]
    return "\n".join([page.extract_text(), *notes])


def _note(note: Any) -> Iterator[str]:
    """A remark with its author; the fields of a form with their values."""
    is_field = note.get("/Subtype") == "/Widget"
    for key, word in (("/T", "field" if is_field else "author"), ("/Contents", "remark"), ("/V", "value")):
        if isinstance(note.get(key), str) and note[key].strip():
            yield f"{word}: {note[key]}"


_FILTERS = {
    **dict.fromkeys((b"FlateDecode", b"Fl"), "FlateDecode"),
    **dict.fromkeys((b"LZWDecode", b"LZW"), "LZWDecode"),
    **dict.fromkeys((b"ASCII85Decode", b"A85"), "ASCII85Decode"),
    **dict.fromkeys((b"ASCIIHexDecode", b"AHx"), "ASCIIHexDecode"),
    **dict.fromkeys((b"RunLengthDecode", b"RL"), "RunLengthDecode"),
}


def unpacked(data: bytes, filters: Sequence[bytes], limit: int) -> bytes:
    """A stream without its filters, up to one that packs a picture. Raises PdfDamaged or PdfTooLarge."""
    if not any(name in _FILTERS for name in filters[:1]):
        return data
    with _restrained(limit):
        import pypdf.filters  # noqa: PLC0415 - see above

        for name in filters:
            if name not in _FILTERS:
                break
            decoder = getattr(pypdf.filters, _FILTERS[name])
            data = decoder.decode(data)
            if len(data) > limit:
                raise PdfTooLarge
    return data

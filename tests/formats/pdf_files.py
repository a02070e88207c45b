"""Small PDF files, built by hand."""

import io
import zlib
from collections.abc import Mapping, Sequence

from pypdf import PdfReader, PdfWriter

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def flate(data: bytes, head: bytes = b"") -> bytes:
    return stream(zlib.compress(data), head + b" /Filter /FlateDecode")


def shows(*lines: bytes) -> bytes:
    """A content stream of lines."""
    return b"BT /F1 12 Tf 72 700 Td " + b" 0 -20 Td ".join(b"(%s) Tj" % line for line in lines) + b" ET"


def pdf(contents: Sequence[bytes], extra: Mapping[int, bytes] | None = None, info: bytes = b"") -> bytes:
    """One page for each content stream (as an object); `extra` are objects from 100 on, `info` a dictionary."""
    pages = {10 + number: b"" for number in range(len(contents))}
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), b" ".join(b"%d 0 R" % page for page in pages)),
        3: FONT,
        4: b"<< %s >>" % info,
    }
    for number, content in enumerate(contents):
        objects[10 + number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (50 + number)
        )
        objects[50 + number] = content
    return _file(objects | dict(extra or {}))


def _file(objects: Mapping[int, bytes]) -> bytes:
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, at) for number, at in sorted(places.items()))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + b"xref\n0 1\n0000000000 65535 f \n" + table + trailer % (max(objects) + 1, len(body))


def appended(data: bytes, number: int, content: bytes) -> bytes:
    """A later version of a file, in which one object is another: the earlier one stays in the file."""
    before = data.rindex(b"startxref\n") + 10
    previous = int(data[before : data.index(b"\n", before)])
    at = len(data)
    body = data + b"%d 0 obj\n%s\nendobj\n" % (number, content)
    trailer = b"trailer\n<< /Size 200 /Root 1 0 R /Info 4 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return body + b"xref\n%d 1\n%010d 00000 n \n" % (number, at) + trailer % (previous, len(body))


def with_password(data: bytes) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    writer.encrypt("open sesame", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


LETTER = pdf(
    [flate(shows(b"Dear Ada Lovelace", b"your number is 999 000 0001")), stream(shows(b"Page two"))],
    {
        100: flate(b"host = db1\npassword = correct horse\n", b"/Type /EmbeddedFile"),
        101: stream(b"<x:xmpmeta><dc:creator>Bo</dc:creator></x:xmpmeta>", b"/Type /Metadata /Subtype /XML"),
        102: flate(b"\0\1\2" * 500, b"/Subtype /Image /Width 10"),
        103: flate(b"q 510 557 1108 m 12 l S Q", b"/Subtype /Form"),
        104: flate(b"7 0 8 40 << /Names [(list.csv) 7 0 R] >> << /Title (Wards) >>", b"/Type /ObjStm /N 2"),
    },
    info=b"/Author (Ada \\(A.\\) Lovel\\141ce) /Title <FEFF004200650064007300202013004100730068> /Producer (x)",
)

"""Valid files of every format, small: what fuzzing begins with."""

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing

from fixtures.kit.binary_workbook import binary_workbook
from fixtures.kit.containers import lz4_packed
from fixtures.kit.datafiles import rollback_journal, write_ahead_log
from fixtures.kit.sas_data_set import ROSS, RUNS, Value, sas_data_set
from opensafe.formats.budget import Meter
from opensafe.formats.compression import recompressed
from opensafe.formats.content import Content, Format, Unpacked
from opensafe.formats.registry import FORMATS, formats_of
from tests.formats.macro_files import MODULE, packed_module
from tests.formats.mail_files import MAIL
from tests.formats.markup_files import DOCUMENT, META, PACKET, PAGE, PERSONS, PROPERTIES, REMARKS, SHARED
from tests.formats.office_files import ods, ole, text_cell, xls, xlsx, zip_of
from tests.formats.pdf_files import LETTER, appended, shows, stream
from tests.formats.picture_files import PICTURES
from tests.formats.sample_files import NAMES, sample

_DEPTH = 3
_PEOPLE: list[list[Value]] = [["Ada", -3651.0], ["Bea", 9990000001.0], ["Cyd", 1.5]]
_SENTENCE = b"The analyst wrote a line about the ward, and then one more: caf\xc3\xa9.\n" * 6
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


_XML = (DOCUMENT, META, PACKET, PERSONS, PROPERTIES, REMARKS, SHARED)


def _database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE people (name TEXT, number)")
        database.executemany(
            "INSERT INTO people VALUES (?, ?)", [(f"Person {at}", 9990000000 + at) for at in range(99)]
        )
        database.execute("DELETE FROM people WHERE number % 3 = 0")
        database.commit()
        return database.serialize()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("note.txt", "other/long" + "g" * 120 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = len(_SENTENCE)
            archive.addfile(info, io.BytesIO(_SENTENCE))
    return buffer.getvalue()


def _notebook() -> bytes:
    output = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}
    shown = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": "<table></table>", "image/png": "aGVsbG8="},
    }
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# A\n", "b"]},
        {
            "cell_type": "code",
            "metadata": {},
            "execution_count": 1,
            "source": "x = '\\u0041'",
            "outputs": [output, shown],
        },
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _document() -> bytes:
    body = "<w:p><w:r><w:t>Seen by A &amp; B</w:t></w:r></w:p>"
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def _workbook() -> bytes:
    return xlsx({"Data": f'<row r="1">{text_cell("A1", "name")}</row>'}, frozenset())


def made() -> dict[str, bytes]:
    """Files that are built here, by a name for people."""
    database = _database()
    text = _SENTENCE.decode()
    return {
        "text": _SENTENCE,
        "utf-16": text.encode("utf-16"),
        "utf-32": text.encode("utf-32"),
        "windows-1252": text.encode("cp1252"),
        "base64": b"command: " + base64.b64encode(_SENTENCE) + b"\n",
        "hex": b"value = " + _SENTENCE.hex().encode() + b"\n",
        "percent": b"url?q=" + b"".join(b"%%%02X" % byte for byte in _SENTENCE[:80]) + b"\n",
        "escapes": b'"' + b"".join(b"\\u%04x" % byte for byte in _SENTENCE[:80]) + b'"\n',
        "notebook": _notebook(),
        "gzip": gzip.compress(_SENTENCE, mtime=0),
        "bz2": bz2.compress(_SENTENCE),
        "xz": lzma.compress(_SENTENCE),
        "zstd": recompressed(b"", "zstd", _SENTENCE),
        "zip": zip_of({"a.txt": text, "b/c.txt": text}),
        "lz4": lz4_packed(_SENTENCE),
        "lzma": lzma.compress(_SENTENCE, lzma.FORMAT_ALONE),
        "zlib": zlib.compress(_SENTENCE),
        "tar": _tar(),
        "rtf": b"{\\rtf1\\ansi Seen by {\\b A\\'e9} \\u8364? and B\\par\\cell " + _SENTENCE + b"}",
        "references": b"a: &#65;&#x42;&#67;d &#233;&#8364;\n" * 3,
        "docx": _document(),
        "xlsx": _workbook(),
        "xlsb": binary_workbook({"Data": [["name", "born"], ["Ada", 1950, 9990000001.0]], "More": [["remark"]]}),
        **{f"sas {kind}": sas_data_set(["name", "born"], _PEOPLE, packing=kind) for kind in ("", RUNS, ROSS)},
        "sas mixed": sas_data_set(["name", "born"], _PEOPLE, mixed=2),
        "ods": ods("<table:table-row><table:table-cell><text:p>Ada</text:p></table:table-cell></table:table-row>"),
        "xls": xls({(0, 0): "name", (1, 0): 9990000001.0}),
        "ole": ole({"WordDocument": _SENTENCE, "Other": text.encode("utf-16-le"), "Module1": packed_module(MODULE)}),
        "sqlite": database,
        "sqlite log": write_ahead_log(database),
        "sqlite journal": rollback_journal(database),
        "pickle": pickle.dumps({"name": "Ada", "numbers": [1, 2**40, 1.5], "more": ("x", b"y")}),
        "duckdb": bytes(8) + b"DUCK" + bytes(60) + text.encode("utf-16-le") + _SENTENCE,
        "wide strings": b"\1\2\0\0\3" * 9 + text.encode("utf-16-le") + b"\xff\xfe\0" * 9,
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "json": json.dumps({"cell": json.dumps({"name": text})}).encode(),
        "mail": MAIL,
        "pdf": LETTER,
        "later pdf": appended(LETTER, 50, stream(shows(b"Page one again"))),
        "page": PAGE.encode(),
        **{f"xml {number}": xml.encode() for number, xml in enumerate(_XML)},
        **PICTURES,
    }


def contents() -> list[Content]:
    """All files, and all that is found in them: each a seed for the formats that recognise it."""
    files = [*made().values(), *(sample(name) for name in NAMES)]
    found = [content for data in files for content in _below(Content.of(data), _DEPTH)]
    return list({content.data: content for content in found}.values())


def _below(content: Content, depth: int) -> Iterator[Content]:
    yield content
    for form in formats_of(content) if depth else ():
        for item in form.unpack(content, Meter()):
            if isinstance(item, Unpacked) and not item.leaf:
                yield from _below(item.content(), depth - 1)


def seeds_of(form: Format, known: list[Content]) -> list[bytes]:
    return [content.data for content in known if form in formats_of(content)]


def name_of(form: Format) -> str:
    """The name of a format for people: that of its file."""
    return type(form).__module__.rpartition(".")[2]


__all__ = ["FORMATS", "contents", "made", "name_of", "seeds_of"]

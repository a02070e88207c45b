"""Office files, databases, R files and pickles: what lies in them is read, what is hostile is refused unharmed."""

import base64
import gzip
import pickle
import sqlite3
import struct

import pytest

from opensafe.formats.decode import Decoding, decode, part_at
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.signature import signature
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from opensafe.model.specimen import Role
from tests.formats.office_files import ods, ole, text_cell, xls, xlsx, zip_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def tables(decoding: Decoding) -> dict[tuple[str, ...], str]:
    return {part.via: part.data.decode() for part in decoding.parts if part.role is Role.TABLE}


def document(body: str) -> bytes:
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


SPLIT = document(
    "<w:p><w:r><w:t>Seen by Ada Lo</w:t></w:r><w:r><w:rPr/><w:t>velace &amp; Bo</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>Next</w:t></w:r></w:p>"
)
TEXT = ("zip:word/document.xml", "xml-text")


def test_a_name_split_over_runs_of_a_document_is_found_and_changed() -> None:
    assert part_at(SPLIT, TEXT) == b"Seen by Ada Lovelace & Bo\nNext\n"
    result = rewrite(SPLIT, [SpanEdit(TEXT, 8, 20, b"<Person 1>"), SpanEdit(TEXT, 21, 22, b"and")])
    assert part_at(result, TEXT) == b"Seen by <Person 1> and Bo\nNext\n"
    xml = part_at(result, TEXT[:1]) or b""
    assert b"<w:t>Seen by &lt;Person 1&gt;</w:t></w:r><w:r><w:rPr/><w:t> and Bo</w:t>" in xml


def test_the_same_edit_from_the_text_and_from_its_xml_is_made_once() -> None:
    xml = part_at(SPLIT, TEXT[:1]) or b""
    at = xml.index(b"Next")
    edits = [SpanEdit(TEXT, 26, 30, b"Last"), SpanEdit(TEXT[:1], at, at + 4, b"Last")]
    assert part_at(rewrite(SPLIT, edits), TEXT[:1]) == xml.replace(b"Next", b"Last")


@pytest.mark.parametrize(("start", "end"), [(20, 28), (25, 26)])
def test_breaks_between_paragraphs_are_not_changed(start: int, end: int) -> None:
    with pytest.raises(CannotReencode):
        rewrite(SPLIT, [SpanEdit(TEXT, start, end, b"x")])


ROWS = (
    f'<row r="1">{text_cell("A1", "name")}{text_cell("B1", "nhs")}</row>'
    f'<row r="2">{text_cell("A2", "Ada")}<c r="B2"><v>9990000001</v></c></row>'
)


def test_every_sheet_of_a_workbook_hidden_ones_too() -> None:
    data = xlsx({"Open": ROWS, "Old": f'<row r="1">{text_cell("A1", "kept")}</row>'}, frozenset({"Old"}))
    decoding = decode(data)
    assert decoding.signature == "xlsx"
    assert tables(decoding) == {("sheet:Open",): "name\tnhs\nAda\t9990000001\n", ("sheet:Old",): "kept\n"}
    assert not decoding.unread
    with pytest.raises(CannotReencode):
        rewrite(data, [SpanEdit(("sheet:Old",), 0, 1, b"x")])


def test_old_workbooks_and_opendocument() -> None:
    old = decode(xls({(0, 0): "name", (0, 1): "nhs", (1, 0): "Ada", (1, 1): 9990000001.0}))
    assert (old.signature, tables(old)) == ("xls", {("sheet:Data",): "name\tnhs\nAda\t9990000001\n"})
    cell = '<table:table-cell office:value-type="string"><text:p>Ada</text:p></table:table-cell>'
    empty = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    new = decode(ods(f"<table:table-row>{cell}</table:table-row>{empty}"))
    assert (new.signature, tables(new)) == ("ods", {("sheet:Ward",): "Ada\n"})


FAR_ODS = (
    '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    "</table:table-row>"
)
FAR = {
    "references": xlsx(
        {"A": f'<row r="1">{text_cell("A1", "a")}</row><row r="1048576">{text_cell("XFD1048576", "z")}</row>'}
    ),
    "single quotes": xlsx({"A": "<row r='1'><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>1</v></c></row>"}),
    "opendocument": ods(FAR_ODS),
    "old": xls({(0, 0): "a", (65535, 65535): "z"}),
}


@pytest.mark.parametrize("name", FAR)
def test_two_cells_in_far_corners_do_not_fill_the_memory(name: str) -> None:
    decoding = decode(FAR[name])
    assert tables(decoding) == {}
    assert (SkipReason.ARCHIVE_BUDGET, ("sheet",)) in {(unread.reason, unread.via) for unread in decoding.unread}


def test_a_reference_that_readers_may_read_differently_is_refused() -> None:
    decoding = decode(xlsx({"A": '<row><c r="&#88;FD1048576"><v>1</v></c></row>'}))
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.CORRUPT, ("sheet",))]


def test_streams_of_saved_mails() -> None:
    body = "Dear Ada, the password is below".encode("utf-16-le")
    data = ole({"__properties_version1.0": b"\1", "__substg1.0_1000001F": body, "__substg1.0_0037001E": b"Subject"})
    assert signature(data) == "msg"
    texts = {part.via: part.data.rstrip(b"\0") for part in decode(data).parts}
    assert texts[("ole:__substg1.0_1000001F",)].startswith(body[:-1])


def test_an_office_document_with_a_password_is_named() -> None:
    decoding = decode(ole({"EncryptedPackage": b"\7" * 99, "EncryptionInfo": b"\4"}))
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.ENCRYPTED, ("ole",))]


def a_database(*statements: str) -> bytes:
    database = sqlite3.connect(":memory:")
    for statement in statements:
        database.execute(statement)
    database.commit()
    image = database.serialize()
    database.close()
    return image


PEOPLE = a_database(
    "CREATE TABLE people (name TEXT, nhs INTEGER, note BLOB)",
    "INSERT INTO people VALUES ('Ada' || char(9) || 'L', 9990000001, x'fffe00'), (NULL, 1.0, 'text')",
    'CREATE TABLE "odd ""name" (a)',
    "CREATE VIEW seen AS SELECT * FROM people",
)


@pytest.mark.parametrize("journal", [b"\1\1", b"\2\2"])
def test_tables_of_a_database(journal: bytes) -> None:
    data = PEOPLE[:18] + journal + PEOPLE[20:]
    decoding = decode(data)
    assert tables(decoding) == {
        ("sqlite:people",): "name\tnhs\tnote\nAda L\t9990000001\t\n\t1\ttext\n",
        ('sqlite:odd "name',): "a\n",
    }
    assert decoding.parts[0].data == data
    assert not decoding.unread


def test_a_damaged_database_is_named() -> None:
    decoding = decode(PEOPLE[:4096] + b"\xee" * (len(PEOPLE) - 4096))
    assert {unread.reason for unread in decoding.unread} == {SkipReason.CORRUPT}
    assert decoding.parts[0].role is Role.BINARY


def test_views_are_never_run() -> None:
    endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
    data = a_database("CREATE TABLE t (a)", f"CREATE VIEW v AS SELECT {endless}")
    assert tables(decode(data)) == {("sqlite:t",): "a\n"}


def test_a_table_that_computes_its_columns_is_named() -> None:
    data = a_database("CREATE TABLE t (a, b AS (length(zeroblob(a))))", "INSERT INTO t VALUES (1000000000)")
    decoding = decode(data)
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.CORRUPT, ("sqlite:t",))]


class Trap:
    """Would leave a trace if it were loaded."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("raise SystemExit('loaded')",))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_strings_of_a_pickle_that_is_never_loaded(protocol: int) -> None:
    data = pickle.dumps({"name": "Ada Lovelace", "nhs": 9990000001, "trap": Trap()}, protocol)
    text = (part_at(data, ("pickle:strings",)) or b"").decode().splitlines()
    assert {"name", "Ada Lovelace", "nhs", "9990000001"} <= set(text)


def string(text: bytes) -> bytes:
    return struct.pack(">II", 0x00040009, len(text)) + text


def test_values_of_an_r_file() -> None:
    numbers = struct.pack(">II2d", 14, 2, 9990000001.0, 0.5)
    integers = struct.pack(">II2i", 13, 2, 7, -(2**31))
    strings = struct.pack(">II", 16, 2) + string(b"Ada Lovelace") + string(b"Bob")
    data = gzip.compress(b"X\n" + struct.pack(">III", 3, 0x040201, 0x030500) + strings + numbers + integers, mtime=0)
    decoding = decode(data)
    assert decoding.signature == "rds"
    assert [(part.via, part.role) for part in decoding.parts] == [
        ((), Role.BINARY),
        (("gzip",), Role.BINARY),
        (("gzip", "rds"), Role.TEXT),
    ]
    assert decoding.parts[-1].data == b"Ada Lovelace\nBob\n9990000001\n7\n"


def test_base64_hides_neither_text_nor_archives() -> None:
    inner = gzip.compress(b"password: correct horse battery staple", mtime=0)
    data = b"secret: " + base64.b64encode(inner) + b"\n"
    assert part_at(data, ("base64@8", "gzip")) == b"password: correct horse battery staple"
    command = "Get-Item C:\\Users\\ada".encode("utf-16-le")
    encoded = b"powershell -e " + base64.b64encode(command) + b"\n"
    assert part_at(encoded, ("base64@14", "utf-16-le")) == b"Get-Item C:\\Users\\ada"
    download = b'<a href="data:;base64,%s">' % base64.b64encode(
        xlsx({"Old": f'<row r="1">{text_cell("A1", "kept")}</row>'})
    )
    assert part_at(download, ("base64@22", "sheet:Old")) == b"kept\n"


@pytest.mark.parametrize(
    "text",
    [
        b"from analysis/outputs/figures/something import getElementsByClassNameAndTagName",
        b"sha256:" + b"0123456789abcdef" * 4,
        base64.b64encode(bytes(range(256))),
        b"-" * 500,
    ],
)
def test_what_only_looks_like_base64(text: bytes) -> None:
    assert [part.via for part in decode(text).parts] == [()]

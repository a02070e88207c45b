"""Small Office files, built by hand: no writer of these formats is needed to test their reader."""

import io
import struct
import zipfile
from collections.abc import Mapping

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zip_of(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def xlsx(sheets: dict[str, str], hidden: frozenset[str] = frozenset()) -> bytes:
    """A workbook; each sheet is the XML of its rows."""
    names = list(sheets)
    state = {True: ' state="hidden"', False: ""}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{state[name in hidden]}/>'
        for number, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    head = '<?xml version="1.0"?>'
    return zip_of(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}/content-types"/>',
            "_rels/.rels": (
                f'{head}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
                f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'{head}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'{head}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'
            ),
        }
        | {
            f"xl/worksheets/sheet{number}.xml": (
                f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{sheets[name]}</sheetData></worksheet>'
            )
            for number, name in enumerate(names, 1)
        }
    )


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods(rows: str) -> bytes:
    """A spreadsheet of OpenDocument with one table; `rows` is the XML of its rows."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zip_of(
        {
            "mimetype": mime,
            "content.xml": (
                f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
                f'<table:table table:name="Ward">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"></manifest:manifest>',
        }
    )


def ole(streams: dict[str, bytes]) -> bytes:
    """An old Office container of 512-byte sectors; every stream is padded so that it lies in plain sectors."""
    padded = {name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()}
    table: list[int] = [_FAT]  # sector 0 holds the allocation table
    entries = [_entry("Root Entry", 5, _END, 0)]
    body = b""
    for name, data in padded.items():
        entries.append(_entry(name, 2, len(table), len(data)))
        count = len(data) // _SECTOR
        table += [len(table) + number + 1 for number in range(count - 1)] + [_END]
        body += data
    folder = b"".join(entries)
    folder += _entry("", 0, 0, 0) * (-len(entries) % 4)
    start = len(table)
    count = len(folder) // _SECTOR
    table += [start + number + 1 for number in range(count - 1)] + [_END]
    allocation = struct.pack("<128I", *(table + [_FREE] * (128 - len(table))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + allocation + body + folder


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    sides = struct.pack("<III", _FREE, _FREE, 1 if kind == 5 else _FREE)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + sides
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(cells: Mapping[tuple[int, int], str | float]) -> bytes:
    """A workbook of BIFF 8 with one sheet."""
    globals_size = (
        len(_record(0x0809, bytes(16))) + len(_record(0x0085, bytes(8) + b"Data")) + len(_record(0x000A, b""))
    )
    sheet = struct.pack("<IBBBB", globals_size, 0, 0, 4, 0) + b"Data"
    book = (
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        + _record(0x0085, sheet)
        + _record(0x000A, b"")
    )
    book += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for (row, column), value in cells.items():
        if isinstance(value, str):
            content = struct.pack("<HHHHB", row, column, 0, len(value), 0) + value.encode("latin-1")
            book += _record(0x0204, content)
        else:
            book += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    return ole({"Workbook": book + _record(0x000A, b"")})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content

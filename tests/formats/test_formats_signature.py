"""Content decides what a file is; the name only helps."""

import gzip
import io
import pickle
import sqlite3
import tarfile
import zipfile

import pytest

from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import rewrite
from opensafe.formats.signature import DATA_SIGNATURES, signature
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason

CSV = "".join(f"{n},{n * 7 % 13},ward {n}\n" for n in range(8)).encode()


def zip_with(*names: str, mime: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mime:
            archive.writestr(zipfile.ZipInfo("mimetype"), mime)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return buffer.getvalue()


def a_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return buffer.getvalue()


def a_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a)")
    image = database.serialize()
    database.close()
    return image


BINARY = {
    "png": b"\x89PNG\r\n\x1a\n\0\0",
    "jpeg": b"\xff\xd8\xff\xe0\0",
    "pdf": b"%PDF-1.7\n",
    "7z": b"7z\xbc\xaf\x27\x1c\0",
    "parquet": b"PAR1\x15\0",
    "arrow": b"ARROW1\0\0",
    "spss": b"$FL2@(#) SPSS DATA FILE",
    "stata": b"\x72\2\1\0\5\0",
    "sas7bdat": b"\0" * 12 + b"\xc2\xea\x81\x60\xb3\x14",
    "sas-xport": b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000",
    "duckdb": b"\1\2\3\4\5\6\7\0DUCK@\0",
    "access": b"\0\1\0\0Standard ACE DB\0",
    "npy": b"\x93NUMPY\1\0",
    "hdf5": b"\x89HDF\r\n\x1a\n\0",
    "dicom": b"\0" * 128 + b"DICM\2\0",
    "shapefile": b"\0\0\x27\x0a" + b"\0" * 30,
    "pickle": pickle.dumps({"a": 1}),
    "sqlite": a_database(),
    "rds": gzip.compress(b"X\n\0\0\0\3\0\4\2\0", mtime=0),
    "rdata": gzip.compress(b"RDX3\nX\n\0\0\0\3", mtime=0),
    "gzip": gzip.compress(b"plain", mtime=0),
    "tar": a_tar(),
    "xlsx": zip_with("[Content_Types].xml", "xl/workbook.xml"),
    "docx": zip_with("[Content_Types].xml", "word/document.xml"),
    "pptx": zip_with("ppt/presentation.xml"),
    "ods": zip_with("content.xml", mime="application/vnd.oasis.opendocument.spreadsheet"),
    "zip": zip_with("a.txt", "b.py"),
    "zip-data": zip_with("readme.txt", "extract/Patients.CSV"),
}
TEXT = {
    "csv": CSV,
    "tsv": CSV.replace(b",", b"\t"),
    "hl7": b"MSH|^~\\&|LAB|\rPID|1||\r",
    "fhir": b'{"resourceType": "Patient", "id": "1"}',
    "html": b"<!DOCTYPE html>\n<html></html>",
    "json": b'{"a": 1}\n',
    "ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4}',
    "lfs-pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
    "text": b"library(dplyr)\n",
}


@pytest.mark.parametrize("expected", [*BINARY, *TEXT])
def test_signatures_without_a_name(expected: str) -> None:
    assert signature((BINARY | TEXT)[expected]) == expected


@pytest.mark.parametrize("expected", BINARY)
def test_no_name_hides_a_binary_format(expected: str) -> None:
    assert signature(BINARY[expected], b"notes/readme.md") == expected


def test_which_signatures_are_data() -> None:
    data = {name for name in [*BINARY, *TEXT] if name in DATA_SIGNATURES}
    other = {
        "png",
        "jpeg",
        "pdf",
        "7z",
        "gzip",
        "tar",
        "docx",
        "pptx",
        "zip",
        "html",
        "json",
        "ipynb",
        "lfs-pointer",
        "text",
    }
    assert set(BINARY) | set(TEXT) == data | other
    assert not data & other


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1252"])
def test_tables_in_other_encodings(encoding: str) -> None:
    assert signature(CSV.decode().replace("ward", "Kücheé").encode(encoding)) == "csv"


NOT_TABLES = {
    "source with argument lists": (b"x <- c(1, 2, 3)\ny <- c(2, 3, 4)\n" * 5, b""),
    "prose": (b"First, we read it, then, at last, we go.\nThen, again, we, went.\n" * 5, b"notes.txt"),
    "markdown table": (b"| a | b |\n|---|---|\n" + b"| 1 | 2 |\n" * 9, b""),
    "code by name": (CSV, b"script.R"),
    "two rows": (b"a,b,c\n1,2,3\n", b"x.txt"),
    "uneven rows": (b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n1,2,3\n", b"x.txt"),
    "settings": (b"[section]\nkey=a,b,c\n[other]\nkey=a,b,c\n" * 3, b"x.conf"),
    "imports": (b"import a, b, c\nfrom x import (a, b, c)\n" * 4, b""),
}


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table(name: str) -> None:
    assert signature(*NOT_TABLES[name]) == "text"


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        (b"a,b\n1,2\n", b"x.csv", "csv"),
        (b"value\n1\n", b"x.CSV", "csv"),
        (b"a\tb\n1\t2\n", b"x.csv", "tsv"),
        (b"value\n1\n", b"x.tsv", "tsv"),
        (CSV.replace(b",", b";"), b"extract.dat", "csv"),
        (CSV.replace(b",", b"|"), b"", "csv"),
        (pickle.dumps([1]), b"model.sav", "pickle"),
        (b"", b"x.csv", "text"),
        (b"\0\1\2\3\4\5", b"x.csv", ""),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), b"x.csv.gz", "csv"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), b"x.gz", "gzip"),
        (gzip.compress(CSV.decode().encode("utf-16"), mtime=0), b"", "csv"),
    ],
)
def test_the_name_helps_with_tables(data: bytes, path: bytes, expected: str) -> None:
    assert signature(data, path) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT["lfs-pointer"], SkipReason.LFS),
        (BINARY["7z"], SkipReason.UNSUPPORTED),
        (b"../../.git/annex/objects/x1/Zz/MD5E-s9--0a.csv/MD5E-s9--0a.csv", SkipReason.LFS),
        (b"PACK\0\0\0\2\0\0\0\1", SkipReason.UNSUPPORTED),
        (b"# v2 git bundle\n" + b"0" * 40 + b" refs/heads/main\n\nPACK\0\0\0\2\0", SkipReason.UNSUPPORTED),
        (b"/annex/objects/MD5E-s9--0a.csv\n", SkipReason.LFS),
        (b"Rar!\x1a\x07\1\0", SkipReason.UNSUPPORTED),
    ],
)
def test_closed_files_are_named_as_unread(data: bytes, reason: SkipReason) -> None:
    decoding = decode(data)
    assert [part.data for part in decoding.parts] == [data]
    assert [unread.reason for unread in decoding.unread] == [reason]


@pytest.mark.parametrize("data", [b"", b"x <- 1\n", "naïve café\n".encode(), b"one\0nul " + b"text " * 60])
def test_plain_text_is_one_part(data: bytes) -> None:
    assert [(part.via, part.data, part.role.value) for part in decode(data).parts] == [((), data, "text")]


@pytest.mark.parametrize("data", [b"\0\1\2\3\4", b"abc\0\0\0\0def", bytes(range(256)) * 4])
def test_unknown_binary_is_one_part(data: bytes) -> None:
    assert [(part.via, part.data, part.role.value) for part in decode(data).parts] == [((), data, "binary")]


def test_half_a_surrogate_pair_is_still_text() -> None:
    data = b"\xfe\xff" + "name ".encode("utf-16-be") + b"\xd8\x00"
    parts = decode(data).parts
    assert [(part.via, part.data, part.role.value) for part in parts] == [
        (("utf-16-be",), b"name \xed\xa0\x80", "text")
    ]


def test_bytes_appended_to_wide_text_are_read_and_changed_too() -> None:
    data = "select 1\n".encode("utf-16") + b"password = hunter2\n"
    assert part_at(data, ("single-bytes",)) == data
    at = data.index(b"hunter2")
    assert rewrite(data, [SpanEdit(("single-bytes",), at, at + 7, b"X")]) == data.replace(b"hunter2", b"X")
    assert part_at("select 1, 2, 3\n".encode("utf-16"), ("single-bytes",)) is None


def test_wide_text_among_other_bytes() -> None:
    data = b"\1\2\0\0\3" * 9 + "Server=db1;Uid=ada".encode("utf-16-le") + b"\xff\xfe\0" * 9
    assert part_at(data, ("utf-16-strings",)) == b"Server=db1;Uid=ada\n"

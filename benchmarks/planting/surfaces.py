"""In what a value stands: lines of text, tables and data files."""

import contextlib
import csv
import gzip
import io
import json
import pickle
import sqlite3
import struct
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from fixtures.kit.containers import workbook, zipped

Lines = Sequence[str]
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BEFORE = ("# Bed moves by hour", "library(dplyr)", "")
_AFTER = ("", "moves <- read_extract()", "summarise(moves)")


def _text(lines: Lines) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def comment(mark: str) -> Callable[[Lines], bytes]:
    """Makes a script in which the lines stand in comments."""

    def make(lines: Lines) -> bytes:
        marked = ["\n".join(f"{mark}{part}" for part in line.split("\n")) for line in lines]
        return _text([*_BEFORE, *marked, *_AFTER])

    return make


def _wide(lines: Lines) -> bytes:
    return _text(["-- moves", *lines, "SELECT ward FROM moves;"]).decode().replace("\n", "\r\n").encode("utf-16")


def _notebook(cell: Callable[[str], dict[str, Any]]) -> Callable[[Lines], bytes]:
    def make(lines: Lines) -> bytes:
        cells = [cell("\n".join(lines) + "\n")]
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()

    return make


def _code_cell(source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": outputs,
        "source": source.splitlines(keepends=True),
    }


def _printed(text: str) -> dict[str, Any]:
    stream = {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}
    return _code_cell("show()", [stream])


def _page(lines: Lines) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return f"<!DOCTYPE html>\n<html><body>\n{body}</body></html>\n".encode()


def _letter(lines: Lines) -> bytes:
    runs = "".join(
        f"<w:p><w:r><w:t>{escape(part)}</w:t></w:r></w:p>" for line in lines for part in line.split("\n")
    ).encode()
    text = b'<?xml version="1.0"?><w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (_WORD, runs)
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": text})


FILES_OF_LINES: dict[str, tuple[str, Callable[[Lines], bytes]]] = {
    "R comment": ("R", comment("# ")),
    "R source": ("R", lambda lines: _text([*_BEFORE, *lines, *_AFTER])),
    "Python": ("py", lambda lines: _text(['"""Reads moves."""', "import os", "", *lines])),
    "settings": ("yml", _text),
    "Markdown": (
        "md",
        lambda lines: _text(["# Notes", "", *(f"- {line}" if "\n" not in line else line for line in lines)]),
    ),
    "UTF-16 SQL": ("sql", _wide),
    "notebook source": ("ipynb", _notebook(lambda text: _code_cell(text, []))),
    "notebook output": ("ipynb", _notebook(_printed)),
    "page": ("html", _page),
    "docx": ("docx", _letter),
    "zip": ("zip", lambda lines: zipped({"notes/old.R": comment("# ")(lines)})),
}
"""By title: the ending of the file's name, and what makes it."""

CODE = frozenset({"R source", "Python", "notebook source"})
"""Where a line of a settings file does not belong."""


def _rows(column: str, values: Lines) -> list[list[str]]:
    return [["ward", column, "beds"], *(["A1", value, str(12 + at)] for at, value in enumerate(values))]


def _separated(mark: str, encoding: str) -> Callable[[str, Lines], bytes]:
    def make(column: str, values: Lines) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=mark, lineterminator="\n").writerows(_rows(column, values))
        return buffer.getvalue().encode(encoding)

    return make


def _hidden_sheet(column: str, values: Lines) -> bytes:
    return workbook({"Summary": [["ward", "beds"], ["A1", "12"]], "raw": _rows(column, values)}, hidden=["raw"])


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _inserts(column: str, values: Lines) -> bytes:
    name = column.lower().replace(" ", "_")
    into = f"INSERT INTO moves (ward, {name}) VALUES"
    return _text([f"{into} ('A1', {_quoted(value)});" for value in values])


def _database(column: str, values: Lines) -> bytes:
    with contextlib.closing(sqlite3.connect(":memory:")) as opened:
        opened.execute(f'CREATE TABLE moves (ward TEXT, "{column}" TEXT, beds TEXT)')
        opened.executemany("INSERT INTO moves VALUES (?, ?, ?)", _rows(column, values)[1:])
        opened.commit()
        return opened.serialize()


def _pickle(column: str, values: Lines) -> bytes:
    return pickle.dumps([{"ward": "A1", column: value} for value in values], protocol=4)


def _records(column: str, values: Lines) -> bytes:
    return json.dumps([{"ward": "A1", column: value} for value in values], indent=1).encode()


def _table_output(column: str, values: Lines) -> bytes:
    rows = "".join(f"<tr><td>{n}</td><td>{escape(value)}</td></tr>\n" for n, value in enumerate(values))
    table = f"<table>\n<thead><tr><th></th><th>{column}</th></tr></thead>\n<tbody>\n{rows}</tbody></table>"
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": [table]}}
    return _notebook(lambda text: _code_cell(text, [output]))(["moves.head()"])


def _data_frame(column: str, values: Lines) -> bytes:
    """A data frame of R in the form of `saveRDS` (R Internals, 1.8: serialisation, version 2)."""
    rows = _rows(column, values)
    columns = b"".join(_strings([row[at] for row in rows[1:]]) for at in range(len(rows[0])))
    numbers = struct.pack(">IIii", 13, 2, -(2**31), 1 - len(rows))  # as R writes row.names that only count
    described = {"names": _strings(rows[0]), "row.names": numbers, "class": _strings(["data.frame"])}
    told = b"".join(struct.pack(">II", 0x402, 1) + _string(name) + value for name, value in described.items())
    frame = struct.pack(">II", 0x313, len(rows[0])) + columns + told + struct.pack(">I", 0xFE)
    return gzip.compress(b"X\n" + struct.pack(">III", 2, 0x30500, 0x20300) + frame, mtime=0)


def _strings(texts: Sequence[str]) -> bytes:
    return struct.pack(">II", 16, len(texts)) + b"".join(map(_string, texts))


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">II", 0x40009, len(data)) + data


TABLES: dict[str, tuple[str, Callable[[str, Lines], bytes]]] = {
    "csv": ("csv", _separated(",", "utf-8")),
    "csv, semicolons, Latin-1": ("csv", _separated(";", "latin-1")),
    "hidden sheet": ("xlsx", _hidden_sheet),
    "SQL insert": ("sql", _inserts),
    "sqlite": ("sqlite", _database),
    "pickle": ("pkl", _pickle),
    "rds": ("rds", _data_frame),
    "JSON": ("json", _records),
    "table of a notebook": ("ipynb", _table_output),
}
"""By title: the ending of the file's name, and what makes it of the head and the values of a column."""

"""Compressed streams whose magic number is short, and encodings that somebody mixed or marked wrongly."""

import base64
import lzma
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.kit.containers import lz4_packed, zipped
from opensafe.formats.compression import recompressed
from opensafe.formats.decode import decode
from opensafe.formats.lz4 import TooLong, lz4_frames
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.signature import signature
from opensafe.model.plan import SpanEdit

_TEXT = b"the ward has twenty-five beds\n" * 9


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (zlib.compress(_TEXT), "zlib"),
        (zlib.compress(_TEXT, 1), "zlib"),
        (lzma.compress(_TEXT, lzma.FORMAT_ALONE), "lzma"),
        (lz4_packed(_TEXT), "lz4"),
        (lz4_packed(_TEXT[:100]) + lz4_packed(_TEXT[100:]), "lz4"),
        (b"\x50\x2a\x4d\x18\4\0\0\0abcd" + recompressed(b"", "zstd", _TEXT), "zstd"),
    ],
)
def test_streams_are_opened(data: bytes, name: str) -> None:
    assert signature(data) == name
    assert [part.data for part in decode(data).parts if part.via == (name,)] == [_TEXT]


@pytest.mark.parametrize("text", [b"x^2 + y^2 = z^2\n", b"x\x01y", b"]\0\0 and so on", b"x\x9c\xff\xff", b"x\xda"])
def test_what_begins_alike_is_none(text: bytes) -> None:
    assert signature(text) in {"text", ""}


@given(st.binary(max_size=200), st.integers(0, 20))
def test_damaged_frames_of_lz4_raise_what_is_known(noise: bytes, cut: int) -> None:
    data = lz4_packed(_TEXT)[: -cut or None] + noise
    try:
        assert lz4_frames(data, 10_000).startswith(_TEXT)
    except (ValueError, IndexError, TooLong):
        assert cut or noise


def test_streams_that_can_be_written_are_changed() -> None:
    for data, via in ((zlib.compress(_TEXT), "zlib"), (lzma.compress(_TEXT, lzma.FORMAT_ALONE), "lzma")):
        changed = rewrite(data, [SpanEdit((via,), 4, 8, b"unit")])
        assert decode(changed).parts[-1].data == _TEXT[:4] + b"unit" + _TEXT[8:]
    with pytest.raises(CannotReencode):
        rewrite(lz4_packed(_TEXT), [SpanEdit(("lz4",), 4, 8, b"unit")])


def test_a_member_packed_by_lzma_is_read_and_not_written() -> None:
    data = zipped({"a.txt": _TEXT}, zipfile.ZIP_LZMA)
    assert [part.data for part in decode(data).parts if part.via == ("zip:a.txt",)] == [_TEXT]
    with pytest.raises(CannotReencode):
        rewrite(data, [SpanEdit(("zip:a.txt",), 4, 8, b"unit")])


@pytest.mark.parametrize("between", ["\n    ", "\r\n", '\\n",\n  "', '", "', "\\r\\n"])
def test_base64_in_lines_of_yaml_and_json(between: str) -> None:
    encoded = base64.b64encode(_TEXT).decode()
    lines = between.join(encoded[at : at + 76] for at in range(0, len(encoded), 76))
    text = f'a: "{lines}"\n'.encode()
    (found,) = [part for part in decode(text).parts if part.via == ("base64@4",)]
    assert found.data == _TEXT
    changed = rewrite(text, [SpanEdit(("base64@4",), 4, 8, b"unit")])
    assert changed == text.replace(encoded[:16].encode(), base64.b64encode(_TEXT[:4] + b"unit" + _TEXT[8:12]), 1)


def test_base64_between_slashes_and_in_utf_7() -> None:
    run = base64.b64encode(b"user: beds and wards").rstrip(b"=")
    for text in (b"data/" + run + b"/beds.R", b"+" + run + b"-", b"a/b/" + run + b"/" + run):
        assert {part.data for part in decode(text).parts if part.via} == {b"user: beds and wards"}
    assert [part.via for part in decode(b"src/main/java/org/example/wards/Beds").parts] == [()]


def test_utf_16_behind_text_and_behind_the_wrong_mark() -> None:
    wide = _TEXT.decode().encode("utf-16-le")
    assert ("utf-16-strings",) in {part.via for part in decode(_TEXT * 9 + wide[:60]).parts}
    (found,) = decode(b"\xfe\xff" + wide).parts
    assert found.data.endswith(_TEXT)

"""Every format with a way back: decode, splice, rewrite, decode again gives the spliced text and nothing else new."""

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.compression import recompressed
from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit
from tests.formats.office_files import zip_of

_ONE_LINE = st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x1FFFF)
TEXTS = st.text(st.one_of(st.sampled_from('ab "\\/\n\té€😀'), _ONE_LINE), min_size=1, max_size=80)
LATIN = st.text(st.sampled_from("abc xyz,=()\n\té£°ü"), min_size=1, max_size=80).map(
    lambda text: "caption " * 8 + text + "é"
)
NEW = st.text(st.sampled_from('REDACTED "\\\n['), max_size=12)


@st.composite
def splices(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, int, int, str]:
    """A text, a span of its UTF-8 at character boundaries, and what is put there."""
    text = draw(texts)
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, len(text[:first].encode()), len(text[:last].encode()), draw(NEW)


def spliced(text: bytes, start: int, end: int, new: str) -> bytes:
    return text[:start] + new.encode() + text[end:]


def tarred(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in (("before.txt", b"before"), ("note.txt", data), ("after.txt", b"after")):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def zipped(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = b"the end"
        for name, content in (("before.txt", b"before" * 50), ("note.txt", data), ("after.txt", b"after")):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content, method)
    return buffer.getvalue()


def notebook(source: object, indent: int | None = 1, *, ascii_only: bool = False) -> bytes:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Häding"},
        {"cell_type": "code", "metadata": {"n": 1.50}, "execution_count": 3, "outputs": [], "source": source},
    ]
    whole = {"cells": cells, "metadata": {"kernelspec": {"name": "ir"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent, ensure_ascii=ascii_only).encode() + b"\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8-sig"])
@settings(deadline=None, max_examples=40)
@given(case=splices(TEXTS))
def test_marked_encodings(encoding: str, case: tuple[str, int, int, str]) -> None:
    text, start, end, new = case
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    data = (mark + text).encode(encoding)
    assert part_at(data, (encoding,)) == text.encode()
    expected = spliced(text.encode(), start, end, new)
    result = rewrite(data, [SpanEdit((encoding,), start, end, new.encode())])
    assert result == (mark + expected.decode()).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@settings(deadline=None, max_examples=25)
@given(text=st.text(st.sampled_from("select * from dbo.x;\n"), min_size=8, max_size=60))
def test_wide_encodings_are_found_without_a_mark(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert [(part.via, part.data) for part in decode(data).parts] == [((encoding,), text.encode())]


@settings(deadline=None, max_examples=40)
@given(case=splices(LATIN))
def test_windows_text(case: tuple[str, int, int, str]) -> None:
    text, start, end, new = case
    data = text.encode("windows-1252")
    assert [(part.via, part.data) for part in decode(data).parts] == [(("windows-1252",), text.encode())]
    result = rewrite(data, [SpanEdit(("windows-1252",), start, end, new.encode())])
    assert result == spliced(text.encode(), start, end, new).decode().encode("windows-1252")


@pytest.mark.parametrize("as_lines", [True, False])
@pytest.mark.parametrize("ascii_only", [True, False])
@settings(deadline=None, max_examples=40)
@given(case=splices(TEXTS), indent=st.sampled_from([None, 1, 4]))
def test_notebook_sources(
    as_lines: bool, ascii_only: bool, indent: int | None, case: tuple[str, int, int, str]
) -> None:
    text, start, end, new = case
    data = notebook(text.splitlines(keepends=True) if as_lines else text, indent, ascii_only=ascii_only)
    via = ("notebook:cell 2 source",)
    assert part_at(data, via) == text.encode()
    result = rewrite(data, [SpanEdit(via, start, end, new.encode())])
    expected = spliced(text.encode(), start, end, new)
    assert part_at(result, via) == expected
    at = data.index(b'"source"', data.index(b'"outputs"'))
    until = len(data) - data.index(b'"metadata"', at)
    assert result[:at] == data[:at]
    assert result[-until:] == data[-until:]
    others = [part for part in decode(data).parts if part.via[:1] != via]
    assert [part for part in decode(result).parts if part.via[:1] != via] == others


CONTAINERS: dict[str, tuple[Callable[[bytes], bytes], tuple[str, ...]]] = {
    "gzip": (lambda data: gzip.compress(data, mtime=7), ("gzip",)),
    "bz2": (bz2.compress, ("bz2",)),
    "xz": (lzma.compress, ("xz",)),
    "zstd": (lambda data: recompressed(b"", "zstd", data), ("zstd",)),
    "tar.zst": (lambda data: recompressed(b"", "zstd", tarred(data)), ("zstd", "tar:note.txt")),
    "zip": (zipped, ("zip:note.txt",)),
    "stored zip": (lambda data: zipped(data, zipfile.ZIP_STORED), ("zip:note.txt",)),
    "bz2 zip": (lambda data: zipped(data, zipfile.ZIP_BZIP2), ("zip:note.txt",)),
    "tar": (tarred, ("tar:note.txt",)),
    "tar.gz": (lambda data: gzip.compress(tarred(data), mtime=0), ("gzip", "tar:note.txt")),
    "zip in zip": (lambda data: zipped(zipped(data)), ("zip:note.txt", "zip:note.txt")),
    "utf-16 in gzip": (
        lambda data: gzip.compress(b"\xff\xfe" + data.decode().encode("utf-16-le"), mtime=0),
        ("gzip", "utf-16-le"),
    ),
}


@pytest.mark.parametrize("name", CONTAINERS)
@settings(deadline=None, max_examples=20)
@given(case=splices(st.text(st.sampled_from("ab ü😀\n"), min_size=1, max_size=60)))
def test_containers(name: str, case: tuple[str, int, int, str]) -> None:
    pack, via = CONTAINERS[name]
    text, start, end, new = case
    data = pack(b"x = 1\n" + text.encode())
    edits = [SpanEdit(via, start + 6, end + 6, new.encode())]
    result = rewrite(data, edits)
    assert part_at(result, via) == b"x = 1\n" + spliced(text.encode(), start, end, new)
    assert rewrite(data, edits) == result
    before = {part.via: part.data for part in decode(data).parts if part.via[-1:] not in {(), via[-1:]}}
    after = {part.via: part.data for part in decode(result).parts}
    kept = [key for key in before if via[: len(key)] != key]
    assert [after[key] for key in kept] == [before[key] for key in kept]


def test_a_changed_zip_is_sound_and_keeps_what_it_does_not_change() -> None:
    data = zipped(b"name = Ada Lovelace\n")
    result = rewrite(data, [SpanEdit(("zip:note.txt",), 7, 19, b"Person 1")])
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        assert new.testzip() is None
        assert [info.filename for info in new.infolist()] == [info.filename for info in old.infolist()]
        assert [info.date_time for info in new.infolist()] == [info.date_time for info in old.infolist()]
        assert new.read("note.txt") == b"name = Person 1\n"
        assert new.read("before.txt") == b"before" * 50
        assert new.comment == b"the end"


def test_streamed_zip_members_have_their_sizes_behind_them() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_args: int) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note.txt", b"name = Ada Lovelace\n")
        archive.writestr("after.txt", b"after")
    result = rewrite(pipe.getvalue(), [SpanEdit(("zip:note.txt",), 7, 19, b"Person 1")])
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert archive.testzip() is None
        assert archive.read("note.txt") == b"name = Person 1\n"


def test_two_members_and_a_deep_one_change_at_once() -> None:
    data = zipped(zipped(b"inner text"))
    edits = [SpanEdit(("zip:before.txt",), 0, 6, b"X"), SpanEdit(("zip:note.txt", "zip:note.txt"), 0, 5, b"outer")]
    result = rewrite(data, edits)
    assert part_at(result, ("zip:before.txt",)) == b"X" + b"before" * 49
    assert part_at(result, ("zip:note.txt", "zip:note.txt")) == b"outer text"


def test_gzip_keeps_its_header() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("extract.txt", "wb", fileobj=buffer, mtime=1234567890) as stream:
        stream.write(b"name = Ada\n")
    data = buffer.getvalue()
    result = rewrite(data, [SpanEdit(("gzip",), 7, 10, b"X")])
    assert result[:22] == data[:22]
    assert gzip.decompress(result) == b"name = X\n"


@settings(deadline=None, max_examples=60)
@given(
    case=splices(st.text(st.sampled_from("abcdef password=:\n"), min_size=20, max_size=200)),
    before=st.text(st.sampled_from("ab= \n"), max_size=10),
)
def test_base64(case: tuple[str, int, int, str], before: str) -> None:
    text, start, end, new = case
    head, tail = f"{before}\ndata: ".encode(), b"\nend: true\n"
    data = head + base64.b64encode(text.encode()) + tail
    via = (f"base64@{len(head)}",)
    assert part_at(data, via) == text.encode()
    result = rewrite(data, [SpanEdit(via, start, end, new.encode())])
    assert result == head + base64.b64encode(spliced(text.encode(), start, end, new)) + tail


def test_wrapped_base64_is_one_text_and_stays_wrapped() -> None:
    text = b"host = db1\npassword = correct horse battery staple\n" * 5
    data = b"data: |\n" + base64.encodebytes(text) + b"\nend\n"
    via = ("base64@8",)
    assert part_at(data, via) == text
    result = rewrite(data, [SpanEdit(via, 0, 4, b"node")])
    assert result == b"data: |\n" + base64.encodebytes(b"node" + text[4:]) + b"\nend\n"


def test_edits_of_several_contents_of_one_file() -> None:
    inner = base64.b64encode(b"the password is hunter2 and more")
    data = b"user: ada\ntoken: " + inner + b"\nuser: ada\n"
    edits = [
        SpanEdit((), 6, 9, b"X"),
        SpanEdit(("base64@17",), 16, 23, b"REDACTED"),
        SpanEdit((), len(data) - 4, len(data) - 1, b"X"),
    ]
    expected = b"user: X\ntoken: " + base64.b64encode(b"the password is REDACTED and more") + b"\nuser: X\n"
    assert rewrite(data, edits) == expected


@pytest.mark.parametrize(
    ("data", "via", "start", "end"),
    [
        ("ü".encode("utf-16"), ("utf-16-le",), 0, 1),
        (b"\xff\xfe" + "ab".encode("utf-16-le"), ("utf-16-le",), 1, 5),
        (gzip.compress(b"abc", mtime=0), (), 3, 4),
        (gzip.compress(b"abc", mtime=0), ("gzip",), 3, 4),
        (b"abc", ("gzip",), 0, 1),
        (zipped(b"abc"), ("zip:names",), 0, 1),
        (zipped(b"abc"), ("zip:other.txt",), 0, 1),
        (notebook("ab\n"), ("notebook:metadata",), 0, 60),
    ],
)
def test_what_has_no_way_back_is_refused(data: bytes, via: tuple[str, ...], start: int, end: int) -> None:
    with pytest.raises(CannotReencode) as caught:
        rewrite(data, [SpanEdit(via, start, end, b"x")])
    assert caught.value.via == via
    assert "remove" in caught.value.remedy


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    data = ("café " * 20).encode("windows-1252")
    with pytest.raises(CannotReencode):
        rewrite(data, [SpanEdit(("windows-1252",), 0, 1, "😀".encode())])


def test_unknown_binary_is_changed_at_exact_spans() -> None:
    data = bytes(range(256)) + b"secret" + bytes(256)
    assert rewrite(data, [SpanEdit((), 256, 262, b"gone!!!")]) == bytes(range(256)) + b"gone!!!" + bytes(256)


@pytest.mark.parametrize(("offset", "new"), [(0xFFFFFFFE, b"longer than before"), (0, b"")])
def test_a_member_that_would_be_moved_out_of_reach_is_refused(offset: int, new: bytes) -> None:
    data = bytearray(zip_of({"a.txt": "first text", "b.txt": "second text"}))
    at = data.rindex(b"PK\1\2") + 42
    data[at : at + 4] = offset.to_bytes(4, "little")
    with pytest.raises(CannotReencode, match="damaged"):
        rewrite(bytes(data), [SpanEdit(("zip:a.txt",), 0, 10, new)])


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=300))
def test_no_edits_change_nothing(data: bytes) -> None:
    assert rewrite(data, []) == data


MAGICS = [
    *(
        b"PK\3\4",
        b"PK\5\6",
        b"\x1f\x8b\x08",
        b"BZh91AY&SY",
        b"\xfd7zXZ\0",
        b"SQLite format 3\0",
        b"\x80\4\x95",
        b"X\n\0\0\0\3",
    ),
    *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b'{"cells":[', b"\xff\xfe", b"\0\0\xfe\xff", b"<?xml", b"PAR1", b"RDX3\n"),
]


@settings(deadline=None, max_examples=300)
@given(magic=st.sampled_from([b"", *MAGICS]), data=st.binary(max_size=400))
def test_decoding_never_raises_and_is_the_same_twice(magic: bytes, data: bytes) -> None:
    first = decode(magic + data, b"x.csv")
    assert decode(magic + data, b"x.csv") == first
    assert first.parts
    for part in first.parts:
        assert part_at(magic + data, part.via) == part.data


VALID = [
    zipped(zipped(b"text")),
    gzip.compress(tarred(b"text"), mtime=0),
    notebook(["a\n", "b"]),
    lzma.compress(b"text" * 9),
    recompressed(b"", "zstd", b"text" * 9),
]


@settings(deadline=None, max_examples=200)
@given(data=st.sampled_from(VALID), at=st.integers(0, 10_000), bit=st.integers(0, 7), cut=st.integers(0, 40))
def test_damage_never_raises(data: bytes, at: int, bit: int, cut: int) -> None:
    damaged = bytearray(data[: max(1, len(data) - cut)])
    damaged[at % len(damaged)] ^= 1 << bit
    decoding = decode(bytes(damaged))
    assert decoding.parts
    assert decode(bytes(damaged)) == decoding

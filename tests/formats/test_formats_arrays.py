"""Arrays of NumPy, pickles that hold arrays, and files that are read in part."""

import io
import pickle
import struct

import pytest

from opensafe.formats.budget import Budget
from opensafe.formats.datafiles.carving import doubles_in, integers_in, short_integers_in, strings_in
from opensafe.formats.decode import decode
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.formats.signature import DATA_SIGNATURES
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.sample_files import opened, part, sample

NUMBERS = [str(9990000001 + at) for at in range(12)]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("i.npy", NUMBERS),
        ("f.npy", ["", "9990000102", "9990000103", ""]),
        ("u.npy", ["Ada", "Zoë 9990000001"]),
        ("s.npy", ["Ada", "9990000001"]),
        ("m.npy", ["1\t9990000001", "2\t9990000002"]),
        ("r.npy", ["name\tnhs_number\tnhs_float", "Ada a Lovelace\t9990000001\t"]),
    ],
)
def test_arrays_are_read_as_rows(name: str, lines: list[str]) -> None:
    decoding = opened(name)
    assert part(decoding, "npy:values").split("\n")[: len(lines)] == lines
    assert not decoding.unread


def test_arrays_in_an_archive_and_arrays_of_objects() -> None:
    assert part(opened("z.npz"), "zip:a.npy", "npy:values").split() == NUMBERS
    assert {"Ada", "9990000001"} <= set(part(opened("o.npy"), "npy:pickle", "pickle:strings").split())


@pytest.mark.parametrize(
    "head", ["{'descr': '<q9'}", "[", "{'descr': '\\d'}", "(" * 300, "{'descr': 5, 'shape': (1,)}"]
)
def test_headers_that_make_no_sense_are_named(head: str) -> None:
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + bytes(80)
    assert [(item.reason, item.via) for item in decode(data).unread] == [(SkipReason.CORRUPT, ("npy:values",))]


def test_a_huge_record_is_over_the_budget() -> None:
    head = b"{'descr': [('a', '<i8', (100000000,))], 'fortran_order': False, 'shape': (1,)}"
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head
    assert [item.reason for item in decode(data).unread] == [SkipReason.ARCHIVE_BUDGET]
    small = decode(sample("i.npy"), budget=Budget(max_total_bytes=50))
    assert [item.reason for item in small.unread] == [SkipReason.ARCHIVE_BUDGET]


@pytest.mark.parametrize("name", ["df.pkl", "df.joblib"])
def test_arrays_in_pickles_are_read(name: str) -> None:
    decoding = opened(name)
    assert [line for line in part(decoding, "pickle:integers").split() if line in NUMBERS] == NUMBERS
    assert part(decoding, "pickle:doubles").split()[:2] == ["9990000102", "9990000103"]
    assert "Ada c Lovelace" in part(decoding, "pickle:texts").splitlines()


def test_a_pickle_without_arrays_has_none() -> None:
    decoding = decode(pickle.dumps({"a": 1, "b": b"x" * 40}))
    assert [found.via for found in decoding.parts] == [(), ("pickle:strings",)]


def test_escapes_that_python_does_not_know_are_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    assert part(decode(b"\x80\x02S'a\\ b'\n."), "pickle:strings") == "a\\ b\n"
    assert not recwarn.list


def test_files_that_are_read_in_part_say_so() -> None:
    decoding = opened("x.h5")
    assert {"Ada Lovelace", "Bob"} & set(part(decoding, "strings").splitlines())
    assert set(NUMBERS) <= set(part(decoding, "integers").splitlines())
    assert [(item.reason, item.via) for item in decoding.unread] == [(SkipReason.UNSUPPORTED, ())]
    set_of_sas = bytes(12) + b"\xc2\xea\x81\x60" + bytes(300) + b"Ada Lovelace" + struct.pack("<d", 9990000001.0)
    assert part(decode(set_of_sas), "sas7bdat:numbers") == "9990000001\n"


@pytest.mark.parametrize(
    ("name", "label"), [("i.npy", "npy:values"), ("x.h5", "strings"), ("df.pkl", "pickle:integers")]
)
def test_there_is_no_way_back(name: str, label: str) -> None:
    with pytest.raises(CannotReencode):
        rewrite(sample(name), [SpanEdit((label,), 0, 1, b"x")])


def test_values_without_a_structure() -> None:
    stream = io.BytesIO()
    for piece in (b"\1\2\3", struct.pack("<d", 9990000001.0), b"x", struct.pack(">d", 4000000004.0)):
        stream.write(piece)
    data = stream.getvalue()
    assert list(doubles_in(data)) == [9990000001]
    assert list(doubles_in(data, ">")) == [4000000004]
    assert list(doubles_in(struct.pack("<d", 123456.5))) == []
    assert 9990000001 in list(integers_in(b"x" + struct.pack("<q", 9990000001)))
    assert 9990000001 in list(short_integers_in(b"x" + (9990000001).to_bytes(6, "big")))
    assert list(strings_in(b"\0Ada9990000001\0\1ab")) == [b"Ada9990000001", b"9990000001"]


@pytest.mark.parametrize(
    "head", [b"Obj\1\2\x16avro.schema", b"CDF\1\0\0\0\2", b"CDF\2\0\0\0\2", b"MATLAB 5.0 MAT-file, Platform: GLNXA64"]
)
def test_data_files_without_a_reader_are_searched_for_strings_and_named(head: bytes) -> None:
    decoding = decode(head + bytes(60) + b"Ada Lovelace" + bytes(9))
    assert "Ada Lovelace" in part(decoding, "strings").splitlines()
    assert [unread.reason for unread in decoding.unread] == [SkipReason.UNSUPPORTED]
    assert decoding.signature in DATA_SIGNATURES


def test_an_orc_file_is_known_by_both_its_ends() -> None:
    assert decode(b"ORC" + bytes(40) + b"\x08\x03ORC\x17").signature == "orc"
    assert decode(b"ORC is no file\n").signature == "text"

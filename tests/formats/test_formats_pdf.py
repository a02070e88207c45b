"""PDF files: everything that stands in them is found, within the budget, and nothing in them is run."""

import base64
import logging
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.proportion import in_proportion
from opensafe.formats.budget import Budget
from opensafe.formats.decode import decode, part_at
from opensafe.formats.pdflibrary import unpacked
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.pdf_files import LETTER, appended, flate, pdf, shows, stream, with_password

MIB = 1024 * 1024


def texts(data: bytes) -> dict[tuple[str, ...], str]:
    return {part.via: part.data.decode() for part in decode(data).parts if part.via}


def test_pages_attachments_and_dictionaries() -> None:
    found = texts(LETTER)
    assert found["pdf:page 1",] == "Dear Ada Lovelace\nyour number is 999 000 0001"
    assert found["pdf:page 2",] == "Page two"
    assert found["pdf:stream 3",] == "host = db1\npassword = correct horse\n"
    assert "Author: Ada (A.) Lovelace" in found["pdf:strings",].splitlines()
    assert {"list.csv", "Title: Wards"} <= set(found["pdf:strings",].splitlines())
    assert "Title: Beds \u2013Ash" in found["pdf:strings",].splitlines()
    assert not decode(LETTER).unread


def test_pixels_tables_and_what_a_page_showed_already_are_not_given_again() -> None:
    assert {via[0] for via in texts(LETTER)} == {
        *("pdf:page 1", "pdf:page 2", "pdf:stream 3", "pdf:stream 4", "pdf:strings")
    }


def test_there_is_no_way_back() -> None:
    with pytest.raises(CannotReencode):
        rewrite(LETTER, [SpanEdit(("pdf:page 1",), 5, 8, b"Bob")])


def test_what_an_earlier_version_showed_is_found() -> None:
    data = appended(LETTER, 50, flate(shows(b"Dear patient")))
    found = texts(data)
    assert found["pdf:page 1",] == "Dear patient"
    assert found["pdf:stream 1",].split("\n")[1:] == ["Dear Ada Lovelace", "your number is 999 000 0001"]


def test_kerning_and_moves_do_not_split_words() -> None:
    content = b"BT [(A)20(da)-400(Love)-5(lace)] TJ T* <4265> Tj (\\144s) Tj ET BT (\x01\x02\x03) Tj ET"
    damaged = b"%PDF-1.4\n1 0 obj\n" + flate(content) + b"\nendobj\n"
    found = texts(damaged)
    assert found["pdf:stream 1",] == "Ada Lovelace\nBeds"


def test_attachments_are_opened_like_files() -> None:
    inner = zlib.compress("Ada Lovelace wrote to the ward\n".encode("utf-16"))
    data = pdf([flate(shows(b"x"))], {100: stream(inner, b"/Type /EmbeddedFile /Filter /FlateDecode")})
    assert part_at(data, ("pdf:stream 2", "utf-16-le")) == b"Ada Lovelace wrote to the ward\n"


@pytest.mark.parametrize(
    ("filters", "data"),
    [
        ((b"ASCII85Decode", b"FlateDecode"), base64.a85encode(zlib.compress(b"secret text")) + b"~>"),
        ((b"ASCIIHexDecode",), b"736563726574 2074657874>"),
        ((b"RunLengthDecode",), b"\x0asecret text\x80"),
        ((b"LZWDecode",), b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
        ((), b"secret text"),
        ((b"DCTDecode",), b"secret text"),
    ],
)
def test_filters(filters: tuple[bytes, ...], data: bytes) -> None:
    expected = b"-----A---B" if filters == (b"LZWDecode",) else b"secret text"
    assert unpacked(data, filters, MIB) == expected


def test_a_password_is_named_and_ends_it() -> None:
    decoding = decode(with_password(LETTER))
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.ENCRYPTED, ("pdf",))]
    assert [part.via for part in decoding.parts] == [()]


def test_a_bomb_is_named_and_its_neighbours_are_read() -> None:
    bomb = flate(b" " * (20 * MIB))
    data = pdf([bomb, flate(shows(b"Dear Ada"))], {100: bomb})
    decoding = decode(data, budget=Budget(max_part_bytes=MIB, max_total_bytes=4 * MIB))
    assert (("pdf:page 2",), b"Dear Ada") in [(part.via, part.data) for part in decoding.parts]
    named = {(unread.reason, unread.via) for unread in decoding.unread}
    assert {(SkipReason.ARCHIVE_BUDGET, ("pdf:page 1",)), (SkipReason.ARCHIVE_BUDGET, ("pdf:stream 1",))} <= named


def test_many_streams_end_at_the_budget() -> None:
    data = pdf([stream(shows(b"x"))], {100 + number: stream(b"text %d" % number) for number in range(300)})
    decoding = decode(data, budget=Budget(max_parts=100))
    assert len(decoding.parts) <= 101
    assert (SkipReason.ARCHIVE_BUDGET, ("pdf",)) in {(unread.reason, unread.via) for unread in decoding.unread}


def test_damage_is_named_and_its_streams_are_still_read() -> None:
    data = b"%PDF-1.4\nno table, no pages\n1 0 obj\n" + flate(b"password = correct horse") + b"\nendobj"
    decoding = decode(data)
    assert [(unread.reason, unread.via) for unread in decoding.unread] == [(SkipReason.CORRUPT, ("pdf",))]
    assert part_at(data, ("pdf:stream 1",)) == b"password = correct horse"


def test_the_library_says_nothing_of_what_stands_in_a_file(capfd: pytest.CaptureFixture[str]) -> None:
    decode(LETTER.replace(b"/F1 3 0 R", b"/F1 9 9 R")[:-300])
    assert capfd.readouterr() == ("", "")
    assert not logging.getLogger("pypdf").propagate


def test_text_that_only_mentions_the_format_is_text() -> None:
    data = b"A PDF file begins with %PDF- and holds stream\nand endstream.\n"
    assert [part.via for part in decode(data).parts] == [()]


@settings(deadline=None, max_examples=60)
@given(at=st.integers(9, 5000), bit=st.integers(0, 7), cut=st.integers(0, 400), junk=st.binary(max_size=20))
def test_damaged_files_never_raise(at: int, bit: int, cut: int, junk: bytes) -> None:
    damaged = bytearray(LETTER[: len(LETTER) - cut])
    damaged[at % len(damaged)] ^= 1 << bit
    damaged[at % len(damaged) : at % len(damaged)] = junk
    data = b"%PDF-" + bytes(damaged[5:])
    budget = Budget(max_part_bytes=MIB, max_total_bytes=2 * MIB, max_parts=50)
    first = decode(data, budget=budget)
    assert decode(data, budget=budget) == first
    assert sum(len(part.data) for part in first.parts[1:]) <= budget.max_total_bytes
    assert len(first.parts) <= budget.max_parts + 1


@pytest.mark.parametrize(
    "unit",
    [b"stream\n", b"stream\nendstream ", b"(", b"()", b"(a", b"<4", b"/A (", b"BT ", b"BT (x) Tj ET ", b"7 0 obj "],
)
def test_hostile_repetition_costs_little(unit: bytes) -> None:
    def read(line: bytes) -> None:
        data = b"%PDF-1.7\n" + line
        assert decode(data).parts[0].data == data
        assert decode(b"%PDF-1.7\n1 0 obj " + stream(data)).parts

    assert in_proportion(read, unit)

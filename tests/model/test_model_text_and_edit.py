"""Bytes made fit for people, and bytes changed at exact spans."""

import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.edit import Edit, apply_edits, without_overlaps
from opensafe.model.text import counted_together, printable, shown

# Every character that Unicode calls a control, a format character, a surrogate or a separator of lines. A few
# format characters are visible: signs before numbers in Arabic, Syriac and Kaithi, joiners of hieroglyphs.
_VISIBLE = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in _UNSAFE and ord(character) not in _VISIBLE


def test_no_character_of_unicode_that_is_obeyed_gets_through() -> None:
    every = (chr(code) for code in range(0x110000))
    assert [
        hex(ord(character)) for character in every if _is_unsafe(character) and character in printable(character)
    ] == []


@given(st.binary(max_size=60) | st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_is_shown_is_safe_and_can_be_written(raw: bytes) -> None:
    text = shown(raw)
    assert not any(map(_is_unsafe, text))
    assert text.encode("utf-8").decode() == text
    assert "\n" not in text


@given(st.text(string.ascii_letters + string.digits + string.punctuation + " "))
def test_printable_ascii_is_unchanged(text: str) -> None:
    assert shown(text.encode()) == text


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u3164\u115f\u1160\uffa0")))
def test_letters_of_any_language_are_unchanged(text: str) -> None:
    assert shown(text.encode()) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"caf\xc3\xa9", "café"),
        (b"caf\xe9", "caf\\xe9"),
        (b"a\x1b[31mb\nc\td", "a\\x1b[31mb\\x0ac\\x09d"),
        ("gpj\u202e.exe".encode(), "gpj\\u202e.exe"),
        ("zero\u200bwidth\ufeff".encode(), "zero\\u200bwidth\\ufeff"),
        ("tag\U000e0041".encode(), "tag\\U000e0041"),
        (b"\xed\xa0\x80", "\\xed\\xa0\\x80"),
        (b"\xc2\x9b\x7f\x00", "\\x9b\\x7f\\x00"),
    ],
)
def test_escapes(raw: bytes, expected: str) -> None:
    assert shown(raw) == expected


_SIZE = 30
_DATA = bytes(range(65, 65 + _SIZE))
_SPANS = st.tuples(st.integers(0, _SIZE), st.integers(0, _SIZE)).map(lambda span: (min(span), max(span)))
_EDIT = st.builds(lambda span, new: Edit(span[0], span[1], new), _SPANS, st.sampled_from([b"", b"x", b"..."]))
_EDITS = st.lists(_EDIT, max_size=6)


@given(_EDITS)
def test_merged_edits_cover_the_same_bytes_once_each(edits: list[Edit]) -> None:
    merged = without_overlaps(edits)
    assert merged == sorted(merged)
    assert all(one.end <= other.start for one, other in pairwise(merged))
    assert _covered(merged) == _covered(edits)
    assert {edit.replacement for edit in merged} <= {edit.replacement for edit in edits}


def _covered(edits: list[Edit]) -> set[int]:
    return {at for edit in edits for at in range(edit.start, edit.end)}


@given(_EDITS)
def test_the_bytes_outside_the_edits_stay_in_order_and_the_others_go(edits: list[Edit]) -> None:
    outside = [_DATA[at] for at in range(_SIZE) if at not in _covered(edits)]
    changed = apply_edits(_DATA, edits)
    assert [byte for byte in changed if byte in _DATA] == outside


@given(_EDITS.flatmap(lambda edits: st.tuples(st.just(edits), st.permutations(edits))))
def test_the_order_in_which_edits_come_does_not_matter(both: tuple[list[Edit], list[Edit]]) -> None:
    edits, shuffled = both
    assert apply_edits(_DATA, shuffled) == apply_edits(_DATA, edits)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], b"0123456789"),
        ([Edit(2, 4, b"ab")], b"01ab456789"),
        ([Edit(2, 4, b"a"), Edit(4, 6, b"b")], b"01ab6789"),
        ([Edit(2, 6, b"long"), Edit(3, 4, b"short")], b"01long6789"),
        ([Edit(3, 5, b"short"), Edit(4, 8, b"long")], b"012long89"),
        ([Edit(0, 3, b"first"), Edit(2, 5, b"second")], b"first56789"),
        ([Edit(0, 10, b"")], b""),
        ([Edit(5, 5, b"+")], b"01234+56789"),
        ([Edit(10, 10, b"+")], b"0123456789+"),
        ([Edit(2, 4, b"a"), Edit(2, 4, b"a")], b"01a456789"),
    ],
)
def test_edits(edits: list[Edit], expected: bytes) -> None:
    assert apply_edits(b"0123456789", edits) == expected


@pytest.mark.parametrize(
    ("findings", "skips", "told"),
    [
        (3, 0, "3 findings"),
        (1, 2, "1 finding and 2 skips"),
        (0, 1, "1 skip"),
        (0, 0, "0 findings"),
        (2000, 1, "2,000 findings and 1 skip"),
    ],
)
def test_what_is_nought_is_left_out_unless_all_is(findings: int, skips: int, told: str) -> None:
    assert counted_together({"finding": findings, "skip": skips}) == told

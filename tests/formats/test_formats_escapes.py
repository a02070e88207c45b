"""Hex digits, percent escapes and Unicode escapes in text: what is opened, what is not, and the way back."""

import hashlib
import json
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.proportion import in_proportion
from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason

VALUE = "Correct-Horse 7"
CHARACTERS = st.sampled_from("abXY019 -._~/\\\"'%=&\té€😀")
TEXTS = st.text(CHARACTERS, min_size=3, max_size=60)
NEW = st.text(st.sampled_from("REDACTED \"'\\%\n[é😀"), max_size=12)


@st.composite
def splices(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A text, a span of its characters, and what is put there."""
    text = draw(TEXTS)
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, first, last, draw(NEW)


def percent(text: str) -> bytes:
    return "".join(f"%{code:02X}" for code in text.encode()).encode()


def escaped(text: str) -> bytes:
    units = text.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)).encode()


def vias(data: bytes) -> list[tuple[str, ...]]:
    return [part.via for part in decode(data).parts]


def edit_of(via: str, text: str, first: int, last: int, new: str) -> SpanEdit:
    return SpanEdit((via,), len(text[:first].encode()), len(text[:last].encode()), new.encode())


@pytest.mark.parametrize(
    ("data", "via"),
    [
        (b"key <- as.raw(0x%s)\n" % VALUE.encode().hex().encode(), "hex@16"),
        (b"'\\x%s'::bytea" % VALUE.encode().hex().upper().encode(), "hex@3"),
        (b"dump: %s\n" % VALUE.encode().hex().encode(), "hex@6"),
        (b"curl 'https://%s'\n" % percent(VALUE), "percent@6"),
        (b'{"token": "%s"}\n' % escaped(VALUE), "escapes@11"),
        (b"x = '%s'\n" % "".join(f"\\x{ord(c):02x}" for c in VALUE).encode(), "escapes@5"),
        (b"x = '%s'\n" % "".join(f"\\U{ord(c):08x}" for c in VALUE).encode(), "escapes@5"),
        (b"x = '%s'\n" % "".join(f"\\u{{{ord(c):x}}}" for c in VALUE).encode(), "escapes@5"),
    ],
)
def test_each_way_of_writing_is_read(data: bytes, via: str) -> None:
    parts = {part.via: part.data for part in decode(data).parts}
    assert [known for known in parts if known != ("json-text",)] == [(), (via,)]
    assert parts[via,].decode().removeprefix("https://") == VALUE


@pytest.mark.parametrize(
    "data",
    [
        hashlib.sha1(b"a", usedforsecurity=False).hexdigest().encode(),
        hashlib.sha256(b"a").hexdigest().upper().encode(),
        uuid.UUID(int=0x4142434445464748494A4B4C4D4E4F50).bytes.hex().encode()[:15],
        str(uuid.UUID(int=0x4142434445464748494A4B4C4D4E4F50)).encode(),
        b"0.4567456745674567 4567456745674567",
        b"20" * 40,
        b"6b" * 20,
        VALUE.encode().hex().encode() + b"0",
        b"z" + VALUE.encode().hex().encode(),
        VALUE.encode().hex().encode() + b"z",
        b"https://example.org/a%20b%20c?x=1",
        b"one%20two three%20four five%20six",
        b'sprintf("%02d:%02d:%02d", h, m, s); beds %>% filter(a %in% b) %>% head()',
        b'format(d, "%Y-%m-%d %H:%M:%S")',
        b'"na\\u00efve caf\\u00e9"',
        b"\\u0041\n\\u0042\n\\u0043\n",
        b'"\\\\u0041\\\\u0042\\\\u0043"',
        b'"\\u3042\\u3044\\u3046\\u3048"',
        b'"\\x1b\\x00\\x07\\x1b"',
    ],
)
def test_what_is_not_opened(data: bytes) -> None:
    assert vias(data) == [()]


def test_no_hash_of_many_is_opened() -> None:
    """Of 100,000 the probability of a single one is 0.2 %; the hashes are the same in each run."""
    lines = [hashlib.sha1(b"%d" % n, usedforsecurity=False).hexdigest() for n in range(100_000)]
    assert vias("\n".join(lines).encode()) == [()]


def test_plain_words_around_escapes_are_not_given_again() -> None:
    data = b'"ask ada@example.org for %s today"\n' % escaped("Ada")
    assert [part.data for part in decode(data).parts] == [data, b"Ada"]


def test_a_notebook_is_opened_once() -> None:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": VALUE + " éèê" * 3}]
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    assert [via for via in vias(data) if "escapes" in via[0]] == []


@pytest.mark.parametrize("upper", [True, False])
@settings(deadline=None, max_examples=60)
@given(case=splices(), before=st.sampled_from([b"", b"0x", b"\\x", b'"']))
def test_hex(upper: bool, before: bytes, case: tuple[str, int, int, str]) -> None:
    text, first, last, new = case
    text = "user: Ada.J. Lovelace, password: " + text.encode("ascii", "ignore").decode()
    first, last = min(first, len(text)), min(last, len(text))

    def hexed(plain: str) -> bytes:
        digits = plain.encode().hex()
        return before + (digits.upper() if upper else digits).encode() + b" end\n"

    via = f"hex@{len(before)}"
    assert part_at(hexed(text), (via,)) == text.encode()
    assert rewrite(hexed(text), [edit_of(via, text, first, last, new)]) == hexed(text[:first] + new + text[last:])


@settings(deadline=None, max_examples=60)
@given(case=splices())
def test_percent(case: tuple[str, int, int, str]) -> None:
    text, first, last, new = case
    data = b"u <- 'q=" + percent(text) + b"&r=1' # 100%\n"
    via, inner = "percent@6", f"q={text}&r=1"
    assert part_at(data, (via,)) == inner.encode()
    result = rewrite(data, [edit_of(via, inner, first + 2, last + 2, new)])
    written = b"".join(
        bytes([c]) if chr(c).isascii() and (chr(c).isalnum() or c in b"-._~") else b"%%%02X" % c for c in new.encode()
    )
    assert result == b"u <- 'q=" + percent(text[:first]) + written + percent(text[last:]) + b"&r=1' # 100%\n"


@settings(deadline=None, max_examples=60)
@given(case=splices())
def test_unicode_escapes(case: tuple[str, int, int, str]) -> None:
    text, first, last, new = case
    text, first, last = "abc" + text, first + 3, last + 3
    data = b'{"a\\n": "' + escaped(text) + b'z", "b": 1}\n'
    via = "escapes@9"
    assert part_at(data, (via,)) == text.encode() + b"z"
    result = rewrite(data, [edit_of(via, text, first, last, new)])
    assert json.loads(result) == {"a\n": text[:first] + new + text[last:] + "z", "b": 1}
    assert result.startswith(b'{"a\\n": "' + escaped(text[:first]))
    assert result.endswith(escaped(text[last:]) + b'z", "b": 1}\n')


def test_mixed_escapes_are_changed_one_by_one() -> None:
    data = b'"C:\\\\\\u0041\\u0064\\u0061 \\"\\ud83d\\ude00\\" \\q\\u0042b"'
    via = ("escapes@1",)
    assert part_at(data, via) == 'C:\\Ada "😀" \\qBb'.encode()
    edits = [SpanEdit(via, 3, 6, b"Person"), SpanEdit(via, 8, 12, b"-"), SpanEdit(via, 16, 17, b'"')]
    assert rewrite(data, edits) == b'"C:\\\\Person \\"-\\" \\q\\u0022b"'


@pytest.mark.parametrize(
    ("data", "via", "start", "end"),
    [
        (b"a=%C3%A9%C3%A9%C3%A9", "percent@0", 3, 4),
        (b'"\\u00e9\\u00e9\\u00e9"', "escapes@1", 1, 2),
        (b"plain text", "hex@0", 0, 1),
    ],
)
def test_half_a_character_is_refused(data: bytes, via: str, start: int, end: int) -> None:
    with pytest.raises(CannotReencode) as caught:
        rewrite(data, [SpanEdit((via,), start, end, b"x")])
    assert caught.value.via == (via,)


def test_escapes_of_escapes_end_at_the_depth() -> None:
    text = VALUE
    for _ in range(6):
        text = percent(text).decode() if len(text) < 1000 else text.replace("%", "%25")
    decoding = decode(text.encode())
    assert max(len(part.via) for part in decoding.parts) == 4
    assert [unread.reason for unread in decoding.unread] == [SkipReason.ARCHIVE_BUDGET]


@pytest.mark.parametrize("name", ["hex", "percent", "escapes"])
def test_a_text_full_of_encoded_words_is_bounded(name: str) -> None:
    word = {"hex": VALUE.encode().hex().encode(), "percent": percent(VALUE), "escapes": escaped("Ada")}[name]
    decoding = decode((word + b"\n") * 5000)
    assert len(decoding.parts) == 1001
    assert [unread.via for unread in decoding.unread] == [(name,)]


@pytest.mark.parametrize(
    "unit", [b"4", b"6b", b"%", b"%41", b"%41%42%43 ", b"\\", b"\\u", b"\\u0041", b"\\u0041'", b"'", b"\\x4", b"41 "]
)
def test_hostile_repetition_costs_little(unit: bytes) -> None:
    def read(data: bytes) -> None:
        assert decode(data).parts[0].data == data

    assert in_proportion(read, unit)


PIECES = st.sampled_from(
    [b"\\", b"u", b"0041", b"\\u0041", b"\\ud83d", b"\\ude00", b"%41", b"%", b"'", b" ", b"\xc3\xa9", b"4b6c"]
)


@settings(deadline=None, max_examples=300)
@given(pieces=st.lists(PIECES, max_size=60), at=st.integers(0, 100), new=NEW)
def test_what_is_opened_can_be_opened_again_and_changed(pieces: list[bytes], at: int, new: str) -> None:
    data = b"".join(pieces)
    for part in decode(data).parts:
        assert part_at(data, part.via) == part.data
        if part.via and part.data:
            whole = SpanEdit(part.via, 0, len(part.data), b"REDACTED")
            assert b"REDACTED" in rewrite(data, [whole]) or b"REDACTED".hex().encode() in rewrite(data, [whole]).lower()

"""Text that pictures carry is found and, where it stands in one piece, changed; pixels are left alone."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.budget import Budget
from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.picture_files import EXIF, GIF, NAME, PACKET, PHOTO, PICTURES, SCREEN, WEBP, chunk, png, tiff

MIB = 1024 * 1024


LINES = "description: Ward 7\nauthor: Ada Lovelace\ncomment: Größe\ncomment: seen by Bo\nsoftware: R\n"


def texts(data: bytes) -> dict[str, str]:
    return {part.via[0]: part.data.decode() for part in decode(data).parts if len(part.via) == 1}


def test_chunks_of_a_png() -> None:
    assert texts(SCREEN) == {
        "picture:text 1": "Author: Ada Lovelace",
        "picture:text 2": "Comment: host = db1, by Ada Lovelace",
        "picture:text 3": "Title: Größe",
        "picture:text 4": PACKET.decode(),
        "picture:exif 5": LINES,
    }


def test_segments_of_a_jpeg() -> None:
    assert texts(PHOTO) == {
        "picture:exif 1": LINES,
        "picture:xmp 2": PACKET.decode(),
        "picture:iptc 3": "author: Ada Lovelace\n",
        "picture:comment 4": "taken by Ada Lovelace",
    }


def test_gif_webp_and_tiff() -> None:
    assert texts(GIF) == {"picture:comment 1": "Ada Lovelace"}
    assert texts(WEBP) == {"picture:exif 1": LINES, "picture:xmp 2": PACKET.decode()}
    assert texts(EXIF) == {"picture:exif 1": LINES}
    assert texts(tiff([(0x02BC, 1, PACKET)])) == {"picture:xmp": PACKET.decode()}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("png", "picture:text 1"),
        ("png", "picture:text 2"),
        ("jpeg", "picture:comment 4"),
        ("gif", "picture:comment 1"),
    ],
)
def test_texts_in_one_piece_are_changed_and_the_rest_stays(name: str, label: str) -> None:
    data = PICTURES[name]
    before = texts(data)
    at = before[label].index("Ada")
    result = rewrite(data, [SpanEdit((label,), at, at + len(NAME), b"Person 1")])
    assert texts(result) == before | {label: before[label].replace("Ada Lovelace", "Person 1")}
    assert rewrite(data, [SpanEdit((label,), at, at + len(NAME), NAME)]) == data


@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "tiff"])
def test_tags_are_not_changed(name: str) -> None:
    label = next(label for label in texts(PICTURES[name]) if label.startswith("picture:exif"))
    with pytest.raises(CannotReencode) as caught:
        rewrite(PICTURES[name], [SpanEdit((label,), 0, 3, b"x")])
    assert caught.value.via == (label,)


def test_the_key_of_a_text_is_not_changed() -> None:
    with pytest.raises(CannotReencode):
        rewrite(SCREEN, [SpanEdit(("picture:text 1",), 0, 6, b"x")])


def test_a_text_that_would_not_fit_its_segment_is_refused() -> None:
    with pytest.raises(CannotReencode):
        rewrite(PHOTO, [SpanEdit(("picture:comment 4",), 0, 3, b"x" * 70_000)])


def test_bombs_and_damage_are_named() -> None:
    bomb = png(chunk(b"zTXt", b"a\0\0" + zlib.compress(b" " * 8 * MIB)), chunk(b"tEXt", b"b\0small"))
    decoding = decode(bomb, budget=Budget(max_part_bytes=MIB, max_total_bytes=4 * MIB))
    assert [(u.reason, u.via) for u in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("picture:text 1",))]
    assert part_at(bomb, ("picture:text 2",)) == b"b: small"
    damaged = decode(png(chunk(b"zTXt", b"a\0\0xyz")))
    assert [(u.reason, u.via) for u in damaged.unread] == [(SkipReason.CORRUPT, ("picture:text 1",))]


def test_tags_that_share_one_place_are_bounded() -> None:
    large = b"x" * MIB
    entries = b"".join(struct.pack("<HHII", 0x010E, 2, MIB, 8 + 2 + 12 * 1000 + 4) for _ in range(1000))
    data = b"II*\0" + struct.pack("<IH", 8, 1000) + entries + bytes(4) + large
    decoding = decode(data)
    assert [(u.reason, u.via) for u in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("picture:exif 1",))]


def test_more_texts_than_the_budget_are_named() -> None:
    data = png(*(chunk(b"tEXt", b"a\0%d" % number) for number in range(200)))
    decoding = decode(data, budget=Budget(max_parts=50))
    assert len(decoding.parts) == 51
    assert [(u.reason, u.via) for u in decoding.unread] == [(SkipReason.ARCHIVE_BUDGET, ("picture",))]


def test_text_that_begins_like_a_picture_is_text() -> None:
    data = b"II* MM* GIF and RIFF are marks of pictures\n"
    assert [part.via for part in decode(data).parts] == [()]


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from(sorted(PICTURES)), at=st.integers(4, 900), junk=st.binary(max_size=6), cut=st.integers(0, 300)
)
def test_damaged_pictures_never_raise(name: str, at: int, junk: bytes, cut: int) -> None:
    whole = PICTURES[name]
    place = at % len(whole)
    data = whole[:4] + (whole[:place] + junk + whole[place + len(junk) :])[4 : max(12, len(whole) - cut)]
    decoding = decode(data)
    assert decode(data) == decoding
    for part in decoding.parts:
        assert part_at(data, part.via) == part.data

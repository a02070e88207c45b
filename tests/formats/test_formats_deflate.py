"""Stored deflate streams: any library opens them, and none had a say in their bytes."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats import deflate
from opensafe.formats.deflate import deflated


@given(st.binary(max_size=300), st.sampled_from([0, 1, 65_534, 65_535, 65_536, 131_070, 200_000]))
@settings(deadline=None, max_examples=40)
def test_it_opens_to_what_was_packed(tail: bytes, length: int) -> None:
    content = b"x" * length + tail
    opener = zlib.decompressobj(-15)
    assert opener.decompress(deflated(content)) + opener.flush() == content
    assert opener.eof


def test_its_bytes_are_those_of_the_specification() -> None:
    assert deflated(b"") == b"\x01\x00\x00\xff\xff"
    assert deflated(b"ab") == b"\x01\x02\x00\xfd\xffab"


def test_a_large_content_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deflate, "_LARGEST_STORED", 100)
    assert len(deflated(b"x" * 101)) < 100
    assert len(deflated(b"x" * 100)) == 105

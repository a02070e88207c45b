"""Text added at the end of a file: in its encoding, with its line endings, after every byte that is there."""

import codecs

import pytest

from opensafe.readiness.appending import extended


@pytest.mark.parametrize(
    ("data", "added"),
    [
        (b"a\n", b"Zo\xc3\xab\nb\n"),
        (b"a", b"\nZo\xc3\xab\nb\n"),
        (b"a\r\nb\r\nc\n", b"Zo\xc3\xab\r\nb\r\n"),
        (b"a\rb", b"\rZo\xc3\xab\rb\r"),
        (codecs.BOM_UTF8 + b"a\n", b"Zo\xc3\xab\nb\n"),
        (codecs.BOM_UTF16_LE + "a\r\n".encode("utf-16-le"), "Zoë\r\nb\r\n".encode("utf-16-le")),
        (codecs.BOM_UTF16_BE + "a".encode("utf-16-be"), "\nZoë\nb\n".encode("utf-16-be")),
        (b"caf\xe9\n", b"Zo\xeb\nb\n"),
    ],
)
def test_what_is_added_fits_what_is_there(data: bytes, added: bytes) -> None:
    file = extended("README.md", data, "Zoë\nb\n", "why")
    assert file is not None
    assert (file.path, file.data, file.added, file.why) == ("README.md", data + added, added, "why")


def test_a_character_that_the_encoding_has_not_is_named() -> None:
    file = extended("README.md", b"caf\xe9\n", "5 \u2264 6\n", "why")
    assert file is not None
    assert file.added == b"5 &#8804; 6\n"


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"a\x00b", codecs.BOM_UTF16_LE + b"a\x00b", codecs.BOM_UTF32_LE + "a".encode("utf-32-le")],
    ids=["nothing at hand", "blank", "binary", "half a character", "an encoding that is not known"],
)
def test_nothing_is_added_to_what_is_no_text(data: bytes) -> None:
    assert extended("README.md", data, "x\n", "why") is None

"""Texts whose letters are written by code: RTF documents, character references in other files than pages."""

import pytest

from opensafe.formats.decode import decode
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.model.plan import SpanEdit


def _part(data: bytes, *via: str) -> str:
    (found,) = [part.data.decode() for part in decode(data).parts if part.via == via]
    return found


@pytest.mark.parametrize(
    ("rich", "plain"),
    [
        (b"{\\rtf1\\ansi Jo{\\b hn}\\par next\\cell}", "John\nnext\t"),
        (b"{\\rtf1 caf\\'e9 \\u8364?1 \\u-10179 ?}", "café €1 \ud83d"),
        (b"{\\rtf1 a\\{b\\}c\\\\d\\~e\r\nf}", "a{b}c\\d ef"),
        (b"{\\rtf1{\\pict\\wmetafile8 " + b"0100ab\r\n" * 60 + b"}end}", "end"),
    ],
)
def test_rich_text_as_it_reads(rich: bytes, plain: str) -> None:
    (found,) = [part.data for part in decode(rich).parts if part.via == ("rtf-text",)]
    assert found.decode("utf-8", "surrogatepass") == plain


def test_rich_text_is_not_written_back() -> None:
    with pytest.raises(CannotReencode):
        rewrite(b"{\\rtf1 a}", [SpanEdit(("rtf-text",), 0, 1, b"x")])


def test_references_in_other_text_there_and_back() -> None:
    text = b"# a\nkey: pre&#97;&#x62;&#99;post other &#100;\n"
    assert _part(text, "references@9") == "preabcpost"
    edited = rewrite(text, [SpanEdit(("references@9",), 3, 6, b"<x>")])
    assert edited == b"# a\nkey: pre&lt;x&gt;post other &#100;\n"


@pytest.mark.parametrize("text", [b"&#97;&#98; c", b"&#20013;&#25991;&#23383;", b"&#0;&#55296;&#9999999;", b"&# 97;"])
def test_few_references_and_other_scripts_are_left(text: bytes) -> None:
    assert [part.via for part in decode(text).parts] == [()]

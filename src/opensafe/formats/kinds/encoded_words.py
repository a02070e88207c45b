"""Headers of mails with words that are not ASCII (RFC 2047): the whole header, unfolded, as one reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opensafe.formats.base64text import salvaged_base64
from opensafe.formats.content import Changes, Content
from opensafe.formats.kinds.inline import Inline
from opensafe.formats.quotedprintable import quoted_stretch
from opensafe.formats.runs import check_characters
from opensafe.model.edit import Edit, apply_edits, without_overlaps
from opensafe.model.expressions import expression

_WORD = rb"=\?([A-Za-z0-9-]{2,20})(?:\*[A-Za-z-]{1,20})?\?([BbQq])\?([^?\s]{0,500})\?="
_ONE = expression(_WORD)
_SPECIAL = expression(rb"(" + _WORD + rb"(?:\s{1,10}" + _WORD + rb"){0,200})|\r?\n(?=[ \t])")
_HEADER = expression(rb"^[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,200}", re.MULTILINE)
_CHARSETS = expression(r"(?:utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d|cp125\d|utf-16(?:le|be)?|koi8-[ru])")
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-")
_LONGEST = 16  # characters of a word that is written anew: with its frame it is rarely over 75 (RFC 2047, 2)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes `start` to `end` of the mail read as `text`; `is_coded`: they are encoded words."""

    start: int
    end: int
    text: bytes = field(repr=False)
    is_coded: bool = False


class EncodedWords(Inline):
    name = "header"
    signatures = frozenset({"eml"})
    vouches = True

    def may_stand_in(self, data: bytes) -> bool:
        return _ONE.search(data) is not None

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return ((start, b"".join(piece.text for piece in pieces)) for start, pieces in _headers(data))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        edits: list[Edit] = []
        for start, pieces in _headers(parent.data):
            label = self.label(start)
            if label in changes:
                edits += _changed(pieces, without_overlaps(changes[label]), label)
        return edits


def _headers(data: bytes) -> Iterator[tuple[int, list[_Piece]]]:
    for header in _HEADER.finditer(data):
        pieces = list(_pieces(data, header.start(), header.end()))
        if any(piece.is_coded for piece in pieces):
            yield header.start(), pieces


def _pieces(data: bytes, at: int, end: int) -> Iterator[_Piece]:
    for found in _SPECIAL.finditer(data, at, end):
        text = _meaning(found[0]) if found[1] else b""
        if found[1] and not text:
            continue
        yield _Piece(at, found.start(), data[at : found.start()])
        yield _Piece(found.start(), found.end(), text, is_coded=bool(found[1]))
        at = found.end()
    yield _Piece(at, end, data[at:end])


def _changed(pieces: Sequence[_Piece], edits: Sequence[Edit], label: str) -> Iterator[Edit]:
    """Every piece with what is changed in it; of an edit over several the replacement stands in the first."""
    whole = b"".join(piece.text for piece in pieces)
    for edit in edits:
        check_characters(whole, edit, label)
    at, written = 0, set[Edit]()
    for piece in pieces:
        stop = at + len(piece.text)
        local = [edit for edit in edits if (edit.start < stop and at < edit.end) or at <= edit.start == edit.end < stop]
        if local:
            clipped = [
                Edit(max(edit.start, at) - at, min(edit.end, stop) - at, b"" if edit in written else edit.replacement)
                for edit in local
            ]
            written.update(local)
            new = apply_edits(piece.text, clipped)
            yield Edit(piece.start, piece.end, _words(new.decode("utf-8")) if piece.is_coded else new)
        at = stop


def _meaning(run: bytes) -> bytes:
    """As UTF-8; nothing for character sets that no known mail program writes."""
    pieces: list[tuple[str, bytes]] = []
    for word in _ONE.finditer(run):
        charset = word[1].decode("ascii").lower()
        if not _CHARSETS.fullmatch(charset):
            return b""
        content = _content(word[2], word[3])
        if pieces and pieces[-1][0] == charset:  # one character may be split over two words
            content = pieces.pop()[1] + content
        pieces.append((charset, content))
    try:
        return "".join(str(content, charset, "replace") for charset, content in pieces).encode("utf-8")
    except (LookupError, UnicodeError):
        return b""


def _content(kind: bytes, text: bytes) -> bytes:
    if kind in b"bB":
        return salvaged_base64(text)
    spaced = text.replace(b"_", b" ")
    return quoted_stretch(spaced, 0, len(spaced)).meaning(spaced)


def _words(text: str) -> bytes:
    """New words in UTF-8; no character is split."""
    chunks = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
    return b" ".join(b"=?utf-8?q?%s?=" % _quoted(chunk.encode("utf-8")) for chunk in chunks)


def _quoted(text: bytes) -> bytes:
    return b"".join(bytes([c]) if c in _LETTERS else b"_" if c == 0x20 else b"=%02X" % c for c in text)  # noqa: PLR2004 - a space


FORMAT = EncodedWords()

"""Who wrote, changed or commented a document, as its XML says: `author: NAME`, so that it is known what a name is.

In Office files the properties (ECMA-376, part 2, 11), authors of comments and tracked changes, and who refreshed a
pivot table; in OpenDocument the metadata; in pictures and PDF files packets of XMP; in pages the `meta` of authors.
"""

import re
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.runs import translate
from opensafe.formats.xmltext import Span, escaped, pieces_of, runs_of
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_LABEL = "people"
_HEAD = 4096
_SCHEMAS = (
    *(b"schemas.openxmlformats.org/", b"schemas.microsoft.com/office", b"purl.oclc.org/ooxml", b"adobe:ns:meta"),
    *(b"urn:oasis:names:tc:opendocument", b"urn:schemas-microsoft-com:office", b"purl.org/dc/elements"),
)
_WRITER = rb"(?:dc:)?creator|(?:meta:)?initial-creator|o:Author|author|photoshop:Writer|pdf:Author"
_CHANGER = rb"(?:cp:)?lastModifiedBy|o:LastAuthor|meta:printed-by"
_ELEMENT = expression(
    rb"<(?:(?P<author>" + _WRITER + rb")|(?P<modified_by>" + _CHANGER + rb")|(?P<contact>Manager|o:Manager))"
    rb"(?:\s[^<>]{0,200})?>(?P<list>\s{0,40}<rdf:(?:Seq|Bag|Alt)>)?\s{0,40}(?:<rdf:li[^<>]{0,200}>)?"
    rb"(?P<name>[^<>]{1,400})<"
)
_MORE = expression(rb"/rdf:li>\s{0,40}<rdf:li[^<>]{0,200}>(?P<name>[^<>]{1,400})<")
_ATTRIBUTE = expression(
    rb"(?:\s(?:(?P<author>(?:w\d{0,2}:|x:|office:|loext:)?author)|(?P<modified_by>refreshedBy|userName|lastEditedBy))"
    rb"|<(?:\w{1,10}:)?(?:person|cmAuthor)\s[^<>]{0,200}?(?P<contact>displayName|name))=\"(?P<name>[^\"<>]{1,400})\""
)
_PAGE = expression(
    rb"<(?:meta\s{1,8}name=\"?author\"?\s{1,8}content=\"(?P<name>[^\"<>]{1,400})\""
    rb"|(?:p|span|h\d|div)\s{1,8}class=\"author\">(?P<shown>[^<>]{1,400})<)",
    re.IGNORECASE,
)


class DocumentPeople:
    signatures = frozenset({"xml", "html", "text", "svg", "fhir"})
    nests = False
    replaces = False

    def recognises(self, content: Content) -> bool:
        nature = content.nature
        if nature.encoding != "utf-8" or not content.data.startswith(b"<"):
            return False
        return nature.signature == "html" or any(schema in content.data[:_HEAD] for schema in _SCHEMAS)

    def owns(self, label: str) -> bool:
        return label == _LABEL

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        text, _ = _people(content)
        if len(text) > meter.limit:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="over the budget of one file")
        elif text:
            yield Unpacked(_LABEL, text, Role.METADATA, leaf=True)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        text, spans = _people(parent)
        return translate(text, runs_of(spans), changes[_LABEL], escaped, _LABEL)


def _people(content: Content) -> tuple[bytes, list[Span]]:
    """A line for each place where somebody is named, and where the names stand."""
    pieces: list[bytes] = []
    spans: list[Span] = []
    at = 0
    for word, start, end in _places(content):
        pieces.append(word)
        at += len(word)
        for piece, span in pieces_of(content.data[start:end], at, start):
            pieces.append(piece)
            spans.append(span)
            at += span[1]
        pieces.append(b"\n")
        at += 1
    return b"".join(pieces), spans


def _places(content: Content) -> Iterator[tuple[bytes, int, int]]:
    """What a name is said to be, and where it begins and ends."""
    data = content.data
    for found in _ELEMENT.finditer(data):
        yield _word(found), *found.span("name")
        more = _MORE.match(data, found.end()) if found["list"] else None
        while more:
            yield _word(found), *more.span("name")
            more = _MORE.match(data, more.end())
    if content.nature.signature != "html":
        for found in _ATTRIBUTE.finditer(data):
            yield _word(found), *found.span("name")
    else:
        for found in _PAGE.finditer(data):
            yield b"author: ", *found.span("name" if found["name"] else "shown")


def _word(found: re.Match[bytes]) -> bytes:
    """The group that took part: a word that a detector of names knows."""
    word = next(name for name, value in found.groupdict().items() if value and name not in {"name", "list"})
    return word.replace("_", " ").encode("ascii") + b": "


FORMAT = DocumentPeople()

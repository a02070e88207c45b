"""The text of Office documents with the tags taken out, since one value may be split over several of them."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.markup import Reading, text_between_tags
from opensafe.formats.runs import translate
from opensafe.formats.xmltext import escaped, runs_of
from opensafe.model.edit import Edit
from opensafe.model.skip import SkipReason, Unread

_LABEL, _BEFORE = "xml-text", "xml-text-before"
_HEAD = 4096
_SCHEMAS = (
    *(b"schemas.openxmlformats.org/", b"purl.oclc.org/ooxml", b"schemas.microsoft.com/office"),
    *(b"urn:oasis:names:tc:opendocument", b"schemas.microsoft.com/office/word/2003"),
)
_PARAGRAPHS = (
    *(b"</w:p>", b"</a:p>", b"</text:p>", b"</text:h>"),  # documents, slides and shapes, OpenDocument
    *(b"</si>", b"</comment>", b"</x:si>", b"</x:comment>", b"</text>"),  # texts and remarks of workbooks
)
_BREAKS = {
    **{tag[1:-1]: b"\n" for tag in _PARAGRAPHS},
    **dict.fromkeys(
        (b"w:br", b"w:cr", b"w:tab", b"a:br", b"text:tab", b"text:line-break", b"/w:tc", b"/author"), b"\n"
    ),
    **dict.fromkeys((b"text:s", b"/table:table-cell"), b" "),
    b"w:nobreakhyphen": b"-",
}
_DELETED, _INSERTED = b"<w:delText", b"<w:ins "
_READINGS = {
    _LABEL: Reading(_BREAKS, frozenset({b"w:deltext"})),
    _BEFORE: Reading(_BREAKS, frozenset({b"w:ins"})),
}


class MarkupText:
    signatures = frozenset({"xml", "html", "text", "svg", "fhir"})
    nests = False
    replaces = False

    def recognises(self, content: Content) -> bool:
        data = content.data
        if not data.startswith(b"<") or not any(schema in data[:_HEAD] for schema in _SCHEMAS):
            return False
        return any(tag in data for tag in _PARAGRAPHS)

    def owns(self, label: str) -> bool:
        return label in _READINGS

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """As it reads now, and where changes are tracked as it read before them."""
        data = content.data
        labels = (_LABEL, _BEFORE) if _DELETED in data or _INSERTED in data else (_LABEL,)
        for label in labels:
            text, _ = text_between_tags(data, 0, len(data), _READINGS[label])
            if len(text) > meter.limit:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
            elif text.strip():
                yield Unpacked(label, text, content.role, leaf=True)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        edits: list[Edit] = []
        for label, wanted in changes.items():
            text, spans = text_between_tags(parent.data, 0, len(parent.data), _READINGS[label])
            edits += translate(text, runs_of(spans), wanted, escaped, label)
        return edits


FORMAT = MarkupText()

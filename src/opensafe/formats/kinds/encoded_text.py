"""Text that is not plain UTF-8: `via` names the encoding (facts, names 10)."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.formats.encodings import ENCODINGS, WIDE, decoded, encoded, mark_of
from opensafe.formats.runs import check_characters
from opensafe.model.edit import Edit, without_overlaps
from opensafe.model.expressions import expression
from opensafe.model.skip import Unread
from opensafe.model.specimen import Role

_STRAY = "single-bytes"
"""The raw bytes, where a program that writes one byte a character was let loose on a file of wide ones."""

_NARROW = expression(rb"[\t\n\r\x20-\x7e]{12}")


class EncodedText:
    signatures = None
    nests = False
    replaces = True

    def recognises(self, content: Content) -> bool:
        return content.nature.encoding in ENCODINGS

    def owns(self, label: str) -> bool:
        return label in ENCODINGS or label == _STRAY

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        encoding = content.nature.encoding
        if len(content.data) <= meter.limit:
            yield Unpacked(encoding, decoded(content.data, encoding), content.role, content.name, is_text=True)
            if encoding in WIDE and _NARROW.search(content.data):
                yield Unpacked(_STRAY, content.data, Role.BINARY, leaf=True)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Offsets are counted by encoding the text before each span again."""
        encoding = parent.nature.encoding
        text = decoded(parent.data, encoding)
        translated = list(changes.get(_STRAY, ()))
        at, raw = 0, len(mark_of(parent.data, encoding))
        for edit in without_overlaps(changes.get(encoding, ())):
            check_characters(text, edit, encoding)
            start = raw + len(encoded(text[at : edit.start], encoding))
            end = start + len(encoded(text[edit.start : edit.end], encoding))
            translated.append(Edit(start, end, self._replacement(edit, encoding)))
            at, raw = edit.end, end
        return translated

    @staticmethod
    def _replacement(edit: Edit, encoding: str) -> bytes:
        try:
            return encoded(edit.replacement, encoding)
        except UnicodeEncodeError:
            raise CannotReencode((encoding,), "the replacement has characters that this encoding lacks") from None


FORMAT = EncodedText()

"""Streams compressed as a whole: gzip, bz2, xz, lzma, zstd, lz4, zlib."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.compression import SUFFIXES, Damaged, OverLimit, decompressed, recompressed, stream_name
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import SkipReason, Unread


class Compressed:
    signatures = None
    nests = True
    replaces = False

    def recognises(self, content: Content) -> bool:
        return not content.nature.is_text and bool(stream_name(content.data))

    def owns(self, label: str) -> bool:
        return label in SUFFIXES

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        label = stream_name(content.data)
        limit = meter.limit
        try:
            inner = decompressed(content.data, label, limit)
        except OverLimit:
            meter.charge(limit)
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
        except Damaged:
            meter.charge(limit)
            yield Unread(SkipReason.CORRUPT, via=(label,), detail="the compressed stream is damaged or cut")
        else:
            yield Unpacked(label, inner, content.role, content.name.removesuffix(SUFFIXES[label]))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        ((label, edits),) = changes.items()
        if label == "lz4":
            raise CannotReencode((label,), "nothing here writes lz4")
        inner = decompressed(parent.data, label, Meter().limit)
        return [Edit(0, len(parent.data), recompressed(parent.data, label, apply_edits(inner, edits)))]


FORMAT = Compressed()

"""Text that pictures carry: captions, authors, comments. What they show is not read: a detector asks about it."""

from collections.abc import Iterator
from itertools import islice

from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.formats.exif import TagsTooLarge, exif_lines, iptc_lines, packet_of
from opensafe.formats.pictures import PICTURES, Block, PictureDamaged, PictureTooLarge, blocks_of
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_PREFIX = "picture:"
_TIFF_PACKET = "picture:xmp"
_LINES = {"exif": exif_lines, "iptc": iptc_lines}
_PACKET = "XML:com.adobe.xmp"  # the key of an XMP packet in PNG


class PictureText:
    signatures = PICTURES
    nests = True
    replaces = False

    def recognises(self, _content: Content) -> bool:
        return True

    def owns(self, label: str) -> bool:
        return label.startswith(_PREFIX)

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        blocks = blocks_of(content.data, content.nature.signature)
        for number, block in enumerate(islice(blocks, meter.parts_left + 1), 1):
            if not meter.parts_left:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=("picture",), detail="more texts than the budget has")
                return
            yield from _unpacked(_label(block, number), block, meter)
        if content.nature.signature == "tiff" and (packet := packet_of(content.data)):
            yield Unpacked(_TIFF_PACKET, packet, Role.METADATA)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Only texts that stand there in one piece; tags of EXIF are found by offsets."""
        edits: list[Edit] = []
        for number, block in enumerate(blocks_of(parent.data, parent.nature.signature), 1):
            label = _label(block, number)
            if label in changes:
                head = len(_head(block))
                inner = [Edit(edit.start - head, edit.end - head, edit.replacement) for edit in changes[label]]
                edits.append(_changed(block, label, inner))
        if _TIFF_PACKET in changes:
            raise CannotReencode((_TIFF_PACKET,), "tags are found by offsets")
        return edits


def _label(block: Block, number: int) -> str:
    return f"{_PREFIX}{block.kind} {number}"


def _head(block: Block) -> bytes:
    """`Author: ` before the text, so that it is known what it is; a packet of XMP says it itself."""
    return block.key + b": " if block.key and block.key.decode("latin-1") != _PACKET else b""


def _unpacked(label: str, block: Block, meter: Meter) -> Iterator[Unpacked | Unread]:
    limit = meter.limit
    try:
        inner = _text(block, limit)
    except (PictureTooLarge, TagsTooLarge):
        meter.charge(limit)
        yield Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
    except PictureDamaged:
        yield Unread(SkipReason.CORRUPT, via=(label,), detail="a packed text is damaged")
    else:
        if inner:
            yield Unpacked(label, _head(block) + inner, Role.METADATA, leaf=block.kind in _LINES)


def _text(block: Block, limit: int) -> bytes:
    inner = block.packed(limit)
    if block.kind not in _LINES:
        return inner
    return "".join(f"{line}\n" for line in _LINES[block.kind](inner)).encode("utf-8", "replace")


def _changed(block: Block, label: str, edits: list[Edit]) -> Edit:
    new = None
    if block.kind not in _LINES and all(edit.start >= 0 for edit in edits):
        new = block.written(apply_edits(block.packed(Meter().limit), edits))
    if new is None:
        raise CannotReencode((label,), "it does not stand in the file as a text of its own")
    return Edit(block.start, block.end, new)


FORMAT = PictureText()

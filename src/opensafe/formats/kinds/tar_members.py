"""Members of tar files."""

import io
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence

from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.formats.labels import told
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_NAMES = "tar:names"
_BLOCK = 512
_SIZE, _SUM = slice(124, 136), slice(148, 156)  # fields of a header (POSIX.1, pax interchange format)
_DAMAGED = (tarfile.TarError, OSError, ValueError, OverflowError, EOFError, KeyError, IndexError)


def _labelled(archive: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    seen = Counter([_NAMES])
    while (member := archive.next()) is not None:
        label = f"tar:{told(member.name)}"
        seen[label] += 1
        yield (label if seen[label] == 1 else f"{label}#{seen[label]}"), member


class TarMembers:
    signatures = frozenset({"tar"})
    nests = True
    replaces = False

    def recognises(self, _content: Content) -> bool:
        return True

    def owns(self, label: str) -> bool:
        return label.startswith("tar:")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """The members, then all that stands in headers: names, targets of links, owners."""
        headers: list[str] = []
        limit = meter.parts_left
        try:
            with tarfile.open(fileobj=io.BytesIO(content.data), mode="r:") as archive:
                for label, member in _labelled(archive):
                    if len(headers) >= limit:
                        yield Unread(SkipReason.ARCHIVE_BUDGET, via=("tar",), detail="more members than the budget has")
                        break
                    headers.append(f"{member.name}\t{member.linkname}\t{member.uname}\t{member.gname}")
                    if member.isreg():
                        yield self._member(archive, label, member, meter)
        except _DAMAGED:
            yield Unread(SkipReason.CORRUPT, via=("tar",), detail="the archive is damaged or cut")
        if headers:
            yield Unpacked(_NAMES, "".join(f"{line}\n" for line in headers).encode("utf-8", "replace"), Role.METADATA)

    @staticmethod
    def _member(archive: tarfile.TarFile, label: str, member: tarfile.TarInfo, meter: Meter) -> Unpacked | Unread:
        if member.size > meter.limit:
            return Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail=f"{member.size} bytes are over the budget")
        file = archive.extractfile(member)
        inner = file.read() if file else b""
        if len(inner) != member.size:
            return Unread(SkipReason.CORRUPT, via=(label,), detail="it is cut")
        return Unpacked(label, inner, Role.TEXT, member.name.encode("utf-8", "replace"))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        if _NAMES in changes:
            raise CannotReencode((_NAMES,), "names of members are not changed")
        edits: list[Edit] = []
        try:
            with tarfile.open(fileobj=io.BytesIO(parent.data), mode="r:") as archive:
                for label, member in _labelled(archive):
                    if label in changes:
                        edits += _replaced(parent.data, label, member, changes[label])
        except _DAMAGED:
            raise CannotReencode((min(changes),), "the archive is damaged or cut") from None
        return edits


def _replaced(data: bytes, label: str, member: tarfile.TarInfo, edits: Sequence[Edit]) -> list[Edit]:
    """The content with its padding, and the size and check sum in the header right before it."""
    if member.sparse is not None or "size" in member.pax_headers:
        raise CannotReencode((label,), "its size does not stand in its header")
    start, end = member.offset_data, member.offset_data + member.size
    content = apply_edits(data[start:end], edits)
    header_at = start - _BLOCK
    header = bytearray(data[header_at:start])
    header[_SIZE] = b"%011o\0" % len(content)
    header[_SUM] = b" " * 8
    header[_SUM] = b"%06o\0 " % sum(header)
    padded = end + -member.size % _BLOCK
    return [Edit(header_at, start, bytes(header)), Edit(start, padded, content + bytes(-len(content) % _BLOCK))]


FORMAT = TarMembers()

"""Members of zip files, Office documents included."""

from collections import Counter
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.formats.labels import told
from opensafe.formats.ziplayout import Entry, NotZip, directory_of, entries_of, read_entry
from opensafe.formats.zipmethods import Unsupported
from opensafe.formats.zippatch import replaced_members
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_NAMES = "zip:names"
_SIGNATURES = frozenset({"zip", "zip-data", "xlsx", "xlsb", "ods", "odt", "odp", "docx", "pptx", "npy"})


def labelled(data: bytes) -> Iterator[tuple[str, Entry]]:
    """Every member with its label in `via`: the name, numbered where it is not the first of that name.

    Raises NotZip where the directory ends in disorder.
    """
    seen = Counter([_NAMES])
    for entry in entries_of(data):
        label = f"zip:{told(entry.name)}"
        seen[label] += 1
        yield (label if seen[label] == 1 else f"{label}#{seen[label]}"), entry


class ZipMembers:
    signatures = _SIGNATURES
    nests = True
    replaces = False

    def recognises(self, content: Content) -> bool:
        return content.data.startswith(b"PK")

    def owns(self, label: str) -> bool:
        return label.startswith("zip:")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """The names first, then every member that can be read; a directory in disorder ends it."""
        names: list[str] = []
        limit = meter.parts_left
        try:
            for label, entry in labelled(content.data):
                if len(names) >= limit:
                    yield Unread(SkipReason.ARCHIVE_BUDGET, via=("zip",), detail="more members than the budget has")
                    break
                names.append(entry.name)
                if not entry.is_folder:
                    yield self._member(content.data, label, entry, meter)
        except NotZip:
            yield Unread(SkipReason.CORRUPT, via=("zip",), detail="the directory of members is damaged")
        if names:
            yield Unpacked(_NAMES, _as_lines(names), Role.METADATA)

    def _member(self, data: bytes, label: str, entry: Entry, meter: Meter) -> Unpacked | Unread:
        if entry.is_encrypted:
            return Unread(SkipReason.ENCRYPTED, via=(label,))
        if entry.size > meter.limit:
            return Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail=f"{entry.size} bytes are over the budget")
        try:
            return Unpacked(label, read_entry(data, entry), Role.TEXT, entry.name.encode("utf-8", "replace"))
        except NotZip:
            meter.charge(entry.size)
            return Unread(SkipReason.CORRUPT, via=(label,), detail="it does not match its size or check sum")
        except Unsupported:
            return Unread(SkipReason.UNSUPPORTED, via=(label,), detail=f"compression method {entry.method}")

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Only the members that change are packed again; offsets and sizes in the directory follow."""
        if _NAMES in changes:
            raise CannotReencode((_NAMES,), "names of members are not changed")
        try:
            if directory_of(parent.data).is_zip64:
                raise CannotReencode((min(changes),), "it is a zip64 archive")
            contents = {
                entry.central_at: apply_edits(read_entry(parent.data, entry), changes[label])
                for label, entry in labelled(parent.data)
                if label in changes
            }
            return replaced_members(parent.data, contents)
        except NotZip:
            raise CannotReencode((min(changes),), "the directory of members is damaged") from None
        except Unsupported:
            raise CannotReencode((min(changes),), "nothing here writes its compression") from None


def _as_lines(names: list[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("utf-8", "replace")


FORMAT = ZipMembers()

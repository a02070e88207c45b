"""Files whose content cannot be read here: named as unread, never passed over.

Readers of 7z and rar are under LGPL or start a program.
"""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread

_REASONS = {
    "7z": (SkipReason.UNSUPPORTED, "a 7z archive: unpack it to look inside"),
    "git-pack": (SkipReason.UNSUPPORTED, "a pack of git objects: audit the repository that it belongs to"),
    "git-bundle": (SkipReason.UNSUPPORTED, "a bundle of git: clone it and audit the clone"),
    "rar": (SkipReason.UNSUPPORTED, "a rar archive: unpack it to look inside"),
    "lfs-pointer": (SkipReason.LFS, "a pointer: the content lies in another store"),
    "annex-pointer": (SkipReason.LFS, "a pointer of git-annex: the content lies in another store"),
}
_SIZE = expression(rb"(?m)^size ([0-9]{1,18})\r?$")


class Closed(Generated):
    prefix = "\0"  # gives no parts, so no label is its own
    signatures = frozenset(_REASONS)

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        reason, detail = _REASONS[content.nature.signature]
        size = _SIZE.search(content.data) if reason is SkipReason.LFS else None
        yield Unread(reason, detail=f"{detail}, {int(size[1]):,} bytes" if size else detail)


FORMAT = Closed()

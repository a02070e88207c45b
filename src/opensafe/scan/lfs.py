"""Contents of Git LFS that are on this machine, judged in the place of their pointers."""

from collections.abc import Sequence
from dataclasses import replace

from opensafe.history.lfs_contents import VIA, LfsContent, lfs_contents
from opensafe.history.reading import History
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.content import ContentScanner
from opensafe.scan.late import NO_OID
from opensafe.scan.settings import ScanSettings


def with_lfs(
    settings: ScanSettings, history: History, scans: Sequence[ObjectScan]
) -> tuple[list[ObjectScan], list[Unread]]:
    """The scans with those of LFS contents, without the skips of pointers whose content was read; and what was not."""
    unread: list[Unread] = []
    more: list[ObjectScan] = []
    scanner: ContentScanner | None = None
    for item in lfs_contents(history.layout, history.view, history.graph.sizes):
        if isinstance(item, Unread):
            unread.append(item)
        else:
            scanner = scanner or ContentScanner(settings)  # most repositories have no such content
            more.append(_scan(scanner, history, item))
    read = {scan.oid for scan in more}
    kept = [replace(scan, unread=_other(scan)) if scan.oid in read else scan for scan in scans]
    return [*kept, *more], unread


def _other(scan: ObjectScan) -> tuple[Unread, ...]:
    return tuple(item for item in scan.unread if item.reason is not SkipReason.LFS)


def _scan(scanner: ContentScanner, history: History, item: LfsContent) -> ObjectScan:
    """Offsets count in the LFS content, which `via` says: nothing can be changed there, only removed."""
    path, kind = history.provenance.first_path(item.oid) if item.oid else (item.path, PlaceKind.UNREACHABLE)
    scan = scanner.scan(item.oid or NO_OID, item.data, path, kind)
    matches = tuple(replace(match, via=(VIA, *match.via)) for match in scan.matches)
    return replace(scan, matches=matches, unread=tuple(replace(u, via=(VIA, *u.via)) for u in scan.unread))

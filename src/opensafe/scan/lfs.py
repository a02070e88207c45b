"""Contents of Git LFS that are on this machine, judged in the place of their pointers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opensafe.history.lfs_contents import VIA, LfsContent, lfs_contents
from opensafe.history.reading import History
from opensafe.model.match import ObjectScan, Verdict
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.content import ContentScanner
from opensafe.scan.late import NO_OID, KnownValue, LiteralScanner, known_values, worth_searching
from opensafe.scan.settings import ScanSettings
from opensafe.scan.values import Contents


@dataclass(frozen=True, slots=True)
class LfsScans:
    """The outcome of each content, what could not be read, and the values that were learnt there."""

    scans: tuple[ObjectScan, ...] = ()
    unread: tuple[Unread, ...] = ()
    learnt: tuple[KnownValue, ...] = ()


def scan_lfs(settings: ScanSettings, history: History) -> LfsScans:
    """The first pass over contents of LFS; values that are known already do not matter."""
    scans: list[ObjectScan] = []
    unread: list[Unread] = []
    learnt: list[tuple[Verdict, Secret]] = []
    scanner: ContentScanner | None = None
    for item in _contents(history):
        if isinstance(item, Unread):
            unread.append(item)
            continue
        scanner = scanner or ContentScanner(settings)  # most repositories have no such content
        path, kind = _standing(history, item)
        scan = scanner.scan(item.oid or NO_OID, item.data, path, kind)
        learnt += _values(scan, item.data)
        scans.append(_behind(scan))
    return LfsScans(tuple(scans), tuple(unread), known_values(learnt))


def with_lfs(
    history: History, scans: Sequence[ObjectScan], lfs: LfsScans, values: Sequence[KnownValue]
) -> list[ObjectScan]:
    """The scans with those of LFS contents, searched for `values`; a pointer whose content was read is no skip."""
    read = {scan.oid for scan in lfs.scans}
    kept = [replace(scan, unread=_other(scan)) if scan.oid in read else scan for scan in scans]
    return [*kept, *lfs.scans, *(_searched(history, values) if read and values else ())]


def _searched(history: History, values: Sequence[KnownValue]) -> Iterator[ObjectScan]:
    search = LiteralScanner(values)
    for item in _contents(history):
        if isinstance(item, LfsContent):
            yield _behind(search.scan(item.oid or NO_OID, item.data, *_standing(history, item)))


def _contents(history: History) -> Iterator[LfsContent | Unread]:
    return lfs_contents(history.layout, history.view, history.graph.sizes)


def _values(scan: ObjectScan, data: bytes) -> Iterator[tuple[Verdict, Secret]]:
    contents = Contents(data)
    for match in scan.matches:
        if worth_searching(match.verdict):
            value = contents.value(match.via, match.start, match.end, match.verdict.form)
            if value is not None:
                yield match.verdict, value


def _other(scan: ObjectScan) -> tuple[Unread, ...]:
    return tuple(item for item in scan.unread if item.reason is not SkipReason.LFS)


def _standing(history: History, item: LfsContent) -> tuple[bytes, PlaceKind]:
    return history.provenance.first_path(item.oid) if item.oid else (item.path, PlaceKind.UNREACHABLE)


def _behind(scan: ObjectScan) -> ObjectScan:
    """Offsets count in the LFS content, which `via` says: nothing can be changed there, only removed."""
    matches = tuple(replace(match, via=(VIA, *match.via)) for match in scan.matches)
    return replace(scan, matches=matches, unread=tuple(replace(u, via=(VIA, *u.via)) for u in scan.unread))

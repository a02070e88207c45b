"""The second pass: gathers the values that are known by now, and searches everywhere for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from opensafe.git.view import ObjectView
from opensafe.history.metadata import Located
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.scan.late import NO_OID, KnownValue, LiteralScanner, known_values, worth_searching
from opensafe.scan.settings import BlobJob, ScanSettings
from opensafe.scan.values import Contents, values_of
from opensafe.scan.workers import scan_blobs


@dataclass(frozen=True, slots=True)
class LateMatches:
    """What the second pass found: in blobs, and for each specimen outside them in the order given."""

    scans: tuple[ObjectScan, ...]
    located: tuple[tuple[Match, ...], ...]


def search_known_values(
    view: ObjectView,
    jobs: Sequence[BlobJob],
    settings: ScanSettings,
    described: Sequence[tuple[Located, ObjectScan]],
    scans: Sequence[ObjectScan],
    progress: Progress,
    known: Sequence[KnownValue] = (),
) -> LateMatches:
    """Search every content and every specimen for the values that the first pass was sure of, and for `known` ones."""
    learnt = known_values([*_known_in_blobs(view, scans), *_known_in_metadata(described)])
    values = tuple({value.plain: value for value in (*learnt, *known)}.values())
    if not values:
        return LateMatches((), ((),) * len(described))
    progress.stage(f"Searching for {len(values)} known values", len(jobs))
    found: list[ObjectScan] = []
    for scan in scan_blobs(view, jobs, settings.processes, partial(LiteralScanner, values)):
        progress.advance()
        if scan.matches:
            found.append(scan)
    searcher = LiteralScanner(values)
    return LateMatches(tuple(found), tuple(_in_specimen(searcher, located) for located, _ in described))


def _in_specimen(searcher: LiteralScanner, located: Located) -> tuple[Match, ...]:
    specimen = located.specimen
    return searcher.scan(located.oid or NO_OID, specimen.data, specimen.path, specimen.kind).matches


def _known_in_blobs(view: ObjectView, scans: Iterable[ObjectScan]) -> Iterator[tuple[Match, Secret]]:
    """One place for each finding is enough to read its value."""
    wanted: dict[str, tuple[Oid, Match]] = {}
    for scan in scans:
        for match in scan.matches:
            if worth_searching(match):
                wanted.setdefault(match.finding, (scan.oid, match))
    yield from values_of(view, wanted.values())


def _known_in_metadata(described: Iterable[tuple[Located, ObjectScan]]) -> Iterator[tuple[Match, Secret]]:
    for located, scan in described:
        for match in scan.matches:
            if worth_searching(match):
                value = Contents(located.specimen.data).value(match.via, match.start, match.end, match.form)
                if value is not None:
                    yield match, value

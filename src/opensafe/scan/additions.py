"""Scans what is about to be added to a repository, by the same rules and in the same two passes as an audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from opensafe.git.stream import list_headers
from opensafe.git.view import ObjectView
from opensafe.history.additions import Additions
from opensafe.history.metadata import Located
from opensafe.history.provenance import Provenance
from opensafe.history.trailers import trailer_spans
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding, Form
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.skip import Unread
from opensafe.scan.assemble import Assembly, masked_names
from opensafe.scan.content import ContentScanner
from opensafe.scan.coverage import skip_of
from opensafe.scan.late import NO_OID
from opensafe.scan.names import Names
from opensafe.scan.second_pass import search_known_values
from opensafe.scan.settings import BlobJob, ScanSettings
from opensafe.scan.workers import scan_blobs

_OF_A_PERSON = frozenset({Form.EMAIL, Form.PERSON_NAME, Form.LOGIN})


@dataclass(frozen=True, slots=True)
class ScannedAdditions:
    """Every finding with all its places, and what was read: objects, and messages that are no object yet."""

    findings: tuple[Finding, ...]
    coverage: Coverage


def scan_additions(view: ObjectView, added: Additions, settings: ScanSettings, progress: Progress) -> ScannedAdditions:
    """Scan contents, messages and names. The rules are only loaded where there is anything to scan."""
    provenance = added.provenance()
    jobs, absent = _jobs(view, provenance)
    texts = [*added.texts, *added.names()]
    scans = list(_scanned(view, jobs, settings, progress))
    described = [(text, _scan_text(_scanner(settings), text)) for text in texts]
    late = search_known_values(view, jobs, settings, described, scans, progress)
    matched = [
        (text, _without_trailers(text, [*scan.matches, *more]))
        for (text, scan), more in zip(described, late.located, strict=True)
    ]
    names = Names(masked_names(matched))
    assembly = Assembly(settings.key, provenance, names)
    for scan in (*scans, *late.scans):
        assembly.add_object(scan)
    for text, matches in matched:
        assembly.add_located(text, matches)
    unread = [*added.unread, *absent, *(item for scan in scans for item in scan.unread)]
    unread += [replace(item, oid=text.oid, path=text.path) for text, scan in described for item in scan.unread]
    return ScannedAdditions(assembly.findings(), _coverage(added, scans, texts, unread, settings, names))


def _jobs(view: ObjectView, provenance: Provenance) -> tuple[list[BlobJob], list[Unread]]:
    """Every content once, judged under the first of its paths; and those that are not there."""
    jobs: list[BlobJob] = []
    absent: list[Unread] = []
    oids = sorted(provenance.beside)
    for oid, header in zip(oids, list_headers(view, oids), strict=True):
        path, kind = provenance.first_path(oid)
        if isinstance(header, Unread):
            absent.append(replace(header, path=path or None))
        else:
            jobs.append(BlobJob(oid, path, kind, header.size))
    return jobs, absent


def _scanned(
    view: ObjectView, jobs: Sequence[BlobJob], settings: ScanSettings, progress: Progress
) -> Iterator[ObjectScan]:
    progress.stage("Reading what is new", len(jobs))
    for scan in scan_blobs(view, jobs, settings.processes, partial(_scanner, settings)) if jobs else ():
        progress.advance()
        yield scan


@lru_cache(maxsize=1)
def _scanner(settings: ScanSettings) -> ContentScanner:
    """One for a process: loading the rules costs more than most commits do."""
    return ContentScanner(settings)


def _scan_text(scanner: ContentScanner, text: Located) -> ObjectScan:
    specimen = text.specimen
    return scanner.scan(text.oid or NO_OID, specimen.data, specimen.path, specimen.kind)


def _without_trailers(text: Located, matches: Sequence[Match]) -> list[Match]:
    """Who signs a commit or is named as its co-author wants to be: people in trailers are no findings."""
    if text.specimen.kind is not PlaceKind.COMMIT_MESSAGE:
        return list(matches)
    spans = list(trailer_spans(text.specimen.data))
    return [
        match
        for match in matches
        if match.via or match.form not in _OF_A_PERSON or not any(s <= match.start < e for s, e in spans)
    ]


def _coverage(
    added: Additions,
    scans: Sequence[ObjectScan],
    texts: Sequence[Located],
    unread: Sequence[Unread],
    settings: ScanSettings,
    names: Names,
) -> Coverage:
    """What is missing counts as an object that was not read."""
    skips = {skip.id: skip for skip in (skip_of(item, settings.key, names) for item in unread)}
    kinds: Mapping[str, int] = {"blob": len(scans), **added.kinds}
    there = {Oid(scan.oid) for scan in scans}
    missing = {item.oid or item.detail for item in unread if not item.via and item.oid not in there}
    whole = {scan.oid for scan in scans for item in scan.unread if not item.via and not scan.bytes}
    read = sum(kinds.values()) - len(whole)
    return Coverage(
        objects=read + len(whole) + len(missing),
        read=read,
        bytes=sum(scan.bytes for scan in scans) + sum(len(text.specimen.data) for text in texts),
        by_kind=kinds,
        skipped=tuple(sorted(skips.values(), key=lambda skip: (skip.reason, skip.path or "", skip.id))),
    )

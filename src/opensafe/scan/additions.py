"""Scans what is about to be added to a repository, by the same rules and in the same two passes as an audit."""

from collections.abc import Mapping, Sequence
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
from opensafe.scan.contents import NoMemory, scan_all, text_jobs
from opensafe.scan.coverage import skip_of
from opensafe.scan.crew import crew_for
from opensafe.scan.names import Names
from opensafe.scan.second_pass import Before, keyed, known_in_blobs, known_in_texts, known_to, search_known_values
from opensafe.scan.settings import BlobJob, Job, ScanSettings
from opensafe.scan.sources import Folders
from opensafe.scan.worker import BlobWorker

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
    located = [*added.texts, *added.names()]
    texts = text_jobs(located, settings.key)
    everything: list[Job] = [*texts, *jobs]
    with crew_for(view, everything, settings.processes, partial(_worker, settings)) as crew:
        found = scan_all(crew, everything, {}, NoMemory(), progress)
        described, scans = list(zip(located, found, strict=False)), found[len(located) :]
        folders = Folders.of(located, settings.key)
        learnt = known_to(known_in_blobs(view, scans), known_in_texts(described), folders.name_project)
        values = keyed(learnt, settings.key)
        late = search_known_values(crew, everything, values, Before(), progress)
    found_late = [late.get(job.oid, ObjectScan(job.oid, 0)) for job in everything]
    matched = [
        (text, _without_trailers(text, [*scan.matches, *more.matches]))
        for (text, scan), more in zip(described, found_late, strict=False)
    ]
    names = Names(masked_names(matched))
    assembly = Assembly(settings.key, provenance, names)
    for scan in (*scans, *found_late[len(located) :]):
        assembly.add_object(scan)
    for text, matches in matched:
        assembly.add_located(text, matches)
    unread = [*added.unread, *absent, *(item for scan in scans for item in scan.unread)]
    unread += [replace(item, oid=text.oid, path=text.path) for text, scan in described for item in scan.unread]
    return ScannedAdditions(assembly.findings(), _coverage(added, scans, located, unread, settings, names))


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


@lru_cache(maxsize=1)
def _scanner(settings: ScanSettings) -> ContentScanner:
    """One for a process: loading the rules costs more than most commits do."""
    return ContentScanner(settings)


def _worker(settings: ScanSettings, view: ObjectView) -> BlobWorker:
    return BlobWorker(view, _scanner(settings))


def _without_trailers(text: Located, matches: Sequence[Match]) -> list[Match]:
    """Who signs a commit or is named as its co-author wants to be: people in trailers are no findings."""
    if text.specimen.kind is not PlaceKind.COMMIT_MESSAGE:
        return list(matches)
    spans = list(trailer_spans(text.specimen.data))
    return [
        match
        for match in matches
        if match.via or match.verdict.form not in _OF_A_PERSON or not any(s <= match.start < e for s, e in spans)
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

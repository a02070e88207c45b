"""The audit of a source that did nothing but grow: what is new is scanned, and what the index said of the rest stays.

The outcome is that of a whole audit. Where it might not be, Outgrown is raised, and there is a whole audit.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from opensafe.casefile.past import Past
from opensafe.detectors.engine import rules_digest
from opensafe.git.stream import list_headers
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth
from opensafe.history.metadata import (
    Located,
    identity_texts,
    messages,
    path_text,
    ref_texts,
    reflog_texts,
    tag_texts,
)
from opensafe.history.outside import outside
from opensafe.history.scanner_files import scanner_settings
from opensafe.history.setting import HistorySetting
from opensafe.history.settings import history_settings
from opensafe.model.finding import Finding
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Amendment, Ground, Outgrown, Source, Spot
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.progress import Progress
from opensafe.model.skip import Unread
from opensafe.scan.assemble import Assembly, finding_of, masked_names
from opensafe.scan.audit import joined, setting_findings, unread_of
from opensafe.scan.contents import Memory, NoMemory, blob_job, recalled_for, renamed_job, scan_all, text_jobs
from opensafe.scan.crew import crew_for
from opensafe.scan.moved import Moved
from opensafe.scan.names import Names
from opensafe.scan.second_pass import (
    Before,
    keyed,
    known_among,
    known_in_blobs,
    known_in_texts,
    search_known_values,
)
from opensafe.scan.settings import BlobJob, Job, ScanSettings
from opensafe.scan.sources import Folders, Told, read_sources, sources_of
from opensafe.scan.witnesses import Witnesses
from opensafe.scan.worker import MakeBlobWorker

_KEPT_SETTINGS = "scanner-rules-"  # they are told from all paths


class Recalling(Memory, Protocol):
    """A memory that can be asked for a few outcomes."""

    def recall_some(self, rules: str, oids: Collection[Oid]) -> dict[Oid, ObjectScan]:
        """Raises Outgrown where the last audit had other rules, or was not finished."""
        ...


@dataclass(frozen=True, slots=True)
class Sifted:
    """What an audit of what is new comes to. `inside` could not be read of the history, `outside` beside it.

    `scans` are to be remembered, with the keys of all `values` that were searched for.
    """

    amendment: Amendment
    ground: Ground
    names: Names
    inside: tuple[Unread, ...]
    outside: tuple[Unread, ...]
    scans: tuple[ObjectScan, ...]
    unread_objects: int


@dataclass(frozen=True, slots=True)
class Grew:
    """A source that grew, what was kept of it, and what the index says of it."""

    found: Growth
    grown: Grown
    ground: Ground
    past: Past


@dataclass(frozen=True, slots=True)
class _Scanned:
    """Texts of the history and beside it with their outcomes, and those of contents; both passes together.

    `learnt` are the values that they tell, `before` those of the ground; `folders` are those of the whole history.
    """

    witnesses: Witnesses

    history: list[tuple[Located, ObjectScan]]
    beside: list[tuple[Located, ObjectScan]]
    contents: list[ObjectScan]
    renamed: list[ObjectScan]
    recalled: Collection[Oid]
    sources: tuple[Source, ...]
    folders: Folders


def sift(grew: Grew, settings: ScanSettings, memory: Recalling, progress: Progress, *, work_tree: bool) -> Sifted:
    """Scan what is new. Raises Outgrown. The `ground` that comes back has the footing of before."""
    key = settings.key
    fresh, spots = _fresh(grew, key)
    beside, unread, left_out = _beside(grew.found, grew.grown, work_tree=work_tree)
    scanned = _scanned(grew, fresh, beside, settings, memory, progress)
    matched = [(item, scan.matches) for item, scan in (*scanned.history, *scanned.beside)]
    names = _names(grew, matched, key)
    history, around = Assembly(key, grew.grown.provenance, names), Assembly(key, grew.grown.provenance, names)
    for scan in scanned.contents:
        history.add_object(scan)
    for scan in scanned.renamed:
        history.add_object(scan, grew.grown.renamed[scan.oid].new)
    for assembly, texts in ((history, scanned.history), (around, scanned.beside)):
        for item, scan in texts:
            assembly.add_located(item, scan.matches)
    settled = _settings(grew, left_out, key, names)
    inside = [*grew.grown.unread, *(u for scan in scanned.contents for u in scan.unread)]
    inside += [u for item, scan in scanned.history for u in unread_of(item, scan)]
    unread += [u for item, scan in scanned.beside for u in unread_of(item, scan)]
    of_texts = [scan for _, scan in (*scanned.history, *scanned.beside)]
    everything = (*of_texts, *scanned.contents, *scanned.renamed)
    return Sifted(
        amendment=_amendment(grew, spots, (history, around), settled, scanned.witnesses),
        ground=replace(
            grew.ground, folders=scanned.folders.counts, paths=scanned.folders.paths, sources=scanned.sources
        ),
        names=names,
        inside=tuple(inside),
        outside=tuple(unread),
        scans=tuple(scan for scan in everything if scan.oid not in scanned.recalled),
        unread_objects=len({s.oid for s in scanned.contents for item in s.unread if not item.via and not s.bytes}),
    )


def _scanned(
    grew: Grew,
    fresh: Sequence[Located],
    beside: Sequence[Located],
    settings: ScanSettings,
    memory: Recalling,
    progress: Progress,
) -> _Scanned:
    """Both passes over what is new. Raises Outgrown where the values to search for are not those of before."""
    found, key = grew.found, settings.key
    texts = text_jobs([*fresh, *beside], key)
    blobs = [blob_job(oid, found.graph.sizes[oid], grew.grown.provenance, key) for oid in found.graph.blobs]
    renamed = list(_renamed(grew, key))
    jobs: list[Job] = [*texts, *blobs, *renamed]
    recall = partial(memory.recall_some, rules_digest(settings.context))
    remembered = recall([*(job.oid for job in texts), *(job.oid for job in renamed)])
    recalled = recalled_for(jobs, remembered)
    todo = [job for job in jobs if job.oid not in recalled]
    with crew_for(found.view, todo, settings.processes, MakeBlobWorker(settings)) as crew:
        scans = scan_all(crew, jobs, recalled, NoMemory(), progress)
        described, contents = list(zip((*fresh, *beside), scans, strict=False)), scans[len(texts) :]
        learnt = list(known_in_blobs(found.view, contents)), list(known_in_texts(described))
        before = list(read_sources(found.view, grew.ground.sources, key))
        told: list[Told] = [*before, *((match.verdict, value) for _, match, value in (*learnt[0], *learnt[1]))]
        folders = Folders.of(fresh, key).and_these(Folders(grew.ground.folders, grew.ground.paths, key))
        values = keyed(known_among(told, folders.and_these(Folders.of(beside, key)).name_project), key)
        if values.keys() != set(memory.searched()):
            raise Outgrown  # a value that is new may stand in any old content, and one that went was seen in some
        late = search_known_values(crew, jobs, values, Before(recalled, memory.searched()), progress)
    both = [joined(scan, late[scan.oid]) if scan.oid in late else scan for scan in scans]
    _check_renamed(both[len(texts) + len(blobs) :], remembered)
    located = list(zip((*fresh, *beside), both, strict=False))
    return _Scanned(
        Witnesses(found.view, grew.past, key, recall),
        located[: len(fresh)],
        located[len(fresh) :],
        both[len(texts) : len(texts) + len(blobs)],
        both[len(texts) + len(blobs) :],
        recalled.keys(),
        (*grew.ground.sources, *sources_of(*learnt, key, before)),
        folders,
    )


def _renamed(grew: Grew, key: FingerprintKey) -> Iterator[BlobJob]:
    """Old contents, to be judged under all their names, old and new."""
    names = grew.grown.renamed
    for header in list_headers(grew.found.view, list(names)):
        if isinstance(header, Unread):
            raise Outgrown
        paths = names[header.oid].old | names[header.oid].new
        yield renamed_job(header.oid, header.size, paths, key)


def _check_renamed(scans: Iterable[ObjectScan], remembered: Mapping[Oid, ObjectScan]) -> None:
    """Raises Outgrown where a content is not judged as it was under its old names: what it said there changes too."""
    for scan in scans:
        before = remembered.get(scan.oid)
        if before is None or scan.unread or before.unread or set(scan.matches) != set(before.matches):
            raise Outgrown


def _fresh(grew: Grew, key: FingerprintKey) -> tuple[list[Located], list[Spot]]:
    """Texts that new commits bring, and what changes about those that were there."""
    found, grown = grew.found, grew.grown
    moved = Moved.between(found, grown, grew.past, key)
    changed, identities = moved.identities(list(identity_texts(found.graph, grown.provenance)))
    new_paths = dict(grown.new_paths(moved.is_known))
    paths = [path_text(oid, at) for oid, at in grown.traced.of_paths() if at.path in new_paths]
    located = [*messages(found.graph, grown.provenance), *identities, *paths]
    return located, [*changed, *moved.messages(), *moved.files(), *moved.paths()]


def _beside(
    found: Growth, grown: Grown, *, work_tree: bool
) -> tuple[list[Located], list[Unread], list[HistorySetting]]:
    """Everything that may change without a commit, read afresh."""
    public = {ref.source for ref in found.published}
    located = [
        *tag_texts(found.graph, grown.provenance, found.refs, public),
        *ref_texts(found.refs, public),
        *reflog_texts(found.reflogs, found.refs),
    ]
    around = list(outside(found.layout, found.staged, work_tree=work_tree))
    located += [item for item in around if isinstance(item, Located)]
    unread = [item for item in around if isinstance(item, Unread)]
    return located, unread, [item for item in around if isinstance(item, HistorySetting)]


def _names(grew: Grew, matched: Sequence[tuple[Located, Sequence[Match]]], key: FingerprintKey) -> Names:
    """How paths are shown: those that hold something as before, or as it was found now."""
    masked = grew.past.masked_paths()
    held = (*grew.found.graph.blobs, *grew.grown.renamed)
    paths = {path for oid in held for path in grew.grown.traced.paths(oid)}
    known = [(path, masked[name]) for path in paths if (name := key.name(path)) in masked]
    return Names([*known, *masked_names(matched)])


def _settings(
    grew: Grew, left_out: Sequence[HistorySetting], key: FingerprintKey, names: Names
) -> tuple[list[Finding], list[Finding]]:
    """What the source does to its history: as it was told before, and as it is now."""
    if any(scanner_settings(path for path, _ in grew.grown.new_paths(lambda _: False))):
        raise Outgrown  # each names all paths of its kind
    before = [finding for finding in grew.past.settings() if not finding.masked.startswith(_KEPT_SETTINGS)]
    told = history_settings(grew.found.layout, grew.found.refs, grew.found.rings.parents_of_all)
    now = list(setting_findings([*told, *left_out], key, names))
    return [item for item in before if item not in now], [item for item in now if item not in before]


def _amendment(
    grew: Grew,
    spots: Sequence[Spot],
    assemblies: tuple[Assembly, Assembly],
    settled: tuple[list[Finding], list[Finding]],
    witnesses: Witnesses,
) -> Amendment:
    """Put what was found into the places of the index. Raises Outgrown."""
    history, around = assemblies
    stood = grew.past.beside(list(grew.found.graph.tags))
    stands = set(around.places())
    gone, come = stood - stands, {*(stands - stood), *history.places()}
    heard = {
        id_: (*around.told().get(id_, ()), *history.told().get(id_, ())) for id_ in (*around.told(), *history.told())
    }
    former = grew.past.told({id_ for id_, _ in (*gone, *come)})
    left = {id_: witnesses.left(id_, former.get(id_, ()), heard.get(id_, ())) for id_ in {id_ for id_, _ in gone}}
    retold = {*(id_ for id_, _ in come), *(id_ for id_ in left if left[id_] != former.get(id_))}
    spoken = {id_: (*(former | left).get(id_, ()), *heard.get(id_, ())) for id_ in retold}
    told = {id_: tuple(dict.fromkeys(verdicts)) for id_, verdicts in spoken.items() if verdicts}
    findings = {id_: finding_of(id_, verdicts, (), history.named(id_)) for id_, verdicts in told.items()}
    before, now = settled
    for finding in before:
        gone |= {(finding.id, place) for place in finding.places}
    for finding in now:
        come |= {(finding.id, place) for place in finding.places}
        findings[finding.id] = replace(finding, places=())
    return Amendment(tuple(spots), tuple(gone), tuple(come), told, findings)

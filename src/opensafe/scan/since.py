"""The audit of a source that did nothing but grow: what is new is scanned, and what the index said of the rest stays.

The outcome is that of a whole audit. Where it might not be, Outgrown is raised, and there is a whole audit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from opensafe.casefile.past import Past
from opensafe.detectors.engine import rules_digest
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
from opensafe.model.ground import Amendment, Ground, Outgrown, Spot
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.progress import Progress
from opensafe.model.skip import Unread
from opensafe.scan.assemble import Assembly, finding_of, masked_names
from opensafe.scan.audit import setting_findings, unread_of
from opensafe.scan.contents import Memory, NoMemory, blob_job, scan_all, text_jobs
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
from opensafe.scan.settings import Job, ScanSettings
from opensafe.scan.sources import Folders, Told, read_sources, sources_of
from opensafe.scan.worker import MakeBlobWorker

_KEPT_SETTINGS = ("scanner-rules-", "forged-commit-graph")  # they are told from all paths and all commits


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


def sift(
    found: Growth,
    grown: Grown,
    ground: Ground,
    past: Past,
    settings: ScanSettings,
    memory: Recalling,
    progress: Progress,
    *,
    work_tree: bool,
) -> Sifted:
    """Scan what is new. Raises Outgrown. The `ground` that comes back has the footing of before."""
    key = settings.key
    moved = Moved.between(found, grown, past, key)
    fresh, spots = _fresh(found, grown, moved)
    beside, outside_unread, left_out = _beside(found, grown, work_tree=work_tree)
    located = [*fresh, *beside]
    texts = text_jobs(located, key)
    blobs = [blob_job(oid, found.graph.sizes[oid], grown.provenance) for oid in found.graph.blobs]
    jobs: list[Job] = [*texts, *blobs]
    recalled = memory.recall_some(rules_digest(settings.context), [job.oid for job in texts])
    todo = [job for job in jobs if job.oid not in recalled]
    with crew_for(found.view, todo, settings.processes, MakeBlobWorker(settings)) as crew:
        scans = scan_all(crew, jobs, recalled, NoMemory(), progress)
        described, contents = list(zip(located, scans, strict=False)), scans[len(located) :]
        learnt = list(known_in_blobs(found.view, contents)), list(known_in_texts(described))
        before = list(read_sources(found.view, ground.sources, key))
        told: list[Told] = [*before, *((match.verdict, value) for _, match, value in (*learnt[0], *learnt[1]))]
        folders = Folders.of(fresh, key).and_these(Folders(ground.folders, ground.paths, key))
        is_own = folders.and_these(Folders.of(beside, key)).name_project
        values = keyed(known_among(told, is_own), key)
        if values.keys() != set(memory.searched()):
            raise Outgrown  # a value that is new may stand in any old content, and one that went was seen in some
        late = search_known_values(crew, jobs, values, Before(recalled, memory.searched()), progress)
    both = {scan.oid: _joined(scan, late.get(scan.oid)) for scan in scans}
    matched = [(item, both[scan.oid].matches) for item, scan in described]
    names = _names(found, grown, past, matched, key)
    history, around = Assembly(key, grown.provenance, names), Assembly(key, grown.provenance, names)
    for scan in contents:
        history.add_object(both[scan.oid])
    for number, (item, matches) in enumerate(matched):
        (history if number < len(fresh) else around).add_located(item, matches)
    hints = _settings(found, grown, past, left_out, key, names)
    amendment = _amendment(spots, past, (history, around), hints, found)
    unread = [*grown.unread, *(u for scan in contents for u in scan.unread)]
    unread += [u for item, scan in described[: len(fresh)] for u in unread_of(item, scan)]
    outside_unread += [u for item, scan in described[len(fresh) :] for u in unread_of(item, scan)]
    sources = (*ground.sources, *sources_of(*learnt, key, before))
    return Sifted(
        amendment,
        Ground(ground.footing, folders.counts, folders.paths, sources, ground.inside),
        names,
        tuple(unread),
        tuple(outside_unread),
        tuple(scan for oid, scan in both.items() if oid not in recalled),
        len({scan.oid for scan in contents for item in scan.unread if not item.via and not scan.bytes}),
    )


def _fresh(found: Growth, grown: Grown, moved: Moved) -> tuple[list[Located], list[Spot]]:
    """Texts that new commits bring, and what changes about those that were there."""
    changed, identities = moved.identities(list(identity_texts(found.graph, grown.provenance)))
    new_paths = dict(grown.new_paths(moved.is_known))
    paths = [path_text(oid, at) for oid, at in grown.traced.of_paths() if at.path in new_paths]
    located = [*messages(found.graph, grown.provenance), *identities, *paths]
    return located, [*changed, *moved.files(), *moved.paths(set(new_paths))]


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


def _joined(first: ObjectScan, second: ObjectScan | None) -> ObjectScan:
    return replace(first, matches=tuple(dict.fromkeys([*first.matches, *second.matches]))) if second else first


def _names(
    found: Growth, grown: Grown, past: Past, matched: Sequence[tuple[Located, Sequence[Match]]], key: FingerprintKey
) -> Names:
    """How paths are shown: those that hold something as before, or as it was found now."""
    masked = past.masked_paths()
    paths = {path for oid in found.graph.blobs for path in grown.traced.paths(oid)}
    known = [(path, masked[name]) for path in paths if (name := key.name(path)) in masked]
    return Names([*known, *masked_names(matched)])


def _settings(
    found: Growth, grown: Grown, past: Past, left_out: Sequence[HistorySetting], key: FingerprintKey, names: Names
) -> tuple[list[Finding], list[Finding]]:
    """What the source does to its history: as it was told before, and as it is now."""
    if any(scanner_settings(path for path, _ in grown.new_paths(lambda _: False))):
        raise Outgrown  # each names all paths of its kind
    before = [finding for finding in past.settings() if not finding.masked.startswith(_KEPT_SETTINGS)]
    told = [told for told in history_settings(found.layout, found.refs) if told.id != _KEPT_SETTINGS[1]]
    now = list(setting_findings([*told, *left_out], key, names))
    return [item for item in before if item not in now], [item for item in now if item not in before]


def _amendment(
    spots: Sequence[Spot],
    past: Past,
    assemblies: tuple[Assembly, Assembly],
    hints: tuple[list[Finding], list[Finding]],
    found: Growth,
) -> Amendment:
    history, around = assemblies
    stood = past.beside(list(found.graph.tags))
    stands = set(around.places())
    gone, come = stood - stands, {*(stands - stood), *history.places()}
    heard = {
        id_: (*around.told().get(id_, ()), *history.told().get(id_, ())) for id_ in (*around.told(), *history.told())
    }
    former = past.told({id_ for id_, _ in (*gone, *come)})
    for id_, _ in gone:
        if len(former.get(id_, ())) > 1 and not set(former[id_]) <= set(heard.get(id_, ())):
            raise Outgrown  # which of its witnesses are left cannot be told
    told = {id_: tuple(dict.fromkeys([*former.get(id_, ()), *heard[id_]])) for id_, _ in come}
    findings = {id_: finding_of(id_, verdicts, (), history.named(id_)) for id_, verdicts in told.items()}
    before, now = hints
    for finding in before:
        gone |= {(finding.id, place) for place in finding.places}
    for finding in now:
        come |= {(finding.id, place) for place in finding.places}
        findings[finding.id] = replace(finding, places=())
    return Amendment(tuple(spots), tuple(gone), tuple(come), told, findings)

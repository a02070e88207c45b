"""A whole audit of one history: every pass, in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opensafe.detectors.engine import rules_digest
from opensafe.history.metadata import Located, metadata
from opensafe.history.outside import outside
from opensafe.history.reading import History
from opensafe.history.setting import HistorySetting
from opensafe.history.settings import history_settings
from opensafe.model.audit import RefRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Confidence, Finding, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Footing, Ground
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import Place, PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.skip import Unread
from opensafe.scan.assemble import Assembly, masked_names
from opensafe.scan.contents import Memory, blob_jobs, recalled_for, scan_all, text_jobs
from opensafe.scan.coverage import coverage_of, skip_of
from opensafe.scan.crew import crew_for
from opensafe.scan.late import KnownValue
from opensafe.scan.lfs import scan_lfs, with_lfs
from opensafe.scan.names import Names
from opensafe.scan.second_pass import Before, keyed, known_in_blobs, known_in_texts, known_to, search_known_values
from opensafe.scan.settings import Job, ScanSettings, TextJob
from opensafe.scan.sources import Folders, sources_of
from opensafe.scan.worker import MakeBlobWorker


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """What an audit found and read, and under which rules."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    rules_digest: str
    names: Names
    ground: Ground | None = None


def audit_history(
    history: History,
    settings: ScanSettings,
    memory: Memory,
    progress: Progress,
    *,
    work_tree: bool = False,
    known: Sequence[KnownValue] = (),
    footing: Footing | None = None,
) -> AuditOutcome:
    """Scan everything, in worker processes where it is much; then known values once more everywhere.

    `known` are values from elsewhere to look for as well: those that a rewrite was to remove. Of a `footing` there will
    be a ground for the next audit.
    """
    located, outside_unread, left_out = _located(history, work_tree=work_tree)
    texts, blobs = text_jobs(located, settings.key), blob_jobs(history, settings.key)
    jobs: list[Job] = [*texts, *blobs]
    rules = rules_digest(settings.context)
    recalled = recalled_for(jobs, memory.recall(rules))
    todo = [job for job in jobs if job.oid not in recalled]
    with crew_for(history.view, todo, settings.processes, MakeBlobWorker(settings)) as crew:
        everything = scan_all(crew, jobs, recalled, memory, progress)
        described, scans = list(zip(located, everything, strict=False)), everything[len(located) :]
        lfs = scan_lfs(settings, history)
        learnt = list(known_in_blobs(history.view, scans)), list(known_in_texts(described))
        folders = Folders.of(located, settings.key)
        values = keyed(known_to(*learnt, folders.name_project, (*lfs.learnt, *known)), settings.key)
        late = search_known_values(crew, jobs, values, Before(recalled, memory.searched()), progress)
    memory.remember_search(values, [joined(scan, late[scan.oid]) for scan in everything if scan.oid in late])
    scans = with_lfs(history, scans, lfs, tuple(values.values()))
    matched = _Matched(described, texts, late)
    names = Names(masked_names(matched))
    assembly = Assembly(settings.key, history.provenance, names)
    for scan in (*scans, *(late[job.oid] for job in blobs if job.oid in late)):
        assembly.add_object(scan)
    for item, matches in matched:
        assembly.add_located(item, matches)
    inside, beside = _unread(history, described, scans)
    unread = [*inside, *beside, *outside_unread, *lfs.unread]
    coverage = coverage_of(history, scans, unread, settings.key, names)
    told = [*_history_settings(history), *left_out]
    findings = (*assembly.findings(), *setting_findings(told, settings.key, names))
    ground = None
    if footing is not None and not any(names.is_masked(bytes.fromhex(path)) for path, _ in footing.declared):
        traced = Folders.of((item for item in located if not is_beside(item)), settings.key)
        sources = tuple(sources_of(*learnt, settings.key))
        skipped = tuple(skip_of(item, settings.key, names).id for item in inside)
        ground = Ground(footing, traced.counts, traced.paths, sources, skipped, assembly.told())
    return AuditOutcome(findings, coverage, rules, names, ground)


@dataclass(frozen=True, slots=True)
class _Matched:
    """Each text that is at hand, with what both passes matched in it: looked at twice, and kept once."""

    described: Sequence[tuple[Located, ObjectScan]]
    texts: Sequence[TextJob]
    late: Mapping[Oid, ObjectScan]

    def __iter__(self) -> Iterator[tuple[Located, Sequence[Match]]]:
        for (item, scan), job in zip(self.described, self.texts, strict=True):
            more = self.late.get(job.oid)
            yield item, (*scan.matches, *more.matches) if more else scan.matches


def _unread(
    history: History, described: Iterable[tuple[Located, ObjectScan]], scans: Iterable[ObjectScan]
) -> tuple[list[Unread], list[Unread]]:
    """What could not be read of the history, and of what stands beside it."""
    inside = [*history.unread, *(unread for scan in scans for unread in scan.unread)]
    beside: list[Unread] = []
    for item, scan in described:
        (beside if is_beside(item) else inside).extend(unread_of(item, scan))
    return inside, beside


def source_state(history: History, names: Names, key: FingerprintKey) -> SourceState:
    """What is recorded of the source. Ref names that hold a finding are masked."""
    published = {ref.source for ref in history.published}
    return SourceState(
        digest=history.digest(),
        head=history.refs.head,
        head_ref=names.shown(history.refs.head_ref),
        commits=len(history.provenance.published),
        object_format=history.layout.object_format,
        refs=tuple(
            RefRecord(names.shown(name), key.name(name), oid, name in published)
            for name, oid in sorted(history.refs.refs.items())
        ),
    )


def is_beside(item: Located) -> bool:
    """Whether it may change without a new commit: tags, refs, reflogs, and what lies outside the object store."""
    kind = item.specimen.kind
    return item.ref is not None or kind in _BESIDE or (kind is PlaceKind.PATH and item.first is None)


_BESIDE = {PlaceKind.TAG_MESSAGE, PlaceKind.REF_NAME, PlaceKind.CONFIG, PlaceKind.WORKTREE}


def unread_of(item: Located, scan: ObjectScan) -> list[Unread]:
    """What could not be read of a text, by its place."""
    return [replace(unread, oid=item.oid, path=item.path) for unread in scan.unread]


def joined(first: ObjectScan, second: ObjectScan) -> ObjectScan:
    """The outcome of both passes; what is recalled may have both already."""
    return replace(first, matches=tuple(dict.fromkeys([*first.matches, *second.matches])))


def _located(history: History, *, work_tree: bool) -> tuple[list[Located], list[Unread], list[HistorySetting]]:
    """Specimens outside file content, what of them could not be read, and what was left to its owner."""
    found = list(metadata(history.graph, history.provenance, history.refs, history.published, history.reflogs))
    beside = list(outside(history.layout, history.staged, work_tree=work_tree))
    found += [item for item in beside if isinstance(item, Located)]
    unread = [item for item in beside if isinstance(item, Unread)]
    return found, unread, [item for item in beside if isinstance(item, HistorySetting)]


def _history_settings(history: History) -> Iterator[HistorySetting]:
    paths = (standing.path for _, standing in history.provenance.places())
    commits = history.graph.commits
    return history_settings(history.layout, history.refs, lambda: {o: c.parents for o, c in commits.items()}, paths)


def setting_findings(told: Iterable[HistorySetting], key: FingerprintKey, names: Names) -> Iterator[Finding]:
    """What bends history is a finding of category `setting`, identified by its kind."""
    for setting in told:
        places = tuple(_setting_place(path, key, names) for path in setting.paths or (None,))
        yield Finding(
            id=key.finding(Category.SETTING, setting.id.encode()),
            category=Category.SETTING,
            detector="settings.history",
            witnesses=("settings.history",),
            title=setting.title,
            severity=setting.severity,
            confidence=Confidence.HIGH,
            form=Form.OTHER,
            masked=setting.id,
            why=setting.explained,
            person=None,
            occurrences=len(places),
            published=False,
            in_head=False,
            places=places,
        )


def _setting_place(path: bytes | None, key: FingerprintKey, names: Names) -> Place:
    shown, path_key = (names.shown(path), key.name(path)) if path else (None, None)
    return Place(
        PlaceKind.CONFIG, None, shown, path_key, None, None, 0, 0, 0, 0, (), None, None, in_head=False, published=False
    )

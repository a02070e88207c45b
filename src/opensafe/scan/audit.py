"""A whole audit of one history: every pass, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opensafe.detectors.engine import rules_digest
from opensafe.history.metadata import Located, metadata
from opensafe.history.outside import outside
from opensafe.history.reading import History
from opensafe.history.settings import history_settings
from opensafe.model.audit import RefRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Confidence, Finding, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.match import ObjectScan
from opensafe.model.place import Place, PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.skip import Unread
from opensafe.scan.assemble import Assembly, masked_names
from opensafe.scan.contents import Memory, blob_jobs, scan_all, text_jobs
from opensafe.scan.coverage import coverage_of
from opensafe.scan.crew import crew_for
from opensafe.scan.late import KnownValue
from opensafe.scan.names import Names
from opensafe.scan.second_pass import search_known_values
from opensafe.scan.settings import Job, ScanSettings
from opensafe.scan.worker import MakeBlobWorker


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """What an audit found and read, and under which rules."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    rules_digest: str
    names: Names


def audit_history(
    history: History,
    settings: ScanSettings,
    memory: Memory,
    progress: Progress,
    *,
    work_tree: bool = False,
    known: Sequence[KnownValue] = (),
) -> AuditOutcome:
    """Scan everything, in worker processes where it is much; then known values once more everywhere.

    `known` are values from elsewhere to look for as well: those that a rewrite was to remove.
    """
    located, outside_unread = _located(history, work_tree=work_tree)
    texts, blobs = text_jobs(located), blob_jobs(history)
    jobs: list[Job] = [*texts, *blobs]
    rules = rules_digest(settings.context)
    recalled = memory.recall(rules)
    todo = [job for job in jobs if job.oid not in recalled]
    with crew_for(history.view, todo, settings.processes, MakeBlobWorker(settings)) as crew:
        everything = scan_all(crew, jobs, recalled, memory, progress)
        described, scans = list(zip(located, everything, strict=False)), everything[len(located) :]
        late = search_known_values(crew, history.view, jobs, recalled, described, scans, progress, known)
    found_late = [late.get(job.oid, ObjectScan(job.oid, 0)) for job in jobs]
    pairs = zip(described, found_late, strict=False)
    matched = [(item, [*scan.matches, *more.matches]) for (item, scan), more in pairs]
    names = Names(masked_names(matched))
    assembly = Assembly(settings.key, history.provenance, names)
    for scan in (*scans, *found_late[len(located) :]):
        assembly.add_object(scan)
    for item, matches in matched:
        assembly.add_located(item, matches)
    unread = [*history.unread, *outside_unread, *(u for scan in scans for u in scan.unread)]
    unread += [replace(u, oid=item.oid, path=item.path) for item, scan in described for u in scan.unread]
    coverage = coverage_of(history, scans, unread, settings.key, names)
    findings = (*assembly.findings(), *_setting_findings(history, settings.key))
    return AuditOutcome(findings, coverage, rules, names)


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


def _located(history: History, *, work_tree: bool) -> tuple[list[Located], list[Unread]]:
    """Specimens outside file content, and what of them could not be read."""
    found = list(metadata(history.graph, history.provenance, history.refs, history.published, history.reflogs))
    beside = list(outside(history.layout, history.staged, work_tree=work_tree))
    found += [item for item in beside if isinstance(item, Located)]
    return found, [item for item in beside if isinstance(item, Unread)]


def _setting_findings(history: History, key: FingerprintKey) -> Iterator[Finding]:
    """What bends history is a finding of category `setting`, identified by its kind."""
    for setting in history_settings(history.layout, history.refs):
        place = Place(
            PlaceKind.CONFIG, None, None, None, None, None, 0, 0, 0, 0, (), None, None, in_head=False, published=False
        )
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
            why=setting.why,
            person=None,
            occurrences=1,
            published=False,
            in_head=False,
            places=(place,),
        )

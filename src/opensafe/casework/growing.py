"""`audit --since-last` of a source that did nothing but grow: reads what is new, and amends the index."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.memory import ScanMemory
from opensafe.casefile.past import Past
from opensafe.casework.source import checked_layout, context_among, people_among
from opensafe.errors import CaseDamaged, GitFailed, OutOfOrder
from opensafe.git.parse import parse_commit
from opensafe.history.declared import MOST, is_declaration
from opensafe.history.footing_after import footing_after
from opensafe.history.grown import Grown, grown
from opensafe.history.growth import Growth, growth, read_commits
from opensafe.history.introductions import Introductions, introduced
from opensafe.model.audit import AuditRecord, RefRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Footing, Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.skip import SkipReason
from opensafe.scan.coverage import skip_of
from opensafe.scan.covering import with_cover
from opensafe.scan.settings import ScanSettings
from opensafe.scan.since import Grew, Sifted, sift
from opensafe.version import VERSION


@dataclass(frozen=True, slots=True)
class Asked:
    """How the audit is asked for. `roster` comes with its digest."""

    roster: Path | None
    roster_digest: str
    watch: Path | None
    cache: str | None
    workers: int


def audit_growth(case: Case, asked: Asked, memory: ScanMemory, progress: Progress) -> tuple[AuditRecord, int] | None:
    """The record of the audit, without findings, and how many rules of the team it used.

    `None` where everything has to be gone through: nothing was written then.
    """
    began = time.monotonic()
    try:
        return _audit(case, Past(case.index), asked, memory, progress, began)
    except (Outgrown, OutOfOrder, CaseDamaged, GitFailed):  # what is damaged is named, or made anew, by a whole audit
        return None


def _audit(
    case: Case, past: Past, asked: Asked, memory: ScanMemory, progress: Progress, began: float
) -> tuple[AuditRecord, int]:
    before, ground = case.index.summary(), past.ground()
    if before is None or ground is None or before.opensafe_version != VERSION:
        raise Outgrown
    progress.stage("Looking for what is new")
    layout = checked_layout(case)
    found = growth(layout, case.work / "view", ground.footing, before.source, case.key, case.config.publish)
    since = grown(found, case.key)
    named = _named(found, since, ground.footing)
    context = context_among(case, people_among(named, asked.roster), asked.cache, asked.watch)
    settings = ScanSettings(context, case.key, workers=asked.workers)
    grew = Grew(found, since, ground, past)
    sifted = sift(grew, settings, memory, progress, work_tree=case.config.worktree)
    inside = [skip_of(item, case.key, sifted.names) for item in sifted.inside]
    inside = [skip for skip in inside if not _is_named(skip.oid, skip.reason, before)]
    kept = {*ground.inside, *(skip.id for skip in inside)}
    around = [skip_of(item, case.key, sifted.names) for item in sifted.outside]
    skips = {skip.id: skip for skip in (*before.coverage.skipped, *inside) if skip.id in kept}
    skips |= {skip.id: skip for skip in around}
    record = AuditRecord(
        source=_source(found, case.key, sifted),
        rules_digest=before.rules_digest,
        opensafe_version=VERSION,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 2),
        findings=(),
        coverage=replace(
            _coverage(found, before.coverage, ground.footing, sifted),
            skipped=tuple(sorted(skips.values(), key=lambda skip: (skip.reason, skip.path or "", skip.id))),
        ),
        roster_digest=asked.roster_digest,
    )
    footing = footing_after(found, since, ground.footing, named, case.key)
    if any(sifted.names.is_masked(path) for path, _ in named.files):
        raise Outgrown  # such a path is not stored
    case.index.amend(record, replace(sifted.ground, footing=footing, inside=tuple(kept)), sifted.amendment, with_cover)
    memory.remember(sifted.scans)
    return record, len(context.rules)


def _is_named(oid: Oid | None, reason: SkipReason, before: AuditRecord) -> bool:
    """A submodule's commit is named once, at the path where it came first."""
    known = before.coverage.skipped
    return reason is SkipReason.SUBMODULE and any(skip.oid == oid and skip.reason is reason for skip in known)


def _named(found: Growth, since: Grown, footing: Footing) -> Introductions:
    """Who is named where first: the commits that did so before, and all that are new."""
    old = read_commits(found.view, footing.introduced)
    commits = [*map(parse_commit, old.values()), *found.graph.commits.values()]
    commits.sort(key=lambda commit: found.rings.place(commit.oid))
    new = [(path, oid) for oid in found.graph.blobs for path in since.traced.paths(oid) if is_declaration(path)]
    versions = footing.declarations + len({oid for _, oid in new})
    if versions > MOST:
        raise Outgrown
    files = sorted([*((bytes.fromhex(path), oid) for path, oid in footing.declared), *new])
    return introduced(found.view, commits, found.graph.tags, files, versions)


def _source(found: Growth, key: FingerprintKey, sifted: Sifted) -> SourceState:
    public = {ref.source for ref in found.published}
    return SourceState(
        digest=found.digest,
        head=found.refs.head,
        head_ref=sifted.names.shown(found.refs.head_ref),
        commits=found.rings.public(),
        object_format=found.layout.object_format,
        refs=tuple(
            RefRecord(sifted.names.shown(name), key.name(name), oid, name in public)
            for name, oid in sorted(found.refs.refs.items())
        ),
    )


def _coverage(found: Growth, before: Coverage, footing: Footing, sifted: Sifted) -> Coverage:
    graph = found.graph
    new: Mapping[str, int] = {**graph.kinds(), "tag": len(graph.tags) - len(footing.tags)}
    return Coverage(
        objects=before.objects + len(graph.order),
        read=before.read + len(graph.order) - sifted.unread_objects,
        bytes=before.bytes + sum(graph.sizes.values()),
        by_kind={kind: count + new.get(kind, 0) for kind, count in before.by_kind.items()},
    )

"""The rewrite that keeps history: every commit stays, and only what was decided changes in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import Reach, RewriteClaim
from opensafe.rewriting.extending import extended, gone_on, without_tags
from opensafe.rewriting.filtering import filter_commits
from opensafe.rewriting.former import Former, reach_of
from opensafe.rewriting.losses import GIVEN_UP, as_lost, lost_headers, lost_signatures
from opensafe.rewriting.malformed import repair_commits
from opensafe.rewriting.notes import NotesWriter, forgotten_notes
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.preparation import Preparation, prepare
from opensafe.rewriting.published import Published
from opensafe.rewriting.refnames import kept_refs, new_names
from opensafe.rewriting.tags import Targets, write_tags
from opensafe.rewriting.topology import regraft, shaped
from opensafe.rewriting.treewriter import TreeWriter


def rewrite_history(
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    work: OwnedRepository,
    progress: Progress,
    former: Former | None = None,
) -> Outcome:
    """Rewrite into `work`, which borrows the objects of the source and of the `former` result.

    What was published before is gone on from, unless a decision reaches back into it. Raises OpensafeError before
    building what cannot be.
    """
    prepared = prepare(spec, source, graph, work, progress)
    progress.stage("Rewriting commits", len(prepared.changed))
    commits = [graph.commits[oid] for oid in prepared.published.commits if oid in prepared.changed]
    broken = repair_commits(work, source, commits)
    regraft(work, source, graph, spec, prepared.changed, broken)
    mapped = filter_commits(work, graph, prepared.changed, broken, prepared.changes, prepared.clean, prepared.messages)
    progress.advance(len(mapped))
    lost = lost_headers(graph, {*mapped, *spec.gone}) + Counter({"malformed identity": len(broken)})
    lost["commit"] = len(spec.gone)
    lost["note"] = len(forgotten_notes(graph, prepared.published, spec))
    if former is None:
        return _outcome(prepared, mapped, lost)
    kept = _without_tags(prepared, former)
    plain = {oid: mapped.get(oid, oid) for oid in kept.published.commits}
    found = extended(work, shaped(graph, spec), spec, plain, kept.published.commits, former)
    if found is None:
        return _outcome(prepared, mapped, lost, former)
    extension, joined = found
    moved = {oid: new for oid, new in extension.final.items() if new != oid}
    lost += lost_signatures(graph, {oid: new for oid, new in moved.items() if oid not in mapped})
    lost["malformed identity"] += len(extension.repaired)
    return gone_on(_outcome(kept, moved, lost, former), extension, joined)


def _without_tags(prepared: Preparation, former: Former) -> Preparation:
    spec = without_tags(prepared.changes.spec, former)
    return replace(prepared, published=Published.of(spec, prepared.graph), names=new_names(spec))


def _outcome(
    prepared: Preparation, mapped: Mapping[Oid, Oid], counted: Counter[str], former: Former | None = None
) -> Outcome:
    """Everything that follows from the new ids of commits, and what of the former result it changes."""
    noted, targets = _rest(prepared, mapped)
    ends = {name: targets.of(oid) for name, oid in prepared.changes.spec.refs.items() if name in prepared.names}
    lost = counted + lost_signatures(prepared.graph, noted | targets.tags)
    lost["ref"] = list(ends.values()).count(None)
    refs = {prepared.names[name]: end for name, end in ends.items() if end is not None}
    claim = _claim(prepared, targets, ends, lost)
    reach = Reach() if former is None else reach_of(former, prepared.graph, claim.commits, refs)
    return Outcome(refs, claim, prepared.clean.blob_map(), reach=reach)


def _rest(prepared: Preparation, mapped: Mapping[Oid, Oid]) -> tuple[dict[Oid, Oid], Targets]:
    """Notes and tags, which follow the commits: what became of the notes, and of anything that a ref names."""
    work, source, graph = prepared.work, prepared.source, prepared.graph
    changes, clean, messages = prepared.changes, prepared.clean, prepared.messages
    trees = TreeWriter(work, graph.trees)
    renamed = clean.blob_map() | dict(mapped)
    noted = NotesWriter(work, source, graph, changes, clean, trees, renamed, messages).write(prepared.published.notes)
    targets = Targets(graph, dict(mapped) | noted, changes, clean, prepared.touched, trees)
    write_tags(work, source, prepared.published.tags, targets, messages)
    return noted, targets


def _claim(
    prepared: Preparation, targets: Targets, ends: Mapping[bytes, Oid | None], lost: Counter[str]
) -> RewriteClaim:
    lost["tag"] = list(targets.tags.values()).count(None)
    lost["message"] = len(prepared.withheld)
    lost[GIVEN_UP] = len(prepared.clean.given_up)
    return RewriteClaim(
        commits={oid: targets.of(oid) for oid in prepared.published.all_commits},
        tags=targets.tags,
        refs=kept_refs(prepared.names, ends),
        lost=as_lost(lost),
        blobs_changed=len(prepared.clean.blob_map()),
        files_removed=len({oid for (oid, _), new in prepared.clean.files.items() if new is None}),
    )

"""The rewrite that keeps history: every commit stays, and only what was decided changes in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opensafe.errors import OpensafeError
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import clean_files
from opensafe.rewriting.collisions import refuse_path_collisions
from opensafe.rewriting.content import changed_messages
from opensafe.rewriting.filtering import filter_commits
from opensafe.rewriting.losses import as_lost, lost_headers, lost_signatures
from opensafe.rewriting.malformed import repair_commits
from opensafe.rewriting.notes import NotesWriter
from opensafe.rewriting.published import Published, with_descendants
from opensafe.rewriting.refnames import kept_refs, new_names
from opensafe.rewriting.tags import Targets, write_tags
from opensafe.rewriting.touched import TouchedTrees
from opensafe.rewriting.treewriter import TreeWriter

_SHA1_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What lies in the work repository now: where the final refs point, and the claim about it."""

    refs: Mapping[bytes, Oid]
    claim: RewriteClaim
    blob_map: Mapping[Oid, Oid]


def rewrite_history(
    spec: RewriteSpec, source: ObjectView, graph: ObjectGraph, work: OwnedRepository, progress: Progress
) -> Outcome:
    """Rewrite into `work`, which borrows the source's objects. Raises OpensafeError before building what cannot be."""
    _refuse_sha256(spec)
    names = new_names(spec)
    published = Published.of(spec, graph)
    published.require_parents(graph)
    changes = Changes.of(spec)
    trees = TouchedTrees(changes, graph.trees)
    clean = clean_files(changes, touched_files(published, graph, spec, trees, changes), source, work, progress)
    messages, withheld = changed_messages(spec, graph)

    first = [oid for oid in published.commits if is_changed(graph, oid, changes, trees)]
    changed = with_descendants(graph, published.commits, first)
    if spec.path_renames:
        refuse_path_collisions(graph, (graph.commits[oid].tree for oid in changed), changes, clean)
    broken = repair_commits(work, source, (graph.commits[oid] for oid in published.commits if oid in changed))
    progress.stage("Rewriting commits", len(changed))
    mapped = filter_commits(work, graph, changed, broken, changes, clean, messages)
    progress.advance(len(changed))

    writer = TreeWriter(work, graph.trees)
    renamed = clean.blob_map() | mapped
    noted = NotesWriter(work, source, graph, changes, clean, writer, renamed, messages).write(published.notes)
    targets = Targets(graph, mapped | noted, changes, clean, trees, writer)
    tags = write_tags(work, source, published.tags, targets, messages)

    ends = {name: targets.of(oid) for name, oid in spec.refs.items()}
    commits = {oid: targets.of(oid) for oid in published.all_commits}
    lost = lost_headers(graph, changed) + lost_signatures(graph, noted | tags) + _lost_places(tags, ends)
    lost += Counter({"malformed identity": len(broken), "message": len(withheld)})
    lost += Counter({"file that could not be changed inside": len(clean.given_up)})
    claim = RewriteClaim(
        commits=commits,
        tags=tags,
        refs=kept_refs(names, ends),
        lost=as_lost(lost),
        blobs_changed=len(clean.blob_map()),
        files_removed=len({oid for (oid, _), new in clean.files.items() if new is None}),
    )
    return Outcome({names[name]: end for name, end in ends.items() if end is not None}, claim, clean.blob_map())


def is_changed(graph: ObjectGraph, oid: Oid, changes: Changes, trees: TouchedTrees) -> bool:
    """Whether a decision changes this commit by itself, not only through its parents."""
    commit = graph.commits[oid]
    return changes.touches(commit) or trees.touched(commit.tree)


def touched_files(
    published: Published, graph: ObjectGraph, spec: RewriteSpec, trees: TouchedTrees, changes: Changes
) -> Iterator[tuple[bytes, TreeEntry]]:
    """Every changed file of everything published, with its path; a tagged blob has none."""
    seen: set[tuple[Oid, bytes | None]] = set()
    for oid in published.all_commits:
        yield from trees.files(graph.commits[oid].tree, seen)
    for oid in {*spec.refs.values(), *(graph.tags[tag].target for tag in published.tags)}:
        if oid in graph.trees:
            yield from trees.files(oid, seen)
        elif (oid, None) in changes.files:
            yield b"", TreeEntry(0o100644, b"", oid)


def _lost_places(tags: Mapping[Oid, Oid | None], ends: Mapping[bytes, Oid | None]) -> Counter[str]:
    return Counter({"tag": list(tags.values()).count(None), "ref": list(ends.values()).count(None)})


def _refuse_sha256(spec: RewriteSpec) -> None:
    """Git-filter-repo cannot do it without the contents in the stream (facts, section 9.3)."""
    if any(len(oid) != _SHA1_LENGTH for oid in spec.refs.values()):
        raise OpensafeError(
            "this repository uses SHA-256 object ids, which cannot be rewritten commit by commit",
            remedy="publish with squash or new-repository: opensafe plan --option squash",
        )

"""The four options in this repository's numbers, before anything is built."""

from collections import Counter
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, Option, OptionNumbers, RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.introduced import introduced
from opensafe.rewriting.losses import lost_headers, lost_signatures
from opensafe.rewriting.published import TAGS, Published, with_descendants
from opensafe.rewriting.touched import TouchedTrees

_SHA1_LENGTH = 40


def first_changed(spec: RewriteSpec, graph: ObjectGraph, view: ObjectView) -> frozenset[Oid]:
    """The published commits that a decision changes by what they bring in themselves, commits of notes included."""
    changes = Changes.of(spec)
    commits = [oid for oid in Published.of(spec, graph).all_commits if _has_parents(graph, oid)]
    brought = introduced(view, graph, commits, changes).commits
    return brought | {oid for oid in commits if changes.touches(graph.commits[oid])}


def _has_parents(graph: ObjectGraph, oid: Oid) -> bool:
    """A history that is cut off can be counted, though it cannot be rewritten."""
    return all(parent in graph.commits for parent in graph.commits[oid].parents[:1])


def all_changed(spec: RewriteSpec, graph: ObjectGraph, view: ObjectView) -> frozenset[Oid]:
    """Every published commit that gets a new id: the first changed ones and all that come after them."""
    return with_descendants(graph, Published.of(spec, graph).all_commits, first_changed(spec, graph, view))


@dataclass(frozen=True, slots=True)
class _Estimated:
    """What is `published` with everything that is planned, and what would be without the team's own choices."""

    spec: RewriteSpec
    graph: ObjectGraph
    published: Published
    before: Published

    @property
    def authors_before(self) -> int:
        return self.before.authors(self.graph)


def estimate(
    spec: RewriteSpec, decided: RewriteSpec, graph: ObjectGraph, changed: frozenset[Oid]
) -> tuple[OptionNumbers, ...]:
    """Review, rewrite, squash and new repository, in this order, from the mildest to the hardest.

    `spec` is everything that is planned, `decided` what the decisions alone ask for: it publishes every commit.
    `changed` are the commits that get a new id (`all_changed`).
    """
    estimated = _Estimated(spec, graph, Published.of(spec, graph), Published.of(decided, graph))
    return (
        _review(estimated),
        _rewrite(estimated, changed),
        _one_commit(Option.SQUASH, "one commit in place of all", estimated),
        _one_commit(Option.NEW_REPOSITORY, "only the latest version, for extreme cases", estimated),
    )


def _review(estimated: _Estimated) -> OptionNumbers:
    published = estimated.published
    possible = estimated.spec.changes_nothing
    return OptionNumbers(
        option=Option.REVIEW,
        possible=possible,
        why="no decision changes anything" if possible else "decisions change what would be published",
        commits_before=len(estimated.before.commits),
        commits_after=len(published.commits),
        commits_changed=0,
        tags_lost=0,
        tags_changed=0,
        signatures_lost=0,
        files_removed=0,
        blobs_changed=0,
        authors_kept=published.authors(estimated.graph),
        authors_before=estimated.authors_before,
    )


def _rewrite(estimated: _Estimated, changed: frozenset[Oid]) -> OptionNumbers:
    spec, graph, published = estimated.spec, estimated.graph, estimated.published
    tags = _changed_tags(spec, graph, published, changed)
    lost = lost_headers(graph, [*(oid for oid in published.commits if oid in changed), *spec.gone])
    lost += lost_signatures(graph, dict.fromkeys([*(oid for oid in published.notes if oid in changed), *tags]))
    possible = all(len(oid) == _SHA1_LENGTH for oid in spec.refs.values())
    return OptionNumbers(
        option=Option.REWRITE,
        possible=possible,
        why="every commit is kept" if possible else "not for repositories with SHA-256 ids",
        commits_before=len(estimated.before.commits),
        commits_after=len(published.commits),
        commits_changed=len(changed),
        tags_lost=0,
        tags_changed=len(tags),
        signatures_lost=_signatures(lost),
        headers_lost=_headers(lost),
        files_removed=len({change.oid for change in spec.blobs if change.remove}),
        blobs_changed=len({change.oid for change in spec.blobs if not change.remove}),
        authors_kept=published.authors(estimated.graph),
        authors_before=estimated.authors_before,
    )


def _changed_tags(
    spec: RewriteSpec, graph: ObjectGraph, published: Published, changed: frozenset[Oid]
) -> frozenset[Oid]:
    """Tags are given innermost first, so what they point to is known."""
    changes = Changes.of(spec)
    trees = TouchedTrees(changes, graph.trees)
    moved = set(changed) | {change.oid for change in spec.blobs}
    renamed = {old.removeprefix(TAGS) for old in spec.ref_renames if old.startswith(TAGS)}
    for oid in published.tags:
        tag = graph.tags[oid]
        is_by_renamed = tag.tagger is not None and changes.renamed(tag.tagger) != tag.tagger
        is_edited = oid in spec.message_edits or tag.name in renamed or is_by_renamed
        if is_edited or tag.target in moved or (tag.target in graph.trees and trees.touched(tag.target)):
            moved.add(oid)
    return frozenset(moved & graph.tags.keys())


def _signatures(lost: Counter[str]) -> int:
    return lost["signature"] + lost["tag signature"]


def _headers(lost: Counter[str]) -> int:
    return lost["header"] + lost["mergetag"]


def _changes_at(tree: Oid, estimated: _Estimated) -> list[BlobChange]:
    """What decisions change in the files of one commit."""
    changes = Changes.of(estimated.spec)
    files = TouchedTrees(changes, estimated.graph.trees).files(tree, set())
    keys = {changes.key_at(entry.oid, path) for path, entry in files}
    return [changes.files[key] for key in keys if key is not None]


def _one_commit(option: Option, why: str, estimated: _Estimated) -> OptionNumbers:
    spec, graph, published = estimated.spec, estimated.graph, estimated.published
    head = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else None
    lost = lost_headers(graph, published.all_commits) + lost_signatures(graph, dict.fromkeys(published.tags))
    possible = head in graph.commits
    tip = _changes_at(graph.commits[head].tree, estimated) if head in graph.commits else []
    return OptionNumbers(
        option=option,
        possible=possible,
        why=why if possible else "the default branch has no commit",
        commits_before=len(estimated.before.commits),
        commits_after=1 if possible else 0,
        commits_changed=1 if possible else 0,
        tags_lost=len(published.tags),
        tags_changed=0,
        signatures_lost=_signatures(lost),
        headers_lost=_headers(lost),
        files_removed=len({change.oid for change in tip if change.remove}),
        blobs_changed=len({change.oid for change in tip if not change.remove}),
        authors_kept=0,
        authors_before=estimated.authors_before,
    )

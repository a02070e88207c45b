"""The four options in this repository's numbers, before anything is built."""

from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, OptionNumbers, RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.introduced import introduced
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


def estimate(spec: RewriteSpec, graph: ObjectGraph, view: ObjectView) -> tuple[OptionNumbers, ...]:
    """Review, rewrite, squash and new repository, in this order, from the mildest to the hardest."""
    published = Published.of(spec, graph)
    return (
        _review(spec, graph, published),
        _rewrite(spec, graph, view, published),
        _one_commit(Option.SQUASH, "one commit in place of all", spec, graph, published),
        _one_commit(Option.NEW_REPOSITORY, "only the latest version, for extreme cases", spec, graph, published),
    )


def _review(spec: RewriteSpec, graph: ObjectGraph, published: Published) -> OptionNumbers:
    possible = spec.changes_nothing
    return OptionNumbers(
        option=Option.REVIEW,
        possible=possible,
        why="no decision changes anything" if possible else "decisions change what would be published",
        commits_before=len(published.commits),
        commits_after=len(published.commits),
        commits_changed=0,
        tags_lost=0,
        tags_changed=0,
        signatures_lost=0,
        files_removed=0,
        blobs_changed=0,
        authors_kept=published.authors(graph),
        authors_before=published.authors(graph),
    )


def _rewrite(spec: RewriteSpec, graph: ObjectGraph, view: ObjectView, published: Published) -> OptionNumbers:
    changed = all_changed(spec, graph, view)
    tags = _changed_tags(spec, graph, published, changed)
    possible = all(len(oid) == _SHA1_LENGTH for oid in spec.refs.values())
    return OptionNumbers(
        option=Option.REWRITE,
        possible=possible,
        why="every commit is kept" if possible else "not for repositories with SHA-256 ids",
        commits_before=len(published.commits) + len(spec.gone),
        commits_after=len(published.commits),
        commits_changed=len(changed),
        tags_lost=0,
        tags_changed=len(tags),
        signatures_lost=sum(graph.commits[oid].signed for oid in changed) + sum(graph.tags[oid].signed for oid in tags),
        files_removed=len({change.oid for change in spec.blobs if change.remove}),
        blobs_changed=len({change.oid for change in spec.blobs if not change.remove}),
        authors_kept=published.authors(graph),
        authors_before=published.authors(graph),
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


def _one_commit(option: Option, why: str, spec: RewriteSpec, graph: ObjectGraph, published: Published) -> OptionNumbers:
    head = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else None
    signed = [graph.commits[oid].signed for oid in published.all_commits]
    signed += [graph.tags[oid].signed for oid in published.tags]
    possible = head in graph.commits
    return OptionNumbers(
        option=option,
        possible=possible,
        why=why if possible else "the default branch has no commit",
        commits_before=len(published.commits),
        commits_after=1 if possible else 0,
        commits_changed=1 if possible else 0,
        tags_lost=len(published.tags),
        tags_changed=0,
        signatures_lost=sum(signed),
        files_removed=len({change.oid for change in spec.blobs if change.remove}),
        blobs_changed=len({change.oid for change in spec.blobs if not change.remove}),
        authors_kept=0,
        authors_before=published.authors(graph),
    )

"""Measures every option on a repository: what stays, what cannot be followed any more, what disappears."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph, peel, walk_tree
from opensafe.model.identifiers import Oid
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import Option, RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.commit_references import broken_messages
from opensafe.rewriting.published import Published

File = tuple[bytes, Oid]
"""A path, and a blob that stands there in some commit."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """What all options are measured by: the published commits, and the files of the history and of its tip."""

    spec: RewriteSpec
    graph: ObjectGraph
    published: Published
    total: int  # commits that would be published without the team's own choices
    changed: frozenset[Oid]
    history: frozenset[File]
    tip: frozenset[File]
    gone: frozenset[File]


def measure(
    spec: RewriteSpec, decided: RewriteSpec, graph: ObjectGraph, changed: frozenset[Oid], files: Iterable[File]
) -> tuple[OptionMeasures, ...]:
    """One for each option, in the order of `estimate`, which explains `decided` and `changed`.

    `files` is every published file version with its path.
    """
    tip = frozenset(_tip(spec, graph))
    history, changes = frozenset(files) | tip, Changes.of(spec)
    measured = _Measured(
        spec,
        graph,
        Published.of(spec, graph),
        len(Published.of(decided, graph).commits),
        changed,
        history,
        tip,
        gone=frozenset(file for file in history if _goes(changes, *file)),
    )
    rewritten = _keeping(measured, Option.REWRITE, measured.changed, measured.gone)
    return (
        _keeping(measured, Option.REVIEW, frozenset(), frozenset()),
        rewritten,
        _one_commit(measured, Option.SQUASH),
        _one_commit(measured, Option.NEW_REPOSITORY),
    )


def first_of(graph: ObjectGraph, changed: Collection[Oid]) -> list[Oid]:
    """The changed commits that no changed commit comes before, oldest first: what a code host asks for."""
    first = [oid for oid in changed if not any(parent in changed for parent in graph.commits[oid].parents)]
    return sorted(first, key=lambda oid: (graph.commits[oid].committer.timestamp, oid))


def surviving(option: Option, spec: RewriteSpec, graph: ObjectGraph, files: Iterable[File]) -> frozenset[File]:
    """The published file versions that an option leaves, as they are or changed inside."""
    if option is Option.REVIEW:
        return frozenset(files)
    left = files if option is Option.REWRITE else _tip(spec, graph)
    changes = Changes.of(spec)
    return frozenset(file for file in left if not _goes(changes, *file))


def _tip(spec: RewriteSpec, graph: ObjectGraph) -> Iterable[File]:
    head = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else None
    if head is None or head not in graph.commits:
        return ()
    return ((path, entry.oid) for path, entry in walk_tree(graph.trees, graph.commits[head].tree))


def _goes(changes: Changes, path: bytes, oid: Oid) -> bool:
    key = changes.key_at(oid, path)
    return key is not None and changes.files[key].remove


def _keeping(measured: _Measured, option: Option, changed: frozenset[Oid], gone: frozenset[File]) -> OptionMeasures:
    """An option that keeps every commit."""
    commits = measured.published.commits
    first = first_of(measured.graph, changed)
    renamed = _renamed(measured, commits) if changed else 0
    new_ids = sum(oid in changed for oid in commits)
    return OptionMeasures(
        option=option,
        commits_kept=len(commits) - new_ids,
        commits_changed=new_ids,
        commits_lost=measured.total - len(commits),
        authorship_kept=_share(len(commits) - renamed, measured.total),
        first_changed=first[0] if first else "",
        first_changed_count=len(first),
        references_lost=broken_messages(measured.graph, commits, changed),
        head_files_gone=len(_paths(measured.tip) - _paths(measured.tip - gone)),
        files_gone=len(_paths(measured.history) - _paths(measured.history - gone)),
        bytes_before=_bytes(measured.graph, measured.history),
        bytes_after=_bytes(measured.graph, measured.history - gone),
    )


def _renamed(measured: _Measured, commits: Iterable[Oid]) -> int:
    """Commits whose author gets another name or address."""
    people = Changes.of(measured.spec)
    authors = (measured.graph.commits[oid].author for oid in commits)
    return sum(people.renamed(author) != author for author in authors)


def _one_commit(measured: _Measured, option: Option) -> OptionMeasures:
    """A squash or a new repository: every commit goes, and with it its message and its author."""
    kept = measured.tip - measured.gone
    roots = first_of(measured.graph, measured.published.commits)
    return OptionMeasures(
        option=option,
        commits_kept=0,
        commits_changed=0,
        commits_lost=measured.total,
        authorship_kept=0.0,
        first_changed=roots[0] if roots else "",
        first_changed_count=len(roots),
        references_lost=0,
        head_files_gone=len(_paths(measured.tip) - _paths(kept)),
        files_gone=len(_paths(measured.history) - _paths(kept)),
        bytes_before=_bytes(measured.graph, measured.history),
        bytes_after=_bytes(measured.graph, kept),
    )


def _paths(files: Iterable[File]) -> set[bytes]:
    return {path for path, _ in files}


def _bytes(graph: ObjectGraph, files: Iterable[File]) -> int:
    return sum(graph.sizes.get(oid, 0) for oid in {oid for _, oid in files})


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0

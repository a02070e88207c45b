"""Looks at commits that opensafe put above the proven history: they may add and change files, and nothing else."""

from opensafe.git.graph import ObjectGraph, ancestors, load_graph, topological, walk_tree
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.text import counted, shown
from opensafe.model.verification import Check

_JOIN = 2
_ORDINARY = frozenset({0o100644, 0o100755})


def prove_added(view: ObjectView, base: Oid, tip: Oid) -> tuple[Check, ...]:
    """`base` is an ancestor of `tip`, the commits between follow one another, and no file of `base` goes.

    One of them may also join the line with `base` or what is below. The figure of `added-files` names every file that
    was added or changed.
    """
    graph = load_graph(view)
    between = _between(graph, base, tip)
    is_line = between is not None and _is_line(graph, between)
    above = Check(
        "added-on-top",
        is_line,
        _told(len(between or ())) if is_line else "the proven commit is not below",
    )
    return (above, _files(graph, base, tip)) if is_line else (above,)


def _told(commits: int) -> str:
    return f"{counted(commits, 'commit')} {'stands' if commits == 1 else 'stand'} above the proven one"


def _is_line(graph: ObjectGraph, between: list[Oid]) -> bool:
    """Whether each of them stands on the one before, or on commits below them all."""
    inner = set(between)
    above = [[parent for parent in graph.commits[oid].parents if parent in inner] for oid in between]
    expected = [[], *([oid] for oid in between[:-1])][: len(between)]
    return above == expected and all(0 < len(graph.commits[oid].parents) <= _JOIN for oid in between)


def _between(graph: ObjectGraph, base: Oid, tip: Oid) -> list[Oid] | None:
    """The commits above `base` up to `tip`, parents first; `None` where `base` is not below."""
    reached = ancestors(graph.commits, [tip])
    if base not in reached:
        return None
    return topological(graph.commits, reached - ancestors(graph.commits, [base]))


def _files(graph: ObjectGraph, base: Oid, tip: Oid) -> Check:
    before, after = _tree(graph, base), _tree(graph, tip)
    gone = before.keys() - after.keys()
    named = sorted(path for path, entry in after.items() if before.get(path) != entry)
    odd = [path for path in named if after[path].mode not in _ORDINARY]
    changed = sum(path in before for path in named)
    figure = (
        f"{len(named) - changed:,} files added, {changed:,} changed, {len(gone):,} removed,"
        f" {len(odd):,} that are not ordinary files: {', '.join(map(shown, named)) or 'none'}"
    )
    return Check("added-files", not gone and not odd, figure)


def _tree(graph: ObjectGraph, commit: Oid) -> dict[bytes, TreeEntry]:
    return dict(walk_tree(graph.trees, graph.commits[commit].tree))

"""Every file of what will be published, at every path where it ever stood."""

from collections.abc import Iterator

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.published import Published


def standing_files(spec: RewriteSpec, graph: ObjectGraph) -> Iterator[tuple[bytes, TreeEntry]]:
    """Path and entry, each pair once, of all published commits and tagged trees. Notes are no files."""
    published = Published.of(spec, graph)
    tagged = {graph.tags[oid].target for oid in published.tags} | set(spec.refs.values())
    roots = [*(graph.commits[oid].tree for oid in published.commits), *sorted(tagged & _trees(tagged, graph))]
    walked: set[tuple[Oid, bytes]] = set()
    given: set[tuple[bytes, TreeEntry]] = set()
    for root in roots:
        for pair in walk_tree(graph.trees, root, seen=walked):
            if pair not in given:
                given.add(pair)
                yield pair


def _trees(candidates: set[Oid], graph: ObjectGraph) -> set[Oid]:
    return {oid for oid in candidates if oid in graph.trees}

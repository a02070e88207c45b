"""Every file of what will be published, at every path where it ever stood."""

from collections.abc import Iterator

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.git.standing import File, standing_files
from opensafe.git.view import ObjectView
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.published import Published


def published_files(spec: RewriteSpec, graph: ObjectGraph, view: ObjectView) -> Iterator[File]:
    """Path and entry, each pair once, of all published commits and tagged trees. Notes are no files."""
    published = Published.of(spec, graph)
    tagged = {graph.tags[oid].target for oid in published.tags} | set(spec.refs.values())
    given = set[File]()
    for file in standing_files(view, graph, published.commits):
        given.add(file)
        yield file
    for root in sorted(oid for oid in tagged if oid in graph.trees):
        for file in walk_tree(graph.trees, root):
            if file not in given:
                given.add(file)
                yield file

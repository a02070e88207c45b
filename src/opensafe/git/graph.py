"""All commits, tags and trees of a view in memory, and the walks that history, rewriting and proof need."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from opensafe.git.parse import parse_commit, parse_tag, parse_tree
from opensafe.git.stream import list_headers, list_ids, read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import Commit, RawObject, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.progress import NoProgress, Progress
from opensafe.model.skip import SkipReason, Unread


@dataclass(slots=True)
class ObjectGraph:
    """Every object that the store lists: blobs by id and size, the others parsed.

    `order` keeps the ids as they lie in the packs. `unread` names what could not be read. Raw commits and tags are
    kept because audits search them byte for byte.
    """

    order: list[Oid] = field(default_factory=list)
    sizes: dict[Oid, int] = field(default_factory=dict)
    blobs: list[Oid] = field(default_factory=list)
    commits: dict[Oid, Commit] = field(default_factory=dict)
    tags: dict[Oid, Tag] = field(default_factory=dict)
    trees: dict[Oid, tuple[TreeEntry, ...]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def kinds(self) -> dict[str, int]:
        """How many objects of each kind were listed."""
        return {
            "blob": len(self.blobs),
            "commit": len(self.commits),
            "tree": len(self.trees),
            "tag": len(self.tags),
        }


def load_graph(view: ObjectView, progress: Progress | None = None) -> ObjectGraph:
    """List every object and read all but the blobs. What is damaged is named in `unread`."""
    told = progress or NoProgress()
    graph = ObjectGraph(order=list_ids(view))
    small: list[Oid] = []
    told.stage("Listing objects", len(graph.order))
    for header in list_headers(view, graph.order):
        told.advance()
        if isinstance(header, Unread):
            # It was listed, so it is there: git says "missing" of what it cannot open, too.
            graph.unread.append(replace(header, reason=SkipReason.CORRUPT))
            continue
        graph.sizes[header.oid] = header.size
        (graph.blobs if header.kind == "blob" else small).append(header.oid)
    told.stage("Reading commits and trees", len(small))
    for item in read_objects(view, small):
        told.advance()
        _keep(graph, item)
    return graph


def _keep(graph: ObjectGraph, item: RawObject | Unread) -> None:
    if isinstance(item, Unread):
        graph.unread.append(item)
    elif item.kind == "commit":
        graph.commits[item.oid] = parse_commit(item)
    elif item.kind == "tag":
        graph.tags[item.oid] = parse_tag(item)
    else:
        graph.trees[item.oid] = parse_tree(item)


def peel(graph: ObjectGraph, oid: Oid) -> Oid:
    """What a chain of annotated tags points to in the end."""
    seen: set[Oid] = set()
    while oid in graph.tags and oid not in seen:
        seen.add(oid)
        oid = graph.tags[oid].target
    return oid


def ancestors(commits: Mapping[Oid, Commit], tips: Iterable[Oid]) -> set[Oid]:
    """The commits that are reachable from `tips`, tips included; absent ones are left out."""
    found: set[Oid] = set()
    todo = [tip for tip in tips if tip in commits]
    while todo:
        oid = todo.pop()
        if oid not in found:
            found.add(oid)
            todo += [parent for parent in commits[oid].parents if parent in commits and parent not in found]
    return found


def topological(commits: Mapping[Oid, Commit], chosen: Iterable[Oid]) -> list[Oid]:
    """Parents before children; among those that may come next, the oldest committer date, then the id."""
    members = set(chosen)
    waiting: dict[Oid, int] = {}
    children: dict[Oid, list[Oid]] = {}
    for oid in members:
        parents = {parent for parent in commits[oid].parents if parent in members}
        waiting[oid] = len(parents)
        for parent in parents:
            children.setdefault(parent, []).append(oid)
    ready = [(commits[oid].committer.timestamp, oid) for oid, count in waiting.items() if not count]
    heapq.heapify(ready)
    ordered: list[Oid] = []
    while ready:
        _, oid = heapq.heappop(ready)
        ordered.append(oid)
        for child in children.get(oid, ()):
            waiting[child] -= 1
            if not waiting[child]:
                heapq.heappush(ready, (commits[child].committer.timestamp, child))
    return ordered


def walk_tree(
    trees: Mapping[Oid, Sequence[TreeEntry]], root: Oid, prefix: bytes = b"", seen: set[tuple[Oid, bytes]] | None = None
) -> Iterator[tuple[bytes, TreeEntry]]:
    """Every entry below a tree that is not a tree itself, with its path.

    With `seen`, a (tree, prefix) that was walked before is left out: walking many commits then costs what differs.
    """
    todo = [(root, prefix)]
    while todo:
        oid, at = todo.pop()
        if seen is not None:
            if (oid, at) in seen:
                continue
            seen.add((oid, at))
        for entry in trees.get(oid, ()):
            path = at + entry.name
            if entry.is_tree:
                todo.append((entry.oid, path + b"/"))
            else:
                yield path, entry

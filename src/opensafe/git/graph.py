"""All commits and tags of a view in memory, its trees at hand, and the walks that other rooms need."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.git.parse import is_whole_tree, parse_commit, parse_tag
from opensafe.git.stream import list_objects, read_objects
from opensafe.git.trees import Entries, Trees
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import Commit, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.progress import NoProgress, Progress
from opensafe.model.skip import SkipReason, Unread

_FEW = 8 << 20  # bytes of trees that are read at once, in one go with the commits
_ORDINARY = 1 << 20
_LARGEST = 16 << 20
_ROOM = 64 << 20
"""Bytes of a commit, tree or tag: up to how many it is like others, above how many it is not read (as many entries do
not fit into memory), and what all between may have together. The largest in public repositories have some 10 MiB.
"""


@dataclass(slots=True)
class ObjectGraph:
    """Every object that the store lists: blobs by id and size, commits and tags parsed, trees read when looked at.

    `order` keeps the ids as they lie in the packs. `unread` names what could not be read.
    """

    order: list[Oid] = field(default_factory=list)
    sizes: dict[Oid, int] = field(default_factory=dict)
    blobs: list[Oid] = field(default_factory=list)
    commits: dict[Oid, Commit] = field(default_factory=dict)
    tags: dict[Oid, Tag] = field(default_factory=dict)
    trees: Mapping[Oid, Entries] = field(default_factory=dict)
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
    """List every object, read commits and tags, and trees too where they are few. Damage is named in `unread`."""
    told = progress or NoProgress()
    told.stage("Listing objects")
    graph = ObjectGraph()
    by_kind: dict[str, list[Oid]] = {"blob": graph.blobs, "tree": [], "commit": [], "tag": []}
    for header in list_objects(view):
        if isinstance(header, Unread):
            graph.unread.append(header)
            if header.oid is not None:
                graph.order.append(header.oid)
            continue
        graph.order.append(header.oid)
        graph.sizes[header.oid] = header.size
        by_kind[header.kind].append(header.oid)
    told_of = [oid for kind in ("commit", "tag") for oid in _readable(graph, by_kind[kind])]
    trees = Trees(view, _readable(graph, by_kind["tree"]))
    graph.trees = trees
    few = sum(graph.sizes[oid] for oid in trees) <= _FEW
    _read(view, graph, trees, [*told_of, *(trees if few else ())], told)
    return graph


def _readable(graph: ObjectGraph, oids: Iterable[Oid]) -> Iterator[Oid]:
    """Those that may be read whole; the others, which a few bytes of a pack can make, are named."""
    room = _ROOM
    for oid in oids:
        size = graph.sizes[oid]
        if size > _LARGEST or (size > _ORDINARY and size > room):
            graph.unread.append(Unread(SkipReason.TOO_LARGE, oid, detail=f"{size:,} bytes"))
            continue
        if size > _ORDINARY:
            room -= size
        yield oid


def _read(view: ObjectView, graph: ObjectGraph, trees: Trees, oids: list[Oid], progress: Progress) -> None:
    progress.stage("Reading commits", len(oids))
    for oid, item in zip(oids, read_objects(view, oids), strict=True):
        progress.advance()
        if isinstance(item, Unread):
            graph.unread.append(item)
            trees.lost(oid)
        elif item.kind == "commit":
            graph.commits[oid] = parse_commit(item)
        elif item.kind == "tag":
            graph.tags[oid] = parse_tag(item)
        else:
            trees.keep(item)
            if not is_whole_tree(item):
                graph.unread.append(Unread(SkipReason.CORRUPT, oid, detail="bytes that are no entry"))


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

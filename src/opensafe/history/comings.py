"""Where everything comes and goes, commit by commit, from what differs between each commit and its first parent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES, Differing
from opensafe.git.view import ObjectView
from opensafe.history.events import BlobEvents
from opensafe.history.lineage import Event
from opensafe.model.gitobjects import MODE_SYMLINK
from opensafe.model.identifiers import Oid
from opensafe.model.skip import Unread

_COMES, _LINK, _SHIFT = 1, 2, 2


@dataclass(slots=True)
class Comings:
    """Events of each blob at each path, and of each path, by position in the order of the commits.

    An event is packed into a number (position, link or file, comes or goes). A path has the blob that came there
    first with it. `absent` has what is referred to and not in the store, with its mode and path; `folders` every tree
    that was met on the way.
    """

    blobs: BlobEvents = field(default_factory=BlobEvents)
    paths: dict[bytes, tuple[Oid, list[int]]] = field(default_factory=dict)
    absent: dict[Oid, tuple[int, bytes]] = field(default_factory=dict)
    folders: set[Oid] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)

    def add(self, position: int, found: Differing, present: Mapping[Oid, int]) -> None:
        """What differs between the commit at `position` and its first parent."""
        self.folders.update(found.folders)
        self.unread += found.unread
        goes = position << _SHIFT
        for path, old_mode, old, new_mode, new in found.changes:
            comes = goes | _COMES | (_LINK if new_mode == MODE_SYMLINK else 0)
            if not (old_mode and new_mode):
                self.paths.setdefault(path, (new or old, []))[1].append(comes if new_mode else goes)
            if old_mode and old != new:
                self.blobs.add(old, path, goes)
            if new_mode:
                self.blobs.add(new, path, comes)
                if new not in present:
                    self.absent.setdefault(new, (new_mode, path))


def comings_of(
    view: ObjectView, graph: ObjectGraph, order: list[Oid], parents: list[int], present: Mapping[Oid, int] | None = None
) -> Comings:
    """Compare every commit with its first parent; `parents` are positions in `order`, -1 for none.

    `present` tells what the store has, where that is more than the graph's own objects.
    """
    empty = next((EMPTY_TREES[len(oid)] for oid in order), Oid(""))
    trees = [graph.commits[oid].tree for oid in order]
    compared = [(trees[parent] if parent >= 0 else empty, tree) for parent, tree in zip(parents, trees, strict=True)]
    found = Comings(folders=set(trees))
    for position, difference in enumerate(tree_differences(view, graph.trees, compared)):
        found.add(position, difference, graph.sizes if present is None else present)
    return found


def events_of(codes: Iterable[int]) -> list[Event]:
    """Packed events as what a lineage is asked with."""
    return [Event(code >> _SHIFT, bool(code & _COMES)) for code in codes]


def arrivals(codes: Iterable[int]) -> list[tuple[int, bool]]:
    """The positions in which it comes, and whether as a symbolic link."""
    return [(code >> _SHIFT, bool(code & _LINK)) for code in codes if code & _COMES]

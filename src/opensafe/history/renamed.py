"""Old blobs that new commits bring to new paths: files that were moved or copied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from opensafe.git.graph import peel
from opensafe.git.trees import AnyTrees
from opensafe.history.arrivals import Arrivals
from opensafe.history.brought import brought_by
from opensafe.history.comings import arrivals
from opensafe.history.declared import is_declaration
from opensafe.history.growth import Growth
from opensafe.history.standing import kind_of_file
from opensafe.history.traced import Traced
from opensafe.model.ground import Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Renamed:
    """The paths that a blob had, and those that it has besides."""

    old: frozenset[bytes]
    new: frozenset[bytes]


def renamed(found: Growth, traced: Traced, roots: int, arrived: Arrivals, trees: AnyTrees) -> Mapping[Oid, Renamed]:
    """Raises Outgrown where a blob has a name of another kind: a link, a list of people, what no commit brought."""
    new = {oid: paths for oid in traced.comings.blobs if (paths := _new_paths(found, traced, roots, arrived, oid))}
    marks = {oid: arrived.of_blob(oid) for oid in new}
    rings = found.rings
    wanted = {rings.oid_at(came[0][0]) for paths in marks.values() for came in paths.values()}
    brought = brought_by(found, trees, sorted(wanted)) if new else None
    ends = {peel(found.graph, oid) for oid in found.refs.refs.values()}
    result: dict[Oid, Renamed] = {}
    for oid, paths in new.items():
        known = brought.blobs.get(oid, set()) if brought else set()
        old = frozenset(path for path in known if arrived.mark_of(path) in marks[oid])
        if not old or len(old) < len(marks[oid]) or oid in ends or not all(map(_is_plain, (*old, *paths))):
            raise Outgrown
        result[oid] = Renamed(old, frozenset(paths))
    return result


def _new_paths(found: Growth, traced: Traced, roots: int, arrived: Arrivals, oid: Oid) -> list[bytes]:
    """Where new commits bring an old blob and none did before. Raises Outgrown for links."""
    if oid in found.graph.sizes or oid not in found.everything:
        return []
    paths = []
    for path, codes in traced.comings.blobs.of(oid).items():
        anew = [is_link for position, is_link in arrivals(codes) if position >= roots]
        came = arrived.of(oid, path) if anew else []
        if any(anew) or _has_link(came):
            raise Outgrown
        if anew and not came:
            paths.append(path)
    return paths


def _has_link(came: Collection[tuple[int, bool]]) -> bool:
    return any(is_link for _, is_link in came)


def _is_plain(path: bytes) -> bool:
    return kind_of_file(path, 0) is PlaceKind.BLOB and not is_declaration(path)

"""A source that did nothing but grow since it was read, told without reading what was there before.

Whatever could change what was said of an old commit, blob or path raises Outgrown, and everything is gone through
again: each check says why. Nothing is taken for unchanged that was not compared.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.graph import ObjectGraph, peel, topological
from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout
from opensafe.git.lfs_store import stored_contents
from opensafe.git.parse import parse_commit, parse_tag
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.git.store_files import only_added, stored_files
from opensafe.git.stream import list_headers, read_objects, sorted_ids
from opensafe.git.view import ObjectView, open_view
from opensafe.git.worktrees import staged_everywhere
from opensafe.history.footing import REFLOGGED
from opensafe.history.published import NOTES as NOTES_REFS
from opensafe.history.published import PublishedRef, published_refs
from opensafe.history.rings import Rings
from opensafe.model.audit import SourceState
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import RawObject
from opensafe.model.ground import HEAD, NOTES, Footing, Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.packed import Packed
from opensafe.model.skip import Unread

_MOST_NEW = 50_000  # objects: beyond that little is saved
_ORDINARY = 1 << 20  # bytes of a commit, tree or tag; larger ones are budgeted over the whole history


@dataclass(frozen=True, slots=True)
class Growth:
    """`graph` has the new objects, and all tags; `everything` the id of every object; `now` is what is in the index."""

    layout: SourceLayout
    view: ObjectView
    refs: SourceRefs
    reflogs: tuple[ReflogLine, ...]
    published: tuple[PublishedRef, ...]
    staged: dict[bytes, Oid]
    staged_anywhere: dict[bytes, Oid]
    graph: ObjectGraph
    rings: Rings
    everything: Packed
    digest: str

    @property
    def order(self) -> list[Oid]:
        """The new commits in the order of the whole history, at whose end they stand."""
        return self.rings.order


def growth(
    layout: SourceLayout,
    folder: Path,
    footing: Footing,
    before: SourceState,
    key: FingerprintKey,
    publish: Collection[str],
) -> Growth:
    """What is new in a source, read through a view made in `folder`. Raises Outgrown."""
    _check_layout(layout, footing, before)
    view = open_view(layout, folder)
    listed = sorted_ids(view).rstrip("\n")
    everything = Packed(bytes.fromhex(listed.replace("\n", "")), 32 if layout.object_format == "sha256" else 20)
    graph = _graph(view, footing, _added(Packed(footing.ids, everything.width), everything))
    refs, reflogs = read_refs(layout), tuple(read_reflogs(layout))
    published = published_refs(refs, publish)
    rings = Rings(footing, graph.commits, topological(graph.commits, graph.commits))
    _check_commits(graph, footing, everything)
    _check_refs(before, refs, {ref.source for ref in published}, key, rings, graph)
    _draw(rings, graph, refs, reflogs, published, worktree_heads(layout).values(), before)
    return Growth(
        layout,
        view,
        refs,
        reflogs,
        published,
        staged_blobs(layout.git_dir / "index", layout.object_format),
        staged_everywhere(layout),
        graph,
        rings,
        everything,
        _digest(listed, refs),
    )


def _check_layout(layout: SourceLayout, footing: Footing, before: SourceState) -> None:
    """Another kind of store, one that is not whole or borrows, and files that were written anew may read otherwise.
    Contents of LFS would have to be matched with every pointer.
    """
    whole = not (layout.alternates or layout.shallow or layout.promisor or layout.grafts or stored_contents(layout))
    same = layout.object_format == before.object_format and only_added(footing.stored, stored_files(layout.objects))
    if not (whole and same):
        raise Outgrown


def _added(before: Packed, now: Packed) -> list[Oid]:
    """Raises Outgrown where an object has gone: its findings go too."""
    added: set[bytes] = set()
    for gone, come in before.beside(now):
        added |= come
        if gone or len(added) > _MOST_NEW:
            raise Outgrown
    return [Oid(oid.hex()) for oid in sorted(added)]


def _graph(view: ObjectView, footing: Footing, new: list[Oid]) -> ObjectGraph:
    """Raises Outgrown where something cannot be read: it has to be named, with what leads to it."""
    graph = ObjectGraph(order=new)
    kinds: dict[str, list[Oid]] = {"blob": graph.blobs, "tree": [], "commit": [], "tag": list(footing.tags)}
    for header in list_headers(view, new):
        if isinstance(header, Unread) or (header.kind != "blob" and header.size > _ORDINARY):
            raise Outgrown
        graph.sizes[header.oid] = header.size
        kinds[header.kind].append(header.oid)
    graph.trees = dict.fromkeys(kinds["tree"], ())
    for item in _read(view, [*kinds["commit"], *kinds["tag"]]):
        if item.kind == "commit":
            graph.commits[item.oid] = parse_commit(item)
        else:
            graph.tags[item.oid] = parse_tag(item)
    return graph


def _read(view: ObjectView, oids: list[Oid]) -> Iterator[RawObject]:
    for item in read_objects(view, oids):
        if isinstance(item, Unread):
            raise Outgrown
        yield item


def _check_commits(graph: ObjectGraph, footing: Footing, everything: Packed) -> None:
    """A commit that is older than one of before may stand between old ones, and first and last be told otherwise.
    What is missing has to be named.
    """
    for commit in graph.commits.values():
        if commit.committer.timestamp <= footing.newest or commit.tree not in everything:
            raise Outgrown
    if any(tag.target not in everything for tag in graph.tags.values()):
        raise Outgrown


def _check_refs(
    before: SourceState,
    refs: SourceRefs,
    public: set[bytes],
    key: FingerprintKey,
    rings: Rings,
    graph: ObjectGraph,
) -> None:
    """A ref that has gone, went back or sideways, or is not as public as before may leave commits behind.
    One that leads to no commit gives places of its own to blobs.
    """
    now = {key.name(name): (oid, name in public) for name, oid in refs.refs.items()}
    for ref in before.refs:
        oid, is_public = now.pop(ref.key, (Oid(""), False))
        moved = oid != ref.oid and not (oid in rings.new and ref.oid in rings.roots(oid))
        if moved or is_public != ref.published:
            raise Outgrown
    for oid, _ in now.values():
        if not _is_commit(peel(graph, oid), rings):
            raise Outgrown


def _is_commit(oid: Oid, rings: Rings) -> bool:
    return oid in rings.new or rings.is_old(oid)


def _draw(
    rings: Rings,
    graph: ObjectGraph,
    refs: SourceRefs,
    reflogs: Iterable[ReflogLine],
    published: Iterable[PublishedRef],
    aside: Collection[Oid],
    before: SourceState,
) -> None:
    """Work out how near every new commit is. Raises Outgrown where that of an old one changes."""
    published = tuple(published)
    logged = {oid for line in reflogs for oid in (line.old, line.new)}
    head = refs.head or Oid("")
    old_head = before.head or Oid("")
    left = not (set(rings.footing.reflogged) <= logged and set(rings.footing.aside) <= set(aside))
    if left or (head != old_head and not (head in rings.new and old_head in rings.roots(head))):
        raise Outgrown
    rings.reach([peel(graph, ref.oid) for ref in published], 0)
    rings.reach([ref.oid for ref in published if ref.public.startswith(NOTES_REFS)], 0, NOTES)
    rings.reach([peel(graph, oid) for oid in (*refs.refs.values(), *aside)], 1)
    rings.reach([head], 1, HEAD)
    rings.reach(logged, REFLOGGED)
    rings.settle()


def _digest(listed: str, refs: SourceRefs) -> str:
    """As `History.digest` has it."""
    ids = hashlib.sha256(listed.encode())
    for name, oid in sorted(refs.refs.items()):
        ids.update(b"\n" + oid.encode() + b" " + name)
    return ids.hexdigest()


def read_commits(view: ObjectView, oids: Iterable[Oid]) -> Mapping[Oid, RawObject]:
    """Some old commits again. Raises Outgrown where one cannot be read any more."""
    return {item.oid: item for item in _read(view, list(oids))}

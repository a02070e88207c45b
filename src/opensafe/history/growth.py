"""A source that did nothing but grow since it was read, told without reading what was there before.

Whatever could change what was said of an old commit, blob or path raises Outgrown, and everything is gone through
again: each check says why. Nothing is taken for unchanged that was not compared.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout
from opensafe.git.lfs_store import stored_contents
from opensafe.git.parse import parse_commit, parse_tag
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.git.store_files import reads_as_before, stored_files
from opensafe.git.stream import list_headers, read_objects, sorted_ids
from opensafe.git.view import ObjectView, open_view
from opensafe.git.worktrees import staged_everywhere
from opensafe.history.footing import REFLOGGED
from opensafe.history.placing import placed
from opensafe.history.published import NOTES as NOTES_REFS
from opensafe.history.published import PublishedRef, published_refs
from opensafe.history.rings import Rings, Tips
from opensafe.history.skeleton import Skeleton
from opensafe.model.audit import SourceState
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import RawObject
from opensafe.model.ground import Footing, Outgrown
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
        """The new commits in the order of the whole history, among which they may stand."""
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
    _check_commits(graph, everything)
    skeleton = Skeleton.of(footing, everything.width)
    rings = Rings(skeleton, graph.commits, placed(skeleton, graph.commits), footing.circles)
    aside = worktree_heads(layout).values()
    tips = _tips(graph, refs, reflogs, published, aside)
    changes = list(_ref_changes(before, refs, {ref.source for ref in published}, key, graph))
    if not _is_drawn_on(changes, rings, tips, aside, before):
        _check_ends(changes, rings)
        rings.redraw(tips)
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
    """Another kind of store, and one that is not whole or borrows, may read otherwise. Contents of LFS would have to be
    matched with every pointer.
    """
    whole = not (layout.alternates or layout.shallow or layout.promisor or layout.grafts or stored_contents(layout))
    stored = stored_files(layout.objects)
    same = layout.object_format == before.object_format and reads_as_before(layout.objects, footing.stored, stored)
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
    for item in read_each(view, [*kinds["commit"], *kinds["tag"]]):
        if item.kind == "commit":
            graph.commits[item.oid] = parse_commit(item)
        else:
            graph.tags[item.oid] = parse_tag(item)
    return graph


def read_each(view: ObjectView, oids: list[Oid]) -> Iterator[RawObject]:
    """Old objects again, one after the other. Raises Outgrown where one cannot be read any more."""
    for item in read_objects(view, oids):
        if isinstance(item, Unread):
            raise Outgrown
        yield item


def _check_commits(graph: ObjectGraph, everything: Packed) -> None:
    """What is missing has to be named."""
    needed = [oid for commit in graph.commits.values() for oid in (commit.tree, *commit.parents)]
    if any(oid not in everything for oid in (*needed, *(tag.target for tag in graph.tags.values()))):
        raise Outgrown


@dataclass(frozen=True, slots=True)
class _RefChange:
    """A ref that was not there, is not any more, leads elsewhere, or is more or less public.

    `old` and `new` are where it led and leads in the end, empty for nowhere.
    """

    old: Oid
    new: Oid
    as_public: bool


def _ref_changes(
    before: SourceState, refs: SourceRefs, public: set[bytes], key: FingerprintKey, graph: ObjectGraph
) -> Iterator[_RefChange]:
    now = {key.name(name): (oid, name in public) for name, oid in refs.refs.items()}
    for ref in before.refs:
        oid, is_public = now.pop(ref.key, (Oid(""), False))
        if (oid, is_public) != (ref.oid, ref.published):
            yield _RefChange(peel(graph, ref.oid), peel(graph, oid), is_public == ref.published)
    yield from (_RefChange(Oid(""), peel(graph, oid), as_public=True) for oid, _ in now.values())


def _tips(
    graph: ObjectGraph,
    refs: SourceRefs,
    reflogs: Iterable[ReflogLine],
    published: Iterable[PublishedRef],
    aside: Iterable[Oid],
) -> Tips:
    """What leads to commits, as `trace` has it."""
    published = tuple(published)
    head = [refs.head] if refs.head else []
    return Tips(
        near=(
            [peel(graph, ref.oid) for ref in published],
            [peel(graph, oid) for oid in (*refs.refs.values(), *aside, *head)],
            {oid for line in reflogs for oid in (line.old, line.new)},
        ),
        notes=[ref.oid for ref in published if ref.public.startswith(NOTES_REFS)],
        head=head,
    )


def _is_drawn_on(
    changes: Collection[_RefChange], rings: Rings, tips: Tips, aside: Collection[Oid], before: SourceState
) -> bool:
    """Draw the rings on where all refs that were there still lead to where they did, which is soon done."""
    head = before.head or Oid(""), next(iter(tips.head), Oid(""))
    led = [(change.old, change.new) for change in changes if change.as_public]
    if len(led) < len(changes) or not all(_leads_on(old, new, rings) for old, new in (*led, head)):
        return False
    footing = rings.footing
    if not (set(footing.reflogged) <= set(tips.near[REFLOGGED]) and set(footing.aside) <= set(aside)):
        return False
    try:
        rings.extend(tips)
    except Outgrown:  # something is nearer than it was
        return False
    return True


def _leads_on(old: Oid, new: Oid, rings: Rings) -> bool:
    """Whether all that was behind a tip still is; behind one that was not there was nothing, it may lead anywhere."""
    return new == old or (rings.is_commit(new) and (not old or (new in rings.new and old in rings.roots(new))))


def _check_ends(changes: Iterable[_RefChange], rings: Rings) -> None:
    """A ref that leads to no commit gives places of its own to blobs, or did."""
    if not all(rings.is_commit(oid) for change in changes for oid in (change.old, change.new) if oid):
        raise Outgrown


def _digest(listed: str, refs: SourceRefs) -> str:
    """As `History.digest` has it."""
    ids = hashlib.sha256(listed.encode())
    for name, oid in sorted(refs.refs.items()):
        ids.update(b"\n" + oid.encode() + b" " + name)
    return ids.hexdigest()


def read_commits(view: ObjectView, oids: Iterable[Oid]) -> Mapping[Oid, RawObject]:
    """Some old commits again. Raises Outgrown as above."""
    return {item.oid: item for item in read_each(view, list(oids))}

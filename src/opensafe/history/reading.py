"""Reads a whole source once: what every later step looks at."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.graph import ObjectGraph, load_graph, walk_tree
from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout, read_text
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.git.view import ObjectView, open_view
from opensafe.history.provenance import Provenance, trace
from opensafe.history.published import PublishedRef, default_branch, published_refs
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.skip import SkipReason, Unread


@dataclass(frozen=True, slots=True)
class History:
    """A source as it was at one moment. `unread` are objects that are damaged, absent or elsewhere."""

    layout: SourceLayout
    view: ObjectView
    graph: ObjectGraph
    refs: SourceRefs
    reflogs: tuple[ReflogLine, ...]
    staged: dict[bytes, Oid]
    published: tuple[PublishedRef, ...]
    provenance: Provenance
    unread: tuple[Unread, ...]

    @property
    def head_branch(self) -> bytes:
        """The default branch of what will be published."""
        return default_branch(self.refs, self.published)

    def digest(self) -> str:
        """SHA-256 over every object id and every ref: another digest means that the source has changed."""
        ids = hashlib.sha256("\n".join(sorted(self.graph.order)).encode())
        for name, oid in sorted(self.refs.refs.items()):
            ids.update(b"\n" + oid.encode() + b" " + name)
        return ids.hexdigest()


def read_history(layout: SourceLayout, folder: Path, progress: Progress, publish: Collection[str] = ()) -> History:
    """Read every object but the blobs' contents, all refs, reflogs and the index, through a view made in `folder`."""
    view = open_view(layout, folder)
    graph = load_graph(view, progress)
    refs = read_refs(layout)
    reflogs = tuple(read_reflogs(layout))
    staged = staged_blobs(layout.git_dir / "index", layout.object_format)
    published = published_refs(refs, publish)
    provenance = trace(
        graph,
        published,
        head=refs.head,
        referenced=[*refs.refs.values(), *worktree_heads(layout).values()],
        reflogged={oid for line in reflogs for oid in (line.old, line.new)},
        staged=staged,
    )
    unread = (*graph.unread, *_absent(layout, graph, refs, staged))
    return History(layout, view, graph, refs, reflogs, staged, published, provenance, unread)


def _absent(
    layout: SourceLayout, graph: ObjectGraph, refs: SourceRefs, staged: Mapping[bytes, Oid]
) -> Iterator[Unread]:
    """What is referred to but not in the store: lost objects, cut-off history, submodules."""
    present = set(graph.order)
    shallow = {Oid(line.decode("ascii", "replace")) for line in read_text(layout.common_dir / "shallow").split()}
    named: dict[Oid, Unread] = {}
    for oid, reason, path in _references(graph, refs, staged):
        if oid not in present and oid not in named:
            named[oid] = Unread(reason, oid, path or None)
    cut = {parent for oid in shallow if oid in graph.commits for parent in graph.commits[oid].parents}
    for oid, item in named.items():
        yield Unread(SkipReason.SHALLOW, oid) if oid in cut else item


def _references(
    graph: ObjectGraph, refs: SourceRefs, staged: Mapping[bytes, Oid]
) -> Iterator[tuple[Oid, SkipReason, bytes]]:
    for name, oid in refs.refs.items():
        yield oid, SkipReason.MISSING, name
    for commit in graph.commits.values():
        yield commit.tree, SkipReason.MISSING, b""
        for parent in commit.parents:
            yield parent, SkipReason.MISSING, b""
    for tag in graph.tags.values():
        yield tag.target, SkipReason.MISSING, b""
    seen: set[tuple[Oid, bytes]] = set()
    for commit in graph.commits.values():
        for path, entry in walk_tree(graph.trees, commit.tree, seen=seen):
            yield entry.oid, SkipReason.SUBMODULE if entry.is_gitlink else SkipReason.MISSING, path
    for entries in graph.trees.values():
        for entry in entries:
            if entry.is_tree:
                yield entry.oid, SkipReason.MISSING, entry.name
    for path, oid in staged.items():
        yield oid, SkipReason.MISSING, path

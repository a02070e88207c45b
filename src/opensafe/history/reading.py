"""Reads a whole source once: what every later step looks at."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from opensafe.git.graph import ObjectGraph, load_graph
from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout, read_text
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.git.treewalk import EMPTY_TREES
from opensafe.git.view import ObjectView, open_view
from opensafe.git.worktrees import staged_everywhere
from opensafe.history.provenance import Provenance, trace
from opensafe.history.published import PublishedRef, default_branch, published_refs
from opensafe.model.gitobjects import MODE_GITLINK
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.skip import SkipReason, Unread

_NEVER_LOST = frozenset(EMPTY_TREES.values())
"""git knows the folder without files by heart, and does not always write it: `git rebase --root` commits it so."""


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
    staged_anywhere = staged_everywhere(layout)
    progress.stage("Comparing commits")
    provenance = trace(
        view,
        graph,
        published,
        head=refs.head,
        referenced=[*refs.refs.values(), *worktree_heads(layout).values()],
        reflogged={oid for line in reflogs for oid in (line.old, line.new)},
        staged=staged_anywhere,
    )
    unread = (*graph.unread, *_absent(layout, graph, provenance, refs, staged_anywhere))
    return History(layout, view, graph, refs, reflogs, staged, published, provenance, unread)


def _absent(
    layout: SourceLayout, graph: ObjectGraph, provenance: Provenance, refs: SourceRefs, staged: Mapping[bytes, Oid]
) -> Iterator[Unread]:
    """What is referred to but not in the store: lost objects, cut-off history, submodules; and damaged trees."""
    named = {item.oid for item in graph.unread}
    shallow = {Oid(line.decode("ascii", "replace")) for line in read_text(layout.common_dir / "shallow").split()}
    cut = {parent for oid in shallow if oid in graph.commits for parent in graph.commits[oid].parents}
    for item in (*provenance.unread, *_lost(graph, provenance, refs, staged)):
        if item.oid not in named:
            named.add(item.oid)
            yield replace(item, reason=SkipReason.SHALLOW, path=None) if item.oid in cut else item


def _lost(
    graph: ObjectGraph, provenance: Provenance, refs: SourceRefs, staged: Mapping[bytes, Oid]
) -> Iterator[Unread]:
    """Every reference to what is not there, by the best name that it has."""
    for oid, path in _references(graph, refs, staged):
        if oid not in graph.sizes and oid not in _NEVER_LOST:
            yield Unread(SkipReason.MISSING, oid, path or None)
    for oid, (mode, path) in provenance.absent.items():
        if oid in _NEVER_LOST:
            continue
        yield Unread(SkipReason.SUBMODULE if mode == MODE_GITLINK else SkipReason.MISSING, oid, path)


def _references(graph: ObjectGraph, refs: SourceRefs, staged: Mapping[bytes, Oid]) -> Iterator[tuple[Oid, bytes]]:
    for name, oid in refs.refs.items():
        yield oid, name
    for commit in graph.commits.values():
        yield commit.tree, b""
        for parent in commit.parents:
            yield parent, b""
    for tag in graph.tags.values():
        yield tag.target, b""
    for path, oid in staged.items():
        yield oid, path

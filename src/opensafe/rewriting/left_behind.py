"""What of the old history stays on a code host whatever is pushed: requests, and objects of Git LFS.

Source: facts, history and rewriting, section 13: the figures that a host's support asks for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph, ancestors, peel, topological
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.measures import File
from opensafe.rewriting.published import with_descendants
from opensafe.rewriting.touched import TouchedTrees

_REQUEST = expression(
    rb"refs/(?:remotes/[^/]{1,200}/)?(?:pull|pull-requests|merge-requests|pr)/\d{1,9}(?:/(?:head|from))?"
)
_POINTER = expression(
    rb"\Aversion https://git-lfs\.github\.com/spec/v1\n(?:.{0,200}\n){0,10}?oid sha256:([0-9a-f]{64})\n"
)
_LONGEST_POINTER = 1_024  # bytes, by the specification of Git LFS
_ATTRIBUTES = b".gitattributes"


@dataclass(frozen=True, slots=True)
class Requests:
    """Pull or merge requests whose refs the source has, and how many of them hold a commit that changes."""

    total: int
    affected: int


def requests_of(refs: Mapping[bytes, Oid], spec: RewriteSpec, graph: ObjectGraph, *, gives_up: bool) -> Requests:
    """Requests are counted by their tips: one that builds on a changed commit, or holds a change itself, is affected.

    `gives_up`: the option keeps no commit, so that all are.
    """
    tips = [peel(graph, oid) for name, oid in refs.items() if _REQUEST.fullmatch(name)]
    if gives_up:
        return Requests(len(tips), len(tips))
    changes = Changes.of(spec)
    trees = TouchedTrees(changes, graph.trees)
    reached = topological(graph.commits, ancestors(graph.commits, tips))
    commits = (graph.commits[oid] for oid in reached)
    first = [commit.oid for commit in commits if changes.touches(commit) or trees.touched(commit.tree)]
    changed = with_descendants(graph, reached, first)
    return Requests(len(tips), sum(tip in changed for tip in tips))


def lfs_objects(view: ObjectView, graph: ObjectGraph, files: Iterable[File]) -> dict[Oid, str]:
    """The pointers of Git LFS among these file versions: the SHA-256 id of its object by the id of its blob.

    Nothing is read where no file says that Git LFS may be in use.
    """
    known = list(files)
    if not any(path.rpartition(b"/")[2] == _ATTRIBUTES for path, _ in known):
        return {}
    small = sorted({oid for _, oid in known if graph.sizes.get(oid, _LONGEST_POINTER + 1) <= _LONGEST_POINTER})
    found: dict[Oid, str] = {}
    for item in read_objects(view, small):
        pointer = _POINTER.match(item.data) if isinstance(item, RawObject) and item.kind == "blob" else None
        if isinstance(item, RawObject) and pointer:
            found[item.oid] = pointer[1].decode()
    return found

"""What a few commits bring, each compared with its first parent: read again where something about it has changed."""

from collections.abc import Collection
from dataclasses import dataclass, field

from opensafe.git.parse import parse_commit
from opensafe.git.treediff import tree_differences
from opensafe.git.trees import AnyTrees
from opensafe.git.treewalk import EMPTY_TREES
from opensafe.history.growth import Growth, read_commits
from opensafe.model.gitobjects import Commit
from opensafe.model.ground import Outgrown
from opensafe.model.identifiers import Oid

_MOST = 2_000
"""Commits: beyond that little is saved."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Blobs with the paths to which they come, and paths at which there was nothing."""

    blobs: dict[Oid, set[bytes]] = field(default_factory=dict)
    paths: set[bytes] = field(default_factory=set)


def brought_by(found: Growth, trees: AnyTrees, wanted: Collection[Oid]) -> Brought:
    """What these old commits bring. Raises Outgrown for too many."""
    if len(wanted) > _MOST:
        raise Outgrown
    result = Brought()
    commits = _commits(found, wanted)
    parents = _commits(found, sorted({parent for commit in commits.values() for parent in commit.parents[:1]}))
    pairs = [(_tree_before(commit, parents), commit.tree) for commit in commits.values()]
    for difference in tree_differences(found.view, trees, pairs):
        if difference.unread:
            raise Outgrown
        for path, old_mode, _, new_mode, new in difference.changes:
            if new_mode:
                result.blobs.setdefault(new, set()).add(path)
                result.paths.update(() if old_mode else (path,))
    return result


def _commits(found: Growth, oids: Collection[Oid]) -> dict[Oid, Commit]:
    return {oid: parse_commit(item) for oid, item in read_commits(found.view, oids).items()} if oids else {}


def _tree_before(commit: Commit, parents: dict[Oid, Commit]) -> Oid:
    return parents[commit.parents[0]].tree if commit.parents else EMPTY_TREES[len(commit.oid)]

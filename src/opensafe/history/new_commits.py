"""Which commits are new to a place that has some already: reachable from the tips, and not from what is known.

Reads along the difference only, newest first, as git does. A clock that went far wrong can make a commit count as new
that is not: then it is read once more. No new commit is ever taken for a known one, because that follows parents alone.
"""

import heapq
import math
from collections.abc import Collection, Iterable

from opensafe.git.graph import topological
from opensafe.history.objects import Objects
from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread


def new_commits(objects: Objects, tips: Iterable[Oid], known: Iterable[Oid], cut: Collection[Oid] = ()) -> list[Commit]:
    """The new commits, parents before children. What is missing of them is noted in `objects.unread`.

    `cut` are the commits behind which a shallow clone ends.
    """
    walk = _Walk(objects, frozenset(cut))
    for oid in known:
        walk.reach(oid, known=True)
    for oid in tips:
        walk.reach(oid, known=False)
    found = walk.finish()
    return [found[oid] for oid in topological(found, found)]


class _Walk:
    def __init__(self, objects: Objects, cut: frozenset[Oid]) -> None:
        self._objects = objects
        self._cut = cut
        self._known: dict[Oid, bool] = {}
        self._queue: list[tuple[int, Oid]] = []
        self._open: set[Oid] = set()  # new as far as one knows, and still to be followed
        self._oldest: float = math.inf  # of the new ones, in seconds since 1970
        self._missing: dict[Oid, Unread] = {}

    def reach(self, oid: Oid, *, known: bool, child: Oid | None = None) -> None:
        """Come to a commit. One that was new before becomes known for good, and is followed again as such."""
        if oid in self._known and (self._known[oid] or not known):
            return
        self._known[oid] = known
        self._open.discard(oid)
        commit = self._objects.commit(oid)
        if isinstance(commit, Unread):
            self._missing[oid] = Unread(SkipReason.SHALLOW, oid) if child in self._cut else commit
            return
        heapq.heappush(self._queue, (-commit.committer.timestamp, oid))
        if not known:
            self._open.add(oid)
            self._oldest = min(self._oldest, commit.committer.timestamp)

    def finish(self) -> dict[Oid, Commit]:
        while self._open or (self._queue and -self._queue[0][0] >= self._oldest):
            _, oid = heapq.heappop(self._queue)
            self._open.discard(oid)
            commit = self._objects.commit(oid)
            for parent in () if isinstance(commit, Unread) else commit.parents:
                self.reach(parent, known=self._known[oid], child=oid)
        for oid, item in self._missing.items():
            if not self._known[oid]:
                self._objects.needed(item)
        fresh = [self._objects.commit(oid) for oid, known in self._known.items() if not known]
        return {commit.oid: commit for commit in fresh if isinstance(commit, Commit)}

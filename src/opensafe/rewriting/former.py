"""The history that a case has made before, and what a new rewrite would change in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.graph import ObjectGraph, ancestors, topological
from opensafe.model.identifiers import Oid
from opensafe.model.option import Option
from opensafe.model.rewrite import Reach
from opensafe.rewriting.published import TAGS


@dataclass(frozen=True, slots=True)
class Former:
    """`commits` and `plain` are as in its claim, `refs` as it was rewritten, `head` the name of its default branch.

    Above that stands what opensafe added: `tip` is the commit of the default branch with it, `added` counts those
    commits, `tags` are tags of ours. `objects` is the folder that holds the objects, `option` how it was made.
    """

    objects: Path
    commits: Mapping[Oid, Oid | None]
    plain: Mapping[Oid, Oid]
    refs: Mapping[bytes, Oid]
    head: bytes
    tip: Oid
    added: int = 0
    tags: Mapping[bytes, Oid] | None = None
    option: Option = Option.REWRITE

    @property
    def base(self) -> Oid:
        """The rewritten commit on which the default branch stood, before anything was added above it."""
        return self.refs[self.head]

    def plain_id(self, oid: Oid) -> Oid | None:
        """The id of a commit of the source as it was rewritten, without what was added below it."""
        return self.plain.get(oid, self.commits.get(oid))

    def kept_refs(self, refs: Mapping[bytes, Oid]) -> dict[bytes, Oid]:
        """What stays of ours in an extension: tags, and what stands above a default branch that has not moved."""
        above = {self.head: self.tip} if refs.get(self.head) == self.base else {}
        return {**(self.tags or {}), **above}


def changed_before(former: Former, plain: Mapping[Oid, Oid], order: Sequence[Oid]) -> list[Oid]:
    """The commits that were published before and get another id now, in the order of the history."""
    return [oid for oid in order if oid in former.commits and former.plain_id(oid) != plain[oid]]


def reach_of(former: Former, graph: ObjectGraph, final: Mapping[Oid, Oid | None], refs: Mapping[bytes, Oid]) -> Reach:
    """What a new result changes in the former one, and everything that was added there, as if it went.

    `final` and `refs` are the published commits of the source and the refs as they will be.
    """
    lost = [oid for oid, was in former.commits.items() if was is not None and final.get(oid) != was]
    old = {new: oid for oid, new in final.items() if new is not None}
    stays = {name: refs.get(name) == was for name, was in former.refs.items()}
    moved = [
        name
        for name, was in former.refs.items()
        if not stays[name] and (name.startswith(TAGS) or not _moves_forward(was, refs.get(name), old, graph))
    ]
    order = topological(graph.commits, [oid for oid in lost if oid in graph.commits])
    first = former.commits[[*order, *lost][0]] if lost else None
    return Reach(first or "", len(lost), len(moved), former.added)


def _moves_forward(was: Oid, now: Oid | None, old: Mapping[Oid, Oid], graph: ObjectGraph) -> bool:
    """Whether the commit that a branch named is below the one that it names now, in the source too."""
    if now is None or now not in old or was not in old:
        return False
    return old[was] in ancestors(graph.commits, [old[now]])

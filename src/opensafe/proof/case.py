"""What a proof is about: both sides, what was decided, and what is claimed."""

from dataclasses import dataclass
from functools import cached_property

from opensafe.git.graph import ObjectGraph, ancestors, peel
from opensafe.git.standing import File, standing_files
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.rewrite import RewriteClaim

_NOTES = b"refs/notes/"


@dataclass(frozen=True)
class ProofCase:
    """`commits` are the published ones of the source that stay, `notes` those that only refs/notes/ reach.

    `added` are commits in the result that opensafe put there: documents, versions.
    """

    source: ObjectView
    source_graph: ObjectGraph
    result: ObjectView
    result_graph: ObjectGraph
    spec: RewriteSpec
    claim: RewriteClaim
    added: frozenset[Oid] = frozenset()

    @cached_property
    def commits(self) -> frozenset[Oid]:
        tips = [oid for name, oid in self.spec.refs.items() if not name.startswith(_NOTES)]
        return self._reached(tips)

    @cached_property
    def notes(self) -> frozenset[Oid]:
        return self._reached(list(self.spec.refs.values())) - self.commits

    @cached_property
    def tags(self) -> frozenset[Oid]:
        """The published annotated tags, nested ones too."""
        found: set[Oid] = set()
        todo = list(self.spec.refs.values())
        while todo:
            oid = todo.pop()
            if oid in self.source_graph.tags and oid not in found:
                found.add(oid)
                todo.append(self.source_graph.tags[oid].target)
        return frozenset(found)

    @cached_property
    def head(self) -> Oid | None:
        """The commit of the default branch, where it has one."""
        tip = self.spec.refs.get(self.spec.head)
        oid = None if tip is None else peel(self.source_graph, tip)
        return oid if oid in self.source_graph.commits else None

    @cached_property
    def files(self) -> frozenset[File]:
        """Every file of the published commits that stay, at every path where it ever stood."""
        return frozenset(standing_files(self.source, self.source_graph, self.commits))

    def _reached(self, tips: list[Oid]) -> frozenset[Oid]:
        graph = self.source_graph
        return frozenset(ancestors(graph.commits, [peel(graph, tip) for tip in tips]) - self.spec.gone.keys())

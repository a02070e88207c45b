"""What will be published: the commits, notes and tags that the chosen refs reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from opensafe.errors import OpensafeError
from opensafe.git.graph import ObjectGraph, ancestors, peel, topological
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec

NOTES = b"refs/notes/"
TAGS = b"refs/tags/"


class SourceIncomplete(OpensafeError):
    """A part of what is to be published is missing in the source."""


@dataclass(frozen=True, slots=True)
class Published:
    """Commits that stay, parents first; `notes` are those that only refs/notes/ reach; `tags` innermost first."""

    commits: tuple[Oid, ...]
    notes: tuple[Oid, ...]
    tags: tuple[Oid, ...]

    @classmethod
    def of(cls, spec: RewriteSpec, graph: ObjectGraph) -> "Published":
        tips = {name: peel(graph, oid) for name, oid in spec.refs.items()}
        ordinary = ancestors(graph.commits, [tip for name, tip in tips.items() if not name.startswith(NOTES)])
        notes = ancestors(graph.commits, tips.values()) - ordinary
        return cls(
            tuple(topological(graph.commits, ordinary - spec.gone.keys())),
            tuple(topological(graph.commits, notes)),
            tuple(_tags(spec, graph)),
        )

    @property
    def all_commits(self) -> tuple[Oid, ...]:
        return self.commits + self.notes

    def authors(self, graph: ObjectGraph) -> int:
        """How many different authors the commits have."""
        people = (graph.commits[oid].author for oid in self.commits)
        return len({(author.name, author.email) for author in people})

    def require_parents(self, graph: ObjectGraph) -> None:
        """Raises SourceIncomplete where history is cut off (a shallow clone, missing commits)."""
        parents = {parent for oid in self.all_commits for parent in graph.commits[oid].parents}
        missing = parents - graph.commits.keys()
        if missing:
            raise SourceIncomplete(
                f"{len(missing)} commits that the published history needs are missing (one is {min(missing)})",
                remedy="fetch the whole history (git fetch --unshallow) and audit again, or publish with squash",
            )


def with_descendants(graph: ObjectGraph, order: Iterable[Oid], first: Iterable[Oid]) -> frozenset[Oid]:
    """`first` and every commit of `order` (parents before children) that comes after one of them."""
    changed = set(first)
    for oid in order:
        if any(parent in changed for parent in graph.commits[oid].parents):
            changed.add(oid)
    return frozenset(changed)


def _tags(spec: RewriteSpec, graph: ObjectGraph) -> list[Oid]:
    found: dict[Oid, None] = {}
    for oid in spec.refs.values():
        chain: list[Oid] = []
        at = oid
        while at in graph.tags and at not in found and at not in chain:
            chain.append(at)
            at = graph.tags[at].target
        found |= dict.fromkeys(reversed(chain))
    return list(found)

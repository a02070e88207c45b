"""The line of commits that a squash publishes: one for each state of the default branch that was made public."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph, ancestors, topological
from opensafe.model.identifiers import Oid
from opensafe.model.text import counted


@dataclass(frozen=True, slots=True)
class Stretch:
    """One commit of the line: it has the files of `head` and stands for `commits` of the source, `head` included."""

    head: Oid
    commits: frozenset[Oid]


def line_to(head: Oid, graph: ObjectGraph, public: AbstractSet[Oid]) -> tuple[Stretch, ...]:
    """The line from the first of the states that are `public` already up to `head`, oldest first.

    Only `head` where the branch was bent since: each of those states has to come before the next one.
    """
    whole = ancestors(graph.commits, [head])
    heads = [oid for oid in topological(graph.commits, whole) if oid in public and oid != head]
    line: list[Stretch] = []
    seen: set[Oid] = set()
    for at in [*heads, head]:
        reached = ancestors(graph.commits, [at])
        if not public <= whole or (line and line[-1].head not in reached):
            return (Stretch(head, frozenset(whole)),)
        line.append(Stretch(at, frozenset(reached - seen)))
        seen |= reached
    return tuple(line)


def message_of_many(commits: Collection[Oid], graph: ObjectGraph) -> str:
    """The message of one commit in place of `commits`: no id and no name of the history that stays closed."""
    return f"Publish {counted(len(commits), 'commit')} as one\n\n{counts_of(commits, graph)}"


def counts_of(commits: Collection[Oid], graph: ObjectGraph) -> str:
    """How many commits and authors, as lines of a message."""
    people = (graph.commits[oid].author for oid in commits)
    authors = {(author.name, author.email) for author in people}
    return f"Commits: {len(commits)}\nAuthors: {len(authors)}\n"

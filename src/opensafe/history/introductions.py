"""Who is named where for the first time: everybody of a long history, told from a few commits.

The same name with the same address says nothing new a second time, so people come out the same from these alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.git.view import ObjectView
from opensafe.history.declared import declarations, declared_by
from opensafe.history.people import of_commit, of_tags
from opensafe.history.reading import History
from opensafe.model.gitobjects import Commit, Identity, Tag
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class Introductions:
    """`commits` and `files` that name somebody first, in order, and those whom they name.

    `declared` are people of the project's own files, of so many `versions`.
    """

    commits: tuple[Oid, ...]
    named: tuple[Identity, ...] = field(repr=False)
    files: tuple[tuple[bytes, Oid], ...] = field(repr=False)
    declared: tuple[Identity, ...] = field(repr=False)
    versions: int


def introductions(history: History) -> Introductions:
    """Those of a whole history."""
    commits = [history.graph.commits[oid] for oid in history.provenance.order]
    files = declarations(history.provenance)
    return introduced(history.view, commits, history.graph.tags, files, len({oid for _, oid in files}))


def introduced(
    view: ObjectView,
    commits: Iterable[Commit],
    tags: Mapping[Oid, Tag],
    files: Sequence[tuple[bytes, Oid]],
    versions: int,
) -> Introductions:
    """`commits` oldest first, `files` in the order of paths."""
    met: dict[tuple[bytes, bytes], Identity] = {}
    first = [commit.oid for commit in commits if _meet(met, of_commit(commit))]
    _meet(met, of_tags(tags))
    named = tuple(met.values())
    telling = {oid for oid, found in declared_by(view, files) if _meet(met, found)}
    declared = tuple(met.values())[len(named) :]
    return Introductions(tuple(first), named, tuple(file for file in files if file[1] in telling), declared, versions)


def _meet(met: dict[tuple[bytes, bytes], Identity], found: Iterable[Identity]) -> bool:
    """Note everybody; whether somebody is new."""
    before = len(met)
    for who in found:
        met.setdefault((who.name, who.email), who)
    return len(met) > before

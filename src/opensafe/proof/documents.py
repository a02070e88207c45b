"""Takes off again what opensafe added below a commit, so that the commit can be compared with its source.

A commit that was made on top of documents carries them along, until the source has something of its own in their
place (docs/decisions/0020). Worked out here from both histories, without the rewrite.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph, topological
from opensafe.git.treework import differences, entry_at, patched, stands_at
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase

_JOIN = 2
_ORDINARY = frozenset({0o100644, 0o100755})

_Document = tuple[TreeEntry | None, TreeEntry]
"""What would stand at a path without opensafe, and the file that it put there."""


class _Layers(Mapping[Oid, tuple[TreeEntry, ...]]):
    """Trees that were made here in front of those of the result, which are read when they are asked for."""

    def __init__(self, made: Mapping[Oid, tuple[TreeEntry, ...]], read: Mapping[Oid, tuple[TreeEntry, ...]]) -> None:
        self._made = made
        self._read = read

    def __getitem__(self, oid: Oid) -> tuple[TreeEntry, ...]:
        return self._made[oid] if oid in self._made else self._read[oid]

    def __iter__(self) -> Iterator[Oid]:
        return iter(dict.fromkeys([*self._made, *self._read]))

    def __len__(self) -> int:
        return len(list(iter(self)))


@dataclass(slots=True)
class Documents:
    """`added` are the commits that opensafe made; `of` maps each of the others to the one of the source (new to old).

    `trees` are those of the result, and those that it would have without documents.
    """

    source: ObjectGraph
    result: ObjectGraph
    added: frozenset[Oid]
    of: Mapping[Oid, Oid]
    renames: Mapping[bytes, bytes]
    trees: Mapping[Oid, tuple[TreeEntry, ...]] = field(init=False)
    missing: int = 0
    odd: int = 0
    _bare: dict[Oid, tuple[TreeEntry, ...]] = field(default_factory=dict)
    _held: dict[Oid, dict[bytes, _Document]] = field(default_factory=dict)
    _without: dict[Oid, Oid] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trees = _Layers(self._bare, self.result.trees) if self.added else self.result.trees
        for oid in topological(self.result.commits, self.result.commits) if self.added else ():
            held = self._added_by(oid) if oid in self.added else self._carried_by(oid)
            if held:
                self._held[oid] = held

    @property
    def carrying(self) -> Collection[Oid]:
        """The commits of the result in which a document stands."""
        return self._held.keys()

    def below(self, oid: Oid) -> Oid:
        """The commit of the rewritten history that an added one stands on; any other commit is itself."""
        while oid in self.added and (parent := self._parent(oid)) is not None:
            oid = parent
        return oid

    def _parent(self, oid: Oid) -> Oid | None:
        """What an added commit was put on. One that joins two lines was put on the one that is not ours."""
        parents = self.result.commits[oid].parents
        if len(parents) == _JOIN:
            parents = tuple(parent for parent in parents if parent not in self.added)
        return parents[0] if len(parents) == 1 and parents[0] in self.result.commits else None

    def tree_without(self, oid: Oid) -> Oid:
        """The tree of a commit as it would be without documents."""
        return self._without.get(oid, self.result.commits[oid].tree)

    def check(self) -> Check:
        """Every added commit adds or changes ordinary files on one parent, and what it brought is carried along."""
        carrying = len(self._held.keys() - self.added)
        figure = (
            f"{len(self.added):,} commits of opensafe below the newest, {self.odd:,} of them do more than add files;"
            f" {carrying:,} commits carry them along, {self.missing:,} files are not as they were added"
        )
        return Check("documents-carried", not self.odd and not self.missing, figure)

    def _added_by(self, oid: Oid) -> dict[bytes, _Document]:
        commit = self.result.commits[oid]
        parent = self._parent(oid)
        if parent is None:
            self.odd += 1
            return {}
        held = dict(self._held.get(parent, {}))
        odd = False
        for path, (before, after) in differences(self._read, self.result.commits[parent].tree, commit.tree):
            if after is None or after.mode not in _ORDINARY:
                odd = True
            else:
                held[path] = (held[path][0] if path in held else before, after)
        self.odd += odd
        return held

    def _carried_by(self, oid: Oid) -> dict[bytes, _Document]:
        """What the first parent that has documents leaves to this commit: all but where the source has changed."""
        commit = self.result.commits[oid]
        parent = next((parent for parent in commit.parents if parent in self._held), None)
        if parent is None or oid not in self.of or self.below(parent) not in self.of:
            return {}
        before = self.source.commits[self.of[self.below(parent)]].tree
        after = self.source.commits[self.of[oid]].tree
        held = {path: pair for path, pair in self._held[parent].items() if self._is_free(path, before, after)}
        self._without[oid] = self._take_off(commit.tree, held)
        return held

    def _take_off(self, tree: Oid, held: Mapping[bytes, _Document]) -> Oid:
        there = {path for path, (_, document) in held.items() if _same_file(entry_at(self._read, tree, path), document)}
        self.missing += len(held) - len(there)
        new, made = patched(self._read, tree, {path: held[path][0] for path in there})
        self._bare |= made
        return new

    def _is_free(self, path: bytes, before: Oid, after: Oid) -> bool:
        def read(tree: Oid) -> Iterable[TreeEntry]:
            return self.source.trees.get(tree, ())

        return stands_at(read, before, path, self.renames) == stands_at(read, after, path, self.renames)

    def _read(self, tree: Oid) -> Iterable[TreeEntry]:
        return self.trees.get(tree, ())


def documents_of(case: ProofCase) -> Documents:
    """What opensafe added within this result. What it says that it added and is not there does not matter."""
    added = case.added & case.result_graph.commits.keys()
    of = {new: old for old, new in case.claim.commits.items() if new is not None and old in case.source_graph.commits}
    return Documents(case.source_graph, case.result_graph, added, of, case.spec.path_renames)


def _same_file(found: TreeEntry | None, document: TreeEntry) -> bool:
    return found is not None and (found.mode, found.oid) == (document.mode, document.oid)

"""Puts the commits that are new in the source on top of the history that was made before.

What opensafe added above that history (documents, a version) stays: new commits stand on it and carry it along
(docs/decisions/0020). A commit that nothing was added below has the id that it has without any of this.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph, ancestors
from opensafe.git.owned import OwnedRepository
from opensafe.git.packing import object_id, store_objects
from opensafe.git.parse import format_tree, parse_commit, parse_tree
from opensafe.git.stream import ObjectReader
from opensafe.git.treework import differences, patched, stands_at
from opensafe.git.view import view_of
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.former import Former
from opensafe.rewriting.malformed import with_good_lines
from opensafe.rewriting.published import SourceIncomplete
from opensafe.rewriting.rawobjects import SIGNATURES, edit_object

_COMMIT_ID = expression(rb"\b[0-9a-f]{7,64}\b")

_JOIN = (
    b"tree %s\nparent %s\nparent %s\n"
    b"author opensafe <opensafe@example.invalid> %d +0000\n"
    b"committer opensafe <opensafe@example.invalid> %d +0000\n"
    b"\nJoin what was added above the default branch with the work that it moves on to\n"
)

_Files = Mapping[bytes, TreeEntry]
"""Files that opensafe added or changed, by path."""


@dataclass(slots=True)
class Extension:
    """`plain` is every published commit with its id as it was rewritten. Afterwards `final` has the ids that count.

    `displaced` are files of ours that the source has one of its own for now; `on_tip` the commits that stand on
    everything that was added; `repaired` counts those whose malformed lines had to be made good.
    """

    work: OwnedRepository
    graph: ObjectGraph
    former: Former
    plain: Mapping[Oid, Oid]
    renames: Mapping[bytes, bytes]
    final: dict[Oid, Oid] = field(default_factory=dict)
    displaced: set[bytes] = field(default_factory=set)
    on_tip: set[Oid] = field(default_factory=set)
    repaired: set[Oid] = field(default_factory=set)
    _carried: dict[Oid, _Files] = field(default_factory=dict)
    _written: dict[Oid, tuple[str, bytes]] = field(default_factory=dict)
    _trees: dict[Oid, tuple[TreeEntry, ...]] = field(default_factory=dict)
    _moved: dict[Oid, Oid] = field(default_factory=dict)  # plain id → final id, where they differ
    _ordered: list[Oid] = field(default_factory=list)  # its keys

    def carry_out(self, order: Sequence[Oid]) -> None:
        """Work through the published commits, parents before children, and store what is new."""
        with ObjectReader(view_of(self.work)) as reader:
            for oid in order:
                known = self.former.commits.get(oid)
                self._settle(oid, self._new(oid, reader) if known is None else known)
        objects = list(self._written.values())
        store_objects(self.work, objects, len(self.former.tip))

    @property
    def moved(self) -> dict[Oid, Oid]:
        """The commits whose id is not the plain one: → the plain one."""
        return {oid: self.plain[oid] for oid, new in self.final.items() if new != self.plain[oid]}

    def stands_on_everything(self, tip: Oid) -> bool:
        """Whether a commit of the source, as the tip of the default branch, only moves that branch forward."""
        return tip in self.on_tip or self.final.get(tip) == self.former.base

    def join(self, tip: Oid) -> Oid | None:
        """A commit of ours on a tip that was public before: that one, with what was added to the default branch.

        `None` where the tip does not come after the former base in the source. The date is the tip's, so that the same
        source gives the same id.
        """
        start = next((oid for oid, new in self.former.commits.items() if new == self.former.base), None)
        if start not in ancestors(self.graph.commits, [tip]) or start is None:
            return None
        with ObjectReader(view_of(self.work)) as reader:
            before, after = self.graph.commits[start].tree, self.graph.commits[tip].tree
            held = self._held(start, reader)
            files = {path: entry for path, entry in held.items() if self._is_free(path, before, after)}
            self.displaced |= held.keys() - files.keys()
            onto = parse_commit(_commit(reader, self.final[tip])).tree
            tree = self._tree_with(onto, files, reader)
        when = max(self.graph.commits[tip].committer.timestamp, 0)
        data = _JOIN % (tree.encode(), self.former.tip.encode(), self.final[tip].encode(), when, when)
        store_objects(self.work, [*self._written.values(), ("commit", data)], len(tip))
        return object_id("commit", data, len(tip))

    def _settle(self, oid: Oid, final: Oid) -> None:
        self.final[oid] = final
        if final != self.plain[oid]:
            self._moved[self.plain[oid]] = final
            insort(self._ordered, self.plain[oid])

    def _new(self, oid: Oid, reader: ObjectReader) -> Oid:
        parents = self.graph.commits[oid].parents
        if any(self._onto(parent) == self.former.tip or parent in self.on_tip for parent in parents):
            self.on_tip.add(oid)
        raw = _commit(reader, self.plain[oid])
        message = self._translated(parse_commit(raw).message)
        onto = [self._onto(parent) for parent in parents]
        if onto == [self.plain[parent] for parent in parents] and message == parse_commit(raw).message:
            return self.plain[oid]
        return self._stood_on(oid, raw, onto, message, reader)

    def _onto(self, parent: Oid) -> Oid:
        """What a child stands on: what was added above a commit counts as part of it."""
        final = self.final[parent]
        return self.former.tip if final == self.former.base else final

    def _stood_on(self, oid: Oid, raw: RawObject, onto: Iterable[Oid], message: bytes, reader: ObjectReader) -> Oid:
        files = self._carry(oid, reader)
        tree = self._tree_with(parse_commit(raw).tree, files, reader)
        good = with_good_lines(raw.data)
        if good != raw.data:
            self.repaired.add(oid)
        queue = iter(onto)

        def edit(name: bytes, value: bytes) -> bytes | None:
            if name in SIGNATURES:
                return None
            if name == b"tree":
                return tree.encode()
            return next(queue).encode() if name == b"parent" else value

        data = edit_object(good, edit, message)
        new = object_id("commit", data, len(raw.oid))
        self._written[new] = ("commit", data)
        self._carried[oid] = files
        return new

    def _carry(self, oid: Oid, reader: ObjectReader) -> _Files:
        """The files of the first parent that has some, without those whose place the source has changed since."""
        for parent in self.graph.commits[oid].parents:
            held = self._held(parent, reader)
            if held:
                before, after = self.graph.commits[parent].tree, self.graph.commits[oid].tree
                kept = {path: entry for path, entry in held.items() if self._is_free(path, before, after)}
                self.displaced |= held.keys() - kept.keys()
                return kept
        return {}

    def _held(self, oid: Oid, reader: ObjectReader) -> _Files:
        """The files that whoever stands on this commit finds there, and that are not the source's."""
        if oid not in self._carried and self._onto(oid) == self.plain[oid]:
            return {}
        if oid not in self._carried:
            plain = parse_commit(_commit(reader, self.plain[oid])).tree
            onto = parse_commit(_commit(reader, self._onto(oid))).tree
            pairs = differences(lambda tree: self._read(tree, reader), plain, onto)
            self._carried[oid] = {path: after for path, (_, after) in pairs if after is not None}
        return self._carried[oid]

    def _is_free(self, path: bytes, before: Oid, after: Oid) -> bool:
        def read(tree: Oid) -> tuple[TreeEntry, ...]:
            return self.graph.trees.get(tree, ())

        return stands_at(read, before, path, self.renames) == stands_at(read, after, path, self.renames)

    def _tree_with(self, root: Oid, files: _Files, reader: ObjectReader) -> Oid:
        new, made = patched(lambda tree: self._read(tree, reader), root, files)
        self._trees |= made
        self._written |= {oid: ("tree", format_tree(list(entries))) for oid, entries in made.items()}
        return new

    def _read(self, tree: Oid, reader: ObjectReader) -> tuple[TreeEntry, ...]:
        if tree not in self._trees:
            raw = reader.read(tree)
            self._trees[tree] = parse_tree(raw) if isinstance(raw, RawObject) else ()
        return self._trees[tree]

    def _translated(self, message: bytes) -> bytes:
        """The message with the plain ids of commits that have another one now, long or short, made the new ones."""
        return _COMMIT_ID.sub(self._translation, message) if self._moved else message

    def _translation(self, found: re.Match[bytes]) -> bytes:
        text = found[0].decode()
        at = bisect_left(self._ordered, text)
        named = [oid for oid in self._ordered[at : at + 2] if oid.startswith(text)]
        return self._moved[named[0]][: len(text)].encode() if len(named) == 1 else found[0]


def _commit(reader: ObjectReader, oid: Oid) -> RawObject:
    raw = reader.read(oid)
    if not isinstance(raw, RawObject):
        raise SourceIncomplete(f"commit {oid} cannot be read", remedy="restore it, or plan again without its branch")
    return raw

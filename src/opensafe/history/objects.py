"""Reads commits, tags and trees as they are asked for: what a small change touches, not the whole history."""

from opensafe.git.parse import parse_commit, parse_tag, parse_tree
from opensafe.git.stream import ObjectReader
from opensafe.model.gitobjects import Commit, RawObject, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread


class Objects:
    """Each commit and tree is read once. `unread` holds what was asked for, needed, and could not be read."""

    def __init__(self, reader: ObjectReader) -> None:
        self._reader = reader
        self._commits: dict[Oid, Commit | Unread] = {}
        self._trees: dict[Oid, tuple[TreeEntry, ...] | Unread] = {}
        self.unread: dict[Oid, Unread] = {}

    def commit(self, oid: Oid) -> Commit | Unread:
        """A commit, or why there is none. Whether it is needed is for the caller to say."""
        if oid not in self._commits:
            item = self._read(oid, "commit")
            self._commits[oid] = item if isinstance(item, Unread) else parse_commit(item)
        return self._commits[oid]

    def tree(self, oid: Oid) -> tuple[TreeEntry, ...] | Unread:
        """The entries of a tree, or why there are none."""
        if oid not in self._trees:
            item = self._read(oid, "tree")
            self._trees[oid] = item if isinstance(item, Unread) else parse_tree(item)
        return self._trees[oid]

    def named(self, oid: Oid) -> Tag | RawObject | Unread:
        """What a ref names: an annotated tag comes parsed."""
        item = self._reader.read(oid)
        return parse_tag(item) if isinstance(item, RawObject) and item.kind == "tag" else item

    def needed(self, item: Unread) -> None:
        """Note that something could not be read that had to be."""
        if item.oid is not None:
            self.unread.setdefault(item.oid, item)

    def _read(self, oid: Oid, kind: str) -> RawObject | Unread:
        item = self._reader.read(oid)
        if isinstance(item, RawObject) and item.kind != kind:
            return Unread(SkipReason.CORRUPT, oid, detail=f"a {item.kind} stands where a {kind} should")
        return item

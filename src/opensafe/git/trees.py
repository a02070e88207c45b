"""The trees of a store, read when they are looked at: all trees of a long history do not fit into memory."""

import weakref
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from opensafe.git.parse import parse_tree
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import Unread

Entries = tuple[TreeEntry, ...]

_MOST_ENTRIES = 250_000  # kept at a time; an entry takes some 200 bytes


class Trees(Mapping[Oid, Entries]):
    """Tree id to entries. A damaged tree is as good as absent here: what read it first has named it."""

    def __init__(self, view: ObjectView, oids: Iterable[Oid]) -> None:
        self._oids = dict.fromkeys(oids)
        self._kept: OrderedDict[Oid, Entries] = OrderedDict()
        self._entries = 0
        self._reader = ObjectReader(view)
        weakref.finalize(self, self._reader.close)

    def __getitem__(self, oid: Oid) -> Entries:
        kept = self._kept.get(oid)
        if kept is not None:
            self._kept.move_to_end(oid)
            return kept
        if oid not in self._oids:
            raise KeyError(oid)
        item = self._reader.read(oid)
        if isinstance(item, Unread):
            raise KeyError(oid)
        return self.keep(item)

    def __contains__(self, oid: object) -> bool:
        return oid in self._oids

    def __iter__(self) -> Iterator[Oid]:
        return iter(self._oids)

    def __len__(self) -> int:
        return len(self._oids)

    def keep(self, item: RawObject) -> Entries:
        """Remember a tree that was read, and forget those that were not asked for in the longest time."""
        entries = parse_tree(item)
        self._kept[item.oid] = entries
        self._entries += len(entries) + 1
        while self._entries > _MOST_ENTRIES and len(self._kept) > 1:
            _, forgotten = self._kept.popitem(last=False)
            self._entries -= len(forgotten) + 1
        return entries

    def lost(self, oid: Oid) -> None:
        """Leave out a tree that cannot be read."""
        self._oids.pop(oid, None)

    def close(self) -> None:
        """End the git that reads; it starts again when a tree is looked at."""
        self._reader.close()


class AnyTrees(Mapping[Oid, Entries]):
    """Any tree of a store, read when it is looked at: for the few that a small change concerns. A context manager."""

    def __init__(self, view: ObjectView) -> None:
        self._reader = ObjectReader(view)
        self._kept: dict[Oid, Entries] = {}

    def __getitem__(self, oid: Oid) -> Entries:
        if oid not in self._kept:
            item = self._reader.read(oid)
            if isinstance(item, Unread) or item.kind != "tree":
                raise KeyError(oid)
            self._kept[oid] = parse_tree(item)
        return self._kept[oid]

    def __iter__(self) -> Iterator[Oid]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

"""Small work on trees without a work tree or an index: compare two, change a few paths, look at one path."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from opensafe.git.packing import object_id
from opensafe.git.parse import format_tree
from opensafe.model.gitobjects import MODE_TREE, TreeEntry
from opensafe.model.identifiers import Oid

ReadTree = Callable[[Oid], Iterable[TreeEntry]]
"""Gives the entries of a tree; none for one that is absent."""


def entries_of(read: ReadTree, tree: Oid | None) -> dict[bytes, TreeEntry]:
    return {} if tree is None else {entry.name: entry for entry in read(tree)}


def differences(
    read: ReadTree, before: Oid, after: Oid
) -> Iterator[tuple[bytes, tuple[TreeEntry | None, TreeEntry | None]]]:
    """Each path whose file differs, with both sides. Folders that are equal are not read."""
    todo: list[tuple[Oid | None, Oid | None, bytes]] = [(before, after, b"")]
    while todo:
        left, right, at = todo.pop()
        old, new = entries_of(read, left), entries_of(read, right)
        for name in sorted(old.keys() | new.keys()):
            pair = old.get(name), new.get(name)
            if pair[0] == pair[1]:
                continue
            trees = [entry.oid if entry is not None and entry.is_tree else None for entry in pair]
            files = [None if entry is None or entry.is_tree else entry for entry in pair]
            if any(trees):
                todo.append((trees[0], trees[1], at + name + b"/"))
            if any(files):
                yield at + name, (files[0], files[1])


def patched(
    read: ReadTree, root: Oid, changes: Mapping[bytes, TreeEntry | None]
) -> tuple[Oid, dict[Oid, tuple[TreeEntry, ...]]]:
    """`root` with other files at some paths (`None`: without it), and every tree that is new by its id.

    Folders are made where they are missing, and go when nothing is left in them.
    """
    folders: dict[bytes, dict[bytes, TreeEntry | None]] = {b"": {}}
    for path, entry in changes.items():
        folder, _, name = path.rpartition(b"/")
        folders.setdefault(folder, {})[name] = entry and TreeEntry(entry.mode, name, entry.oid)
        while folder:
            folder = folder.rpartition(b"/")[0]
            folders.setdefault(folder, {})
    made: dict[Oid, tuple[TreeEntry, ...]] = {}
    new = root
    for folder in sorted(folders, key=lambda path: (path.count(b"/") + bool(path), path), reverse=True):
        held = entries_of(read, folder_at(read, root, folder)) | folders[folder]
        entries = [entry for entry in held.values() if entry is not None]
        new = tree_id(entries, root)
        made[new] = tuple(entries)
        parent, _, name = folder.rpartition(b"/")
        if folder:
            folders[parent][name] = TreeEntry(MODE_TREE, name, new) if entries else None
    return new, made


def tree_id(entries: Iterable[TreeEntry], like: Oid) -> Oid:
    """The id that git gives a tree with these entries, in the format of the id `like`."""
    return object_id("tree", format_tree(list(entries)), len(like))


def folder_at(read: ReadTree, root: Oid, path: bytes) -> Oid | None:
    """The tree at a path; `None` where no folder stands there."""
    at: Oid | None = root
    for name in path.split(b"/") if path else ():
        entry = entries_of(read, at).get(name)
        at = entry.oid if entry is not None and entry.is_tree else None
    return at


def entry_at(read: ReadTree, root: Oid, path: bytes) -> TreeEntry | None:
    """What stands at a path, a folder too."""
    folder, _, name = path.rpartition(b"/")
    return entries_of(read, folder_at(read, root, folder)).get(name)


def stands_at(read: ReadTree, root: Oid, path: bytes, renames: Mapping[bytes, bytes]) -> tuple[object, ...]:
    """What a tree has at a path once `renames` are made, and what there is in the way of another file there.

    Two trees that give the same answer leave the same room for it. In the way are a file where a folder is needed, a
    folder, and a name that is equal but for case or Unicode form, which Windows and macOS take for the same.
    """
    sources = [old for old, new in renames.items() if new == path]
    if path not in renames:
        sources.append(path)
    arriving = [entry for old in sources if (entry := entry_at(read, root, old)) is not None]
    folder, _, name = path.rpartition(b"/")
    beside = entries_of(read, folder_at(read, root, folder))
    alike = sorted(other for other in beside if other != name and folded(other) == folded(name))
    above = [at for at in _folders_above(path) if (e := entry_at(read, root, at)) is not None and not e.is_tree]
    return tuple((e.is_tree or (e.mode, e.oid)) for e in arriving), tuple(alike), tuple(above)


def folded(name: bytes) -> str:
    """The name as file systems that ignore case and Unicode form compare it."""
    text = name.decode("utf-8", "surrogateescape")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _folders_above(path: bytes) -> Iterator[bytes]:
    while b"/" in path:
        path = path.rpartition(b"/")[0]
        yield path

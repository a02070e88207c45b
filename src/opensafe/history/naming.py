"""Finds what people name in a source: a commit, a tag, a branch, or a file in one of them."""

from dataclasses import dataclass

from opensafe.git.graph import peel
from opensafe.history.reading import History
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid

_ABBREVIATION = expression(r"[0-9a-f]{4,64}")
_FOLDERS = (b"", b"refs/", b"refs/heads/", b"refs/tags/", b"refs/remotes/", b"refs/notes/")
_HEAD = b"HEAD"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it stands in a commit."""

    commit: Oid
    path: bytes
    entry: TreeEntry


def named_object(history: History, name: bytes) -> Oid | None:
    """The commit or annotated tag that a name means: HEAD, a ref or its short form, the beginning of an id.

    HEAD is the default branch of what will be published. `None` where nothing or more than one thing has that name.
    """
    if name == _HEAD:
        return _tip(history)
    refs = history.refs.refs | {ref.public: ref.oid for ref in history.published}
    for folder in _FOLDERS:
        if folder + name in refs:
            return refs[folder + name]
    text = name.decode("ascii", "replace").lower()
    if not _ABBREVIATION.fullmatch(text):
        return None
    graph = history.graph
    found = [oid for kind in (graph.commits, graph.tags) for oid in kind if oid.startswith(text)]
    return found[0] if len(found) == 1 else None


def named_file(history: History, name: bytes) -> NamedFile | None:
    """`PATH` in the default branch, or `COMMIT:PATH`."""
    before, colon, path = name.partition(b":")
    commit = named_object(history, before) if colon else None
    if commit is not None and (found := _file_in(history, commit, path)):
        return found
    tip = _tip(history)
    return None if tip is None else _file_in(history, tip, name)


def _tip(history: History) -> Oid | None:
    return next((ref.oid for ref in history.published if ref.public == history.head_branch), None)


def _file_in(history: History, oid: Oid, path: bytes) -> NamedFile | None:
    graph = history.graph
    commit = graph.commits.get(peel(graph, oid))
    if commit is None or not path:
        return None
    entry, at = None, commit.tree
    for part in path.removeprefix(b"./").split(b"/"):
        entry = next((e for e in graph.trees.get(at, ()) if e.name == part), None)
        if entry is None:
            return None
        at = entry.oid
    if entry is None or entry.is_tree:
        return None
    return NamedFile(commit.oid, path.removeprefix(b"./"), entry)

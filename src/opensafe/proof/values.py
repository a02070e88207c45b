"""Searches a repository for values that must be gone, in every form in which one may hide.

Nothing of the first audit is trusted: no index, no novelty filter, every object, raw and decoded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opensafe.formats.decode import Part, decode
from opensafe.git.graph import ObjectGraph
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role
from opensafe.proof.search import Search


@dataclass(frozen=True, slots=True)
class Residue:
    """`found` pairs the index of a value with the object that holds it (`None`: the name of a ref)."""

    objects: int
    parts: int
    bytes: int
    forms: int
    found: tuple[tuple[int, Oid | None], ...]
    unread: tuple[Oid, ...]


def residue(
    view: ObjectView,
    graph: ObjectGraph,
    values: Sequence[Secret],
    progress: Progress,
    words: Sequence[Secret] = (),
    names: Iterable[bytes] = (),
) -> Residue:
    """Search every object of the view, and the `names` of its refs, for every form of every value.

    `words` are values that other text may hold by chance (a number inside a longer number, a name inside a longer
    name): they are searched as whole words. Their indices follow those of `values`.
    """
    search = Search(values, words)
    found: set[tuple[int, Oid | None]] = {(value, None) for name in names for value in search.in_text(name)}
    parts = read = 0
    unread: list[Oid] = []
    progress.stage("Searching for removed values", len(graph.order))
    for item in read_objects(view, graph.order, as_packed=True):
        progress.advance()
        if not isinstance(item, RawObject):
            unread += [item.oid] if item.oid else []
            continue
        read += len(item.data)
        for part in _parts(item, graph, search):
            parts += 1
            found |= {(value, item.oid) for value in search.in_part(part)}
    return Residue(len(graph.order), parts, read, search.forms, tuple(sorted(found, key=str)), tuple(unread))


def _parts(item: RawObject, graph: ObjectGraph, search: Search) -> Iterator[Part]:
    """What is searched of an object. Ids of other objects are left out: a short value may occur in them by chance."""
    if item.kind == "tree":
        if not search.in_text(item.data):  # what is in a name is in the raw tree, which is much faster to look at
            yield Part((), b"", Role.TEXT)
            return
        names = b"\n".join(entry.name for entry in graph.trees[item.oid])
        yield Part((), names, Role.TEXT)
    elif item.kind == "blob":
        parts = decode(item.data).parts
        if not any(part.data is item.data and part.role is not Role.BINARY for part in parts):
            yield Part((), item.data, Role.BINARY)
        yield from parts
    else:
        at = max(item.data.find(b"\nauthor "), item.data.find(b"\ntag "), 0)
        yield Part((), item.data[at:], Role.TEXT)
        yield from decode(item.data[at:]).parts

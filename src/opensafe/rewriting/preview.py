"""What the decisions make of one commit, tag or file, with every value masked. Nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.formats.decode import Part, decode
from opensafe.git.graph import ObjectGraph
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import Commit, Identity, RawObject, Tag, TreeEntry
from opensafe.model.plan import RewriteSpec
from opensafe.model.specimen import Role
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.collisions import find
from opensafe.rewriting.masks import Masks, Sides, masked_file, masked_message, masked_name, masked_new_name
from opensafe.rewriting.touched import TouchedTrees

_PLACE = "@"  # in a label of `via`: where in its parent a content stands, which a change before it moves


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One readable content of a file on both sides; `None` where it is on one side only."""

    where: str
    before: bytes | None = field(repr=False)
    after: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A file on both sides. `path` and `new_path` are masked."""

    path: bytes
    new_path: bytes
    sides: Sides
    parts: tuple[ComparedPart, ...]


class Previewer:
    """Looks at one spec over one source."""

    def __init__(self, spec: RewriteSpec, graph: ObjectGraph, view: ObjectView, masks: Masks) -> None:
        self._spec = spec
        self._graph = graph
        self._view = view
        self._masks = masks
        self._changes = Changes.of(spec)
        self._touched = TouchedTrees(self._changes, graph.trees)

    def file(self, path: bytes, entry: TreeEntry) -> ComparedFile:
        """The file that stands at `path`; a submodule has no content to show."""
        new_path = self._spec.path_renames.get(path, path)
        key = self._changes.key_at(entry.oid, path)
        change = None if key is None else self._changes.files[key]
        item = next(iter(read_objects(self._view, [entry.oid]))) if not entry.is_gitlink else None
        if isinstance(item, RawObject):
            sides = masked_file(entry.oid, item.data, change, self._masks, path)
        else:  # what cannot be read cannot be changed: it goes, as in the rewrite
            sides = Sides(None, None, removed=change is not None, given_up=change is not None and not change.remove)
        names = masked_name(path, self._masks), masked_new_name(path, new_path, self._masks)
        return ComparedFile(*names, sides, tuple(_parts(sides, path)))

    def message(self, holder: Commit | Tag) -> Sides:
        edits = self._spec.message_edits.get(holder.oid, ())
        return masked_message(holder.oid, holder.message, edits, self._masks)

    def person(self, who: Identity) -> tuple[bytes, bytes]:
        """The identity line on both sides."""
        before, after = _line(who), _line(self._changes.renamed(who))
        return masked_name(before, self._masks), masked_new_name(before, after, self._masks)

    def brought(self, commit: Commit) -> Iterator[tuple[bytes, TreeEntry, bool]]:
        """Every file of the commit that a decision changes, and whether this very commit brings it so."""
        parents = [self._graph.commits[oid] for oid in commit.parents if oid in self._graph.commits]
        for path, entry in sorted(self._touched.files(commit.tree, set()), key=lambda pair: pair[0]):
            yield path, entry, all(find(self._graph.trees, parent.tree, path) != entry for parent in parents)

    def shown_path(self, path: bytes) -> bytes:
        return masked_name(path, self._masks)


def _line(who: Identity) -> bytes:
    return who.name + b" <" + who.email + b">"


def _parts(sides: Sides, path: bytes) -> Iterator[ComparedPart]:
    """The readable contents that differ, in the order of the file."""
    if sides.before is None or sides.after is None or sides.before == sides.after:
        return
    before, after = _readable(sides.before, path), _readable(sides.after, path)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield ComparedPart(" > ".join(key[0]), old, new)


def _readable(data: bytes, path: bytes) -> dict[tuple[tuple[str, ...], int], bytes]:
    """Contents that people can read, by the labels that lead there and their number among equals."""
    found: dict[tuple[tuple[str, ...], int], bytes] = {}
    counted: dict[tuple[str, ...], int] = {}
    for part in decode(data, path).parts:
        if _is_text(part):
            labels = tuple(label.partition(_PLACE)[0] for label in part.via)
            counted[labels] = counted.get(labels, 0) + 1
            found[labels, counted[labels]] = part.data
    return found


def _is_text(part: Part) -> bool:
    return part.role is not Role.BINARY

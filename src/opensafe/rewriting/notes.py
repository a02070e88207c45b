"""Notes after a rewrite: filed under the new ids of the commits they are about (facts, section 9.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles
from opensafe.rewriting.published import Published, SourceIncomplete
from opensafe.rewriting.rawobjects import PEOPLE, SIGNATURES, edit_object, rename_line
from opensafe.rewriting.treewriter import TreeWriter

_KEY = expression(rb"(?:[0-9a-f]{2}/){0,31}[0-9a-f]{2,64}")


@dataclass(slots=True)
class NotesWriter:
    """Rebuilds notes commits one by one, parents first. `mapped` is old to new id; unchanged ones keep theirs."""

    work: OwnedRepository
    source: ObjectView
    graph: ObjectGraph
    changes: Changes
    clean: CleanFiles
    trees: TreeWriter
    renamed: Mapping[Oid, Oid]  # every other object whose id changes: commits and blobs
    messages: Mapping[Oid, bytes]
    mapped: dict[Oid, Oid] = field(default_factory=dict)

    def write(self, order: tuple[Oid, ...]) -> dict[Oid, Oid]:
        with ObjectReader(self.source) as reader:
            for oid in order:
                raw = reader.read(oid)
                if not isinstance(raw, RawObject):
                    raise SourceIncomplete(f"notes commit {oid} cannot be read", remedy="leave its notes ref out")
                self.mapped[oid] = self._commit(raw)
        return self.mapped

    def _commit(self, raw: RawObject) -> Oid:
        commit = self.graph.commits[raw.oid]
        tree = self._tree(commit.tree)
        parents = [self.mapped.get(parent, self.renamed.get(parent, parent)) for parent in commit.parents]
        queue = iter(parents)

        def edit(name: bytes, value: bytes) -> bytes | None:
            if name in SIGNATURES:
                return None
            if name == b"tree":
                return tree.encode()
            if name == b"parent":
                return next(queue).encode()
            return rename_line(value, self.changes.renamed) if name in PEOPLE else value

        stays = tree == commit.tree and tuple(parents) == commit.parents and not self.changes.touches(commit)
        if stays:
            return raw.oid
        message = self.messages.get(raw.oid, commit.message)
        return self.work.write_object("commit", edit_object(raw.data, edit, message))

    def _tree(self, root: Oid) -> Oid:
        files: dict[bytes, TreeEntry] = {}
        for path, entry in walk_tree(self.graph.trees, root):
            if about(path) in self.changes.spec.gone:
                continue
            key = self.changes.key_at(entry.oid, path)
            blob = entry.oid if key is None else self.clean.files[key]
            if blob is not None:
                files[self._filed_under(path)] = TreeEntry(entry.mode, entry.name, blob)
        return self.trees.write(files)

    def _filed_under(self, path: bytes) -> bytes:
        """The path with the new id in it, cut into folders as before; no id of a changed object: as it was."""
        renamed = self.changes.spec.path_renames.get(path, path)
        if not _KEY.fullmatch(renamed):
            return renamed
        new = self.renamed.get(about(renamed))
        return renamed if new is None else _cut_like(renamed, new.encode())


def about(path: bytes) -> Oid:
    """The id of what a note at this path is about; empty for what is no note."""
    return Oid(path.replace(b"/", b"").decode() if _KEY.fullmatch(path) else "")


def forgotten_notes(graph: ObjectGraph, published: Published, spec: RewriteSpec) -> frozenset[Oid]:
    """The commits that go and had a note."""
    trees = (graph.commits[oid].tree for oid in published.notes if spec.gone)
    noted = {about(path) for tree in trees for path, _ in walk_tree(graph.trees, tree)}
    return frozenset(noted & spec.gone.keys())


def _cut_like(path: bytes, key: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    for part in path.split(b"/"):
        pieces.append(key[at : at + len(part)])
        at += len(part)
    return b"/".join(pieces)

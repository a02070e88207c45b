"""Writes the line of commits that a squash publishes, with the files of each as decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option
from opensafe.model.progress import Progress
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles, clean_files
from opensafe.rewriting.collisions import refuse_path_collisions
from opensafe.rewriting.line import Stretch, counts_of, message_of_many
from opensafe.rewriting.touched import TouchedTrees
from opensafe.rewriting.treewriter import TreeWriter

_MAKER = b"opensafe <opensafe@example.invalid>"
"""Nobody is credited with, or blamed for, the work of everybody."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """`commits` are the new ones, oldest first, by the commits of the source whose files they have."""

    commits: Mapping[Oid, Oid]
    clean: CleanFiles


@dataclass(frozen=True, slots=True)
class LineWriter:
    """Writes lines of commits into `work`."""

    option: Option
    changes: Changes
    source: ObjectView
    graph: ObjectGraph
    work: OwnedRepository
    progress: Progress

    def write(self, line: tuple[Stretch, ...]) -> WrittenLine:
        trees = [self.graph.commits[stretch.head].tree for stretch in line]
        clean = self._cleaned(trees)
        refuse_path_collisions(self.graph, trees, self.changes, clean)
        writer = TreeWriter(self.work, self.graph.trees)
        commits: dict[Oid, Oid] = {}
        parent: Oid | None = None
        for stretch, tree in zip(line, trees, strict=True):
            new_tree = writer.cleaned(tree, self.changes, clean.files)
            parent = self.work.write_object("commit", self._commit(stretch, new_tree, parent))
            commits[stretch.head] = parent
        return WrittenLine(commits, clean)

    def _cleaned(self, trees: list[Oid]) -> CleanFiles:
        touched, seen = TouchedTrees(self.changes, self.graph.trees), set[tuple[Oid, bytes | None]]()
        files = [file for tree in trees for file in touched.files(tree, seen)]
        return clean_files(self.changes, files, self.source, self.work, self.progress)

    def _commit(self, stretch: Stretch, tree: Oid, parent: Oid | None) -> bytes:
        when = max(self.graph.commits[stretch.head].committer.timestamp, 0)
        people = b"author %s %d +0000\ncommitter %s %d +0000\n" % (_MAKER, when, _MAKER, when)
        onto = b"" if parent is None else b"parent %s\n" % parent.encode()
        message = self._message(stretch, is_root=parent is None)
        return b"tree %s\n%s%s\n%s" % (tree.encode(), onto, people, message.encode())

    def _message(self, stretch: Stretch, *, is_root: bool) -> str:
        if self.option is Option.SQUASH:
            return message_of_many(stretch.commits, self.graph)
        counts = counts_of(stretch.commits, self.graph)
        if not is_root:
            return f"Publish the latest version\n\n{counts}"
        return (
            "Publish the latest version in a new repository\n\n"
            "The work before this version was done in a repository that stays closed.\n"
            f"It was reviewed, and this version was taken from it, with opensafe.\n\n{counts}"
        )

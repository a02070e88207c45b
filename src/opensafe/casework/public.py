"""The new history as later steps see it: its default branch, its files, its messages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.errors import OutOfOrder
from opensafe.git.graph import ObjectGraph, ancestors, load_graph, peel, topological, walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView, view_of
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.text import shown

_LARGEST_READ = 4 << 20
"""Files larger than this are given as empty: no document or manifest is (bytes)."""


@dataclass(frozen=True, slots=True)
class PublicRepository:
    """`public.git`, with `branch` the full name of its default branch and `head` the commit there."""

    repository: OwnedRepository
    view: ObjectView
    graph: ObjectGraph
    refs: Mapping[bytes, Oid]
    branch: bytes
    head: Oid

    def files(self) -> dict[str, bytes]:
        """The files of the head commit by path (bytes that are not UTF-8 shown as escapes)."""
        tree = self.graph.commits[self.head].tree
        entries = [(path, entry) for path, entry in walk_tree(self.graph.trees, tree) if not entry.is_gitlink]
        small = {e.oid for _, e in entries if not e.is_symlink and self.graph.sizes.get(e.oid, 0) <= _LARGEST_READ}
        contents = {i.oid: i.data for i in read_objects(self.view, sorted(small)) if isinstance(i, RawObject)}
        return {shown(path): contents.get(entry.oid, b"") for path, entry in entries}

    def messages(self, without: Collection[Oid] = ()) -> tuple[str, ...]:
        """The messages of the commits that the head reaches, oldest first, escaped; of all but those `without`."""
        order = topological(self.graph.commits, ancestors(self.graph.commits, [self.head]).difference(without))
        return tuple(shown_lines(self.graph.commits[oid].message) for oid in order)

    def commits_of(self, tags: Collection[str]) -> set[Oid]:
        """The commits that these tags reach."""
        ends = (oid for name, oid in self.refs.items() if is_tag(name) and _tag_name(name) in tags)
        return ancestors(self.graph.commits, [peel(self.graph, oid) for oid in ends])

    def tags(self) -> tuple[str, ...]:
        return tuple(sorted(_tag_name(name) for name in self.refs if is_tag(name)))


def is_tag(ref: bytes) -> bool:
    return ref.startswith(b"refs/tags/")


def _tag_name(ref: bytes) -> str:
    return shown(ref.removeprefix(b"refs/tags/"))


def shown_lines(message: bytes) -> str:
    """A message for display, its line breaks kept."""
    return "\n".join(shown(line) for line in message.splitlines())


def open_public(case: Case) -> PublicRepository:
    """The new history of the case. Raises OutOfOrder where there is none."""
    if not case.public_git.is_dir():
        raise OutOfOrder("there is no new history yet", remedy="opensafe rewrite")
    return read_public(case.public_git)


def read_public(git_dir: Path) -> PublicRepository:
    """A bare repository that opensafe made. Raises OutOfOrder where its default branch has no commit."""
    repository = OwnedRepository(git_dir)
    view = view_of(repository)
    refs = repository.refs()
    branch = repository.run("symbolic-ref", "HEAD").strip()
    if branch not in refs:
        raise OutOfOrder(
            "the new history has no commit on its default branch",
            remedy="publish at least one branch: opensafe start REPO --publish BRANCH",
        )
    return PublicRepository(repository, view, load_graph(view), refs, branch, refs[branch])

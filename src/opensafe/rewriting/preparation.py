"""Everything that is known before the first commit is rewritten: what is published, what changes, the new files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opensafe.errors import OpensafeError
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.progress import Progress
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles, clean_files
from opensafe.rewriting.collisions import refuse_path_collisions
from opensafe.rewriting.content import changed_messages
from opensafe.rewriting.introduced import Introduced, introduced
from opensafe.rewriting.published import Published, with_descendants
from opensafe.rewriting.refnames import new_names
from opensafe.rewriting.touched import TouchedTrees

_SHA1_LENGTH = 40
_NO_PATH = b""
_FILE_MODE = 0o100644


@dataclass(frozen=True, slots=True)
class Preparation:
    """`names` are old to new ref names, `changed` commits get a new id, `withheld` objects lose their message."""

    source: ObjectView
    graph: ObjectGraph
    work: OwnedRepository
    changes: Changes
    published: Published
    names: Mapping[bytes, bytes]
    touched: TouchedTrees
    clean: CleanFiles
    changed: frozenset[Oid]
    messages: Mapping[Oid, bytes]
    withheld: frozenset[Oid]


def prepare(
    spec: RewriteSpec, source: ObjectView, graph: ObjectGraph, work: OwnedRepository, progress: Progress
) -> Preparation:
    """Refuse what cannot be built (OpensafeError), then write the new contents of files into `work`."""
    names = new_names(spec)
    published = Published.of(spec, graph)
    published.require_parents(graph)
    changes = Changes.of(spec)
    touched = TouchedTrees(changes, graph.trees)
    brought = introduced(source, graph, published.commits, changes)
    changed = _changed(graph, published, changes, brought)
    _refuse_sha256(changed)
    files = _touched_files(graph, published, changes, touched, brought)
    clean = clean_files(changes, files, source, work, progress)
    if spec.path_renames:
        refuse_path_collisions(graph, (graph.commits[oid].tree for oid in changed), changes, clean)
    messages, withheld = changed_messages(spec, graph)
    named = withheld & {*published.all_commits, *published.tags}
    return Preparation(source, graph, work, changes, published, names, touched, clean, changed, messages, named)


def _changed(graph: ObjectGraph, published: Published, changes: Changes, brought: Introduced) -> frozenset[Oid]:
    first = [oid for oid in published.commits if oid in brought.commits or changes.touches(graph.commits[oid])]
    return with_descendants(graph, published.commits, first)


def _touched_files(
    graph: ObjectGraph, published: Published, changes: Changes, touched: TouchedTrees, brought: Introduced
) -> Iterator[tuple[bytes, TreeEntry]]:
    """Every changed file of everything published, with its path; a tagged blob has none."""
    seen: set[tuple[Oid, bytes | None]] = set()
    yield from brought.files
    for oid in published.notes:
        yield from touched.files(graph.commits[oid].tree, seen)
    for oid in {*changes.spec.refs.values(), *(graph.tags[tag].target for tag in published.tags)}:
        if oid in graph.trees:
            yield from touched.files(oid, seen)
        elif (oid, None) in changes.files:
            yield _NO_PATH, TreeEntry(_FILE_MODE, _NO_PATH, oid)


def _refuse_sha256(changed: frozenset[Oid]) -> None:
    """Git-filter-repo cannot do it without the contents in the stream (facts, section 9.3)."""
    if any(len(oid) != _SHA1_LENGTH for oid in changed):
        raise OpensafeError(
            "this repository uses SHA-256 object ids, which cannot be rewritten commit by commit",
            remedy="publish with squash or new-repository: opensafe plan --option squash",
        )

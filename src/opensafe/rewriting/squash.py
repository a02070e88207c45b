"""One new commit in place of the history: a new root with the cleaned files of the default branch."""

from collections import Counter

from opensafe.errors import OpensafeError
from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import clean_files
from opensafe.rewriting.collisions import refuse_path_collisions
from opensafe.rewriting.losses import GIVEN_UP, as_lost
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.published import NOTES, Published
from opensafe.rewriting.refnames import new_head
from opensafe.rewriting.touched import TouchedTrees
from opensafe.rewriting.treewriter import TreeWriter

_MAKER = b"opensafe <opensafe@example.invalid>"
"""Nobody is credited with, or blamed for, the work of everybody."""


def squash(
    option: Option,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    work: OwnedRepository,
    progress: Progress,
) -> Outcome:
    """The new root in `work`. Its date is the head's committer date: the same source gives the same id."""
    head = _head(spec, graph)
    published = Published.of(spec, graph)
    changes = Changes.of(spec)
    trees = TouchedTrees(changes, graph.trees)
    tree = graph.commits[head].tree
    clean = clean_files(changes, trees.files(tree, set()), source, work, progress)
    refuse_path_collisions(graph, [tree], changes, clean)
    when = max(graph.commits[head].committer.timestamp, 0)
    new_tree = TreeWriter(work, graph.trees).cleaned(tree, changes, clean.files)
    root = work.write_object("commit", _commit(_message(option, published, graph), new_tree, when))
    claim = RewriteClaim(
        commits=dict.fromkeys(published.all_commits) | {head: root},
        tags=dict.fromkeys(published.tags),
        refs=dict.fromkeys(spec.refs) | {spec.head: new_head(spec)},
        lost=as_lost(_losses(spec, graph, published) + Counter({GIVEN_UP: len(clean.given_up)})),
        blobs_changed=len(clean.blob_map()),
        files_removed=sum(new is None for new in clean.files.values()),
    )
    return Outcome({new_head(spec): root}, claim, clean.blob_map())


def _head(spec: RewriteSpec, graph: ObjectGraph) -> Oid:
    head = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else None
    if head is None or head not in graph.commits:
        raise OpensafeError(
            "the default branch has no commit, so there is nothing to publish as one",
            remedy="name the branches to publish: opensafe start REPO --publish REF…",
        )
    return head


def _commit(message: str, tree: Oid, when: int) -> bytes:
    people = b"author %s %d +0000\ncommitter %s %d +0000\n" % (_MAKER, when, _MAKER, when)
    return b"tree %s\n%s\n%s" % (tree.encode(), people, message.encode())


def _message(option: Option, published: Published, graph: ObjectGraph) -> str:
    """Counts only: no id and no name of the history that stays closed."""
    count = len(published.commits)
    counts = f"Commits: {count}\nAuthors: {published.authors(graph)}\n"
    if option is Option.SQUASH:
        return f"Publish {count} commits as one\n\n{counts}"
    return (
        "Publish the latest version in a new repository\n\n"
        "The work before this version was done in a repository that stays closed.\n"
        f"It was reviewed, and this version was taken from it, with opensafe.\n\n{counts}"
    )


def _losses(spec: RewriteSpec, graph: ObjectGraph, published: Published) -> Counter[str]:
    others = spec.refs.keys() - {spec.head}
    return Counter(
        {
            "commit": len(published.all_commits) - 1,
            "signature": sum(graph.commits[oid].signed for oid in published.all_commits),
            "tag": len(published.tags),
            "note": sum(name.startswith(NOTES) for name in others),
            "ref": len(others),
        }
    )

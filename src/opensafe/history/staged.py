"""What is staged and differs from HEAD: what the next commit would add."""

from pathlib import Path

from opensafe.git.layout import SourceLayout
from opensafe.git.refs import read_refs
from opensafe.git.staging import read_staging
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.history.additions import Additions
from opensafe.history.changes import brought_in
from opensafe.history.objects import Objects
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.skip import SkipReason, Unread


def staged_additions(view: ObjectView, layout: SourceLayout, index: Path) -> Additions:
    """Files of the index (`git commit -a` works with another than the usual one) that HEAD has not so at their path."""
    staging = read_staging(index, layout.object_format)
    added = Additions()
    if staging.unread:
        added.unread.append(Unread(SkipReason.CORRUPT, detail=staging.unread))
    with ObjectReader(view) as reader:
        objects = Objects(reader)
        before = _of_head(objects, layout)
        for path, entry in staging.entries.items():
            if _differs(entry, before.get(path.rstrip(b"/"))):
                _add(added, objects, path, entry)
        added.unread += objects.unread.values()
    return added


def _of_head(objects: Objects, layout: SourceLayout) -> dict[bytes, TreeEntry]:
    """Every file and folder of HEAD. What cannot be read is new as far as one can know: that is no skip."""
    head = read_refs(layout).head
    commit = objects.commit(head) if head else None
    if commit is None or isinstance(commit, Unread):
        return {}
    found = dict(brought_in(objects, commit.tree))
    objects.unread.clear()
    return found


def _differs(entry: TreeEntry, before: TreeEntry | None) -> bool:
    return before is None or (before.oid, before.is_symlink) != (entry.oid, entry.is_symlink)


def _add(added: Additions, objects: Objects, path: bytes, entry: TreeEntry) -> None:
    """A sparse index has folders where nothing is checked out; one that differs from HEAD is walked."""
    if entry.is_tree:
        for below, file in brought_in(objects, entry.oid):
            added.add_file(path + below, file)
    else:
        added.add_file(path, entry)

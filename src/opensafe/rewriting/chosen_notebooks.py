"""Notebooks without outputs through all of history, a finding or not."""

from collections.abc import Iterable
from dataclasses import replace

from opensafe.errors import UsageError
from opensafe.formats.notebook import is_notebook, strip_outputs
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec

_SUFFIX = b".ipynb"


def with_stripped_notebooks(
    spec: RewriteSpec, standing: Iterable[tuple[bytes, TreeEntry]], view: ObjectView
) -> RewriteSpec:
    """`spec` with every notebook stripped. Raises UsageError where a file of that name cannot be read as one."""
    removed = {(change.oid, path) for change in spec.blobs if change.remove for path in change.paths or (None,)}
    notebooks: dict[Oid, set[bytes]] = {}
    for path, entry in standing:
        stays = not removed & {(entry.oid, path), (entry.oid, None)}
        if path.endswith(_SUFFIX) and stays and not (entry.is_gitlink or entry.is_symlink):
            notebooks.setdefault(entry.oid, set()).add(path)
    items = [item for item in read_objects(view, sorted(notebooks)) if isinstance(item, RawObject)]
    unread = [item.oid for item in items if item.data.strip() and not is_notebook(item.data)]
    if unread:
        raise UsageError(
            f"{len(unread)} versions of notebooks cannot be read, so their outputs cannot be taken out"
            f" (one is {unread[0]}): they are damaged, or older than nbformat 4",
            remedy="leave them out with --remove-path, or leave --strip-notebooks out",
        )
    stripped = [item.oid for item in items if strip_outputs(item.data) is not None]
    changes = (BlobChange(oid, frozenset(notebooks[oid]), strip_outputs=True) for oid in stripped)
    return replace(spec, blobs=(*spec.blobs, *changes))

"""What is staged in any work tree of a repository."""

from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout
from opensafe.git.refs import worktree_folders
from opensafe.model.identifiers import Oid


def staged_everywhere(layout: SourceLayout) -> dict[bytes, Oid]:
    """Path → blob id over all indexes. Where they differ about a path, the index of this work tree is right.

    The contents of the others are in the store, and are read like everything that no path leads to.
    """
    folders = [folder for folder in (layout.common_dir, *worktree_folders(layout)) if folder != layout.git_dir]
    found: dict[bytes, Oid] = {}
    for folder in (*folders, layout.git_dir):
        found |= staged_blobs(folder / "index", layout.object_format)
    return found

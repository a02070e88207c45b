"""The isolated view: an empty git directory of ours over the object store of the source.

Nothing of the source's configuration, hooks, refs, grafts, shallow file or replace refs is in force here, and
even a stray write would land in our own folder (facts, history and rewriting, section 2).
"""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.layout import SourceLayout
from opensafe.git.owned import OwnedRepository
from opensafe.git.process import Argument, run_git, start_git

_ALLOCATION = {"GIT_ALLOC_LIMIT": "512m"}
"""No object needs more in one piece, but one that is stored as the difference to a made-up giant: git gives it up."""

_READS = frozenset({"cat-file", "diff-tree", "rev-list", "pack-objects", "for-each-ref"})


@dataclass(frozen=True, slots=True)
class ObjectView:
    """Objects that may be read and nothing else: a git directory, and the few commands that are allowed in it."""

    git_dir: Path

    def run(self, *arguments: Argument, stdin: bytes = b"", ok: Sequence[int] = (0,)) -> bytes:
        self._check(arguments)
        return run_git(self.git_dir, arguments, stdin=stdin, ok=ok)

    def start(self, *arguments: Argument, config: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        self._check(arguments)
        return start_git(self.git_dir, arguments, _ALLOCATION, config=config)

    @staticmethod
    def _check(arguments: tuple[Argument, ...]) -> None:
        if arguments[0] not in _READS:
            raise ValueError(f"{arguments[0]!r} is not a reading command")


def open_view(layout: SourceLayout, folder: Path) -> ObjectView:
    """Make the isolated view of a source in `folder` (created, ours). The source is not touched."""
    repository = OwnedRepository.create(folder, object_format=layout.object_format)
    repository.borrow_objects([layout.objects])
    return ObjectView(repository.git_dir)


def view_of(repository: OwnedRepository) -> ObjectView:
    """A reading view of a repository that is already ours."""
    return ObjectView(repository.git_dir)

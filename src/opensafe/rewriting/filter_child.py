"""The child process that runs git-filter-repo, in the repository that is its working folder.

No blob callback is given, so that contents stay out of the stream ("no-data mode", facts, history and rewriting,
section 9.2): new blobs are in the store already, and commits are given their ids.
"""

import sys
from typing import Any

import git_filter_repo as engine

from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Identity
from opensafe.model.identifiers import Oid
from opensafe.rewriting.instructions import Instructions

_COMMIT_ID = expression(rb"(\b[0-9a-f]{7,40}\b)")
_OPTIONS = [
    "--force",
    "--quiet",
    "--prune-empty=never",
    "--prune-degenerate=never",
    "--replace-refs=delete-no-add",
    # Ids in messages are translated by the callback below, after the edits, whose spans count in the old message.
    "--preserve-commit-hashes",
    "--preserve-commit-encoding",
]


class CommitChanger:
    """Changes each commit of the stream as instructed."""

    def __init__(self, told: Instructions) -> None:
        self._told = told
        self._folder = told.root + b"/" if told.root else b""

    def __call__(self, commit: Any, metadata: dict[str, Any]) -> None:
        oid = Oid(commit.original_id.decode())
        message = self._told.messages.get(oid, commit.message)
        commit.message = _COMMIT_ID.sub(metadata["commit_rename_func"], message)
        self._change_people(commit, oid)
        changes = [self._changed_file(change) for change in commit.file_changes if self._is_kept(change.filename)]
        # Deletions first: a renamed file may take the place of one that goes.
        commit.file_changes = sorted(changes, key=lambda change: change.type != b"D")

    def _change_people(self, commit: Any, oid: Oid) -> None:
        author = Identity(commit.author_name, commit.author_email, commit.author_date)
        committer = Identity(commit.committer_name, commit.committer_email, commit.committer_date)
        author, committer = self._told.lines.get(oid, (author, committer))
        commit.author_name, commit.author_email = self._renamed(author)
        commit.committer_name, commit.committer_email = self._renamed(committer)
        commit.author_date, commit.committer_date = author.when, committer.when

    def _renamed(self, who: Identity) -> tuple[bytes, bytes]:
        return self._told.people.get((who.name, who.email), (who.name, who.email))

    def _is_kept(self, path: bytes) -> bool:
        """A file outside the folder that becomes the root is nowhere: even its deletion could meet another file."""
        return bool(path.startswith(self._folder))

    def _changed_file(self, change: Any) -> Any:
        """Always a new FileChange: pruning compares object identity before and after (section 9.3)."""
        path = self._told.paths.get(change.filename, change.filename)[len(self._folder) :]
        if change.type == b"D":
            return engine.FileChange(b"D", path)
        old = Oid(change.blob_id.decode())
        new = self._told.files.get((old, change.filename), self._told.files.get((old, None), old))
        if new is None:
            return engine.FileChange(b"D", path)
        return engine.FileChange(b"M", path, new.encode(), change.mode)


def main() -> None:
    told = Instructions.from_json(sys.stdin.buffer.read())
    options = engine.FilteringOptions.parse_args([*_OPTIONS, "--refs", "HEAD"], error_on_empty=False)
    # Set here and not parsed: among them are options of fast-export itself, such as --not.
    options.refs = list(told.revisions)
    engine.RepoFilter(options, commit_callback=CommitChanger(told)).run()


if __name__ == "__main__":
    main()

"""Folders of the work trees that were not entered: named, all packages together and all repositories together.

They are no skips. Git keeps nothing of them, so nothing of them is published, and a project with `node_modules` would
be incomplete for ever. What git does keep in them is read with the history, and compared with the disk.
"""

from collections.abc import Collection, Iterator

from opensafe.history.setting import HistorySetting
from opensafe.history.work_tree import LeftOut
from opensafe.model.finding import Severity
from opensafe.model.text import counted


def left_out_settings(folders: Collection[tuple[bytes, LeftOut]]) -> Iterator[HistorySetting]:
    """One setting for each of the two kinds that occurs, with every path."""
    packages = tuple(path for path, item in folders if not item.is_repository)
    repositories = tuple(path for path, item in folders if item.is_repository)
    if packages:
        yield HistorySetting(
            "packages-not-read",
            f"installed packages were not read: {counted(len(packages), 'folder')}",
            Severity.INFO,
            "they are other people's code, git keeps nothing of them, and they are not published",
            "make sure that nobody keeps files of their own there",
            packages,
        )
    if repositories:
        yield HistorySetting(
            "repositories-not-read",
            f"other repositories lie in the work tree: {counted(len(repositories), 'folder')}",
            Severity.LOW,
            "each has a history of its own, of which nothing was read; git keeps nothing of them here",
            "open a case for each that will be published too",
            repositories,
        )

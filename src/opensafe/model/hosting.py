"""What a code host still holds of the old history, counted when the new one was built."""

from dataclasses import dataclass

from opensafe.model.option import Option


@dataclass(frozen=True, slots=True)
class HostingFacts:
    """Counts for the checklist and the request to the host's support. Ids are those of the Closed repository.

    `first_changed` are the commits that changed and that no changed commit comes before, oldest first. `requests` are
    the pull or merge requests whose refs the source has, `requests_affected` those among them that hold a changed
    commit. `lfs_orphaned` are the SHA-256 ids of Git LFS objects that only the old history refers to, `lfs_kept`
    counts those that the new one still needs. `id_files` are files at the tip that are there to name commits.
    `default_branch` and the counts after it are those of the new history as it is now.
    """

    option: Option
    commits: int
    commits_changed: int
    first_changed: tuple[str, ...]
    requests: int
    requests_affected: int
    lfs_orphaned: tuple[str, ...]
    lfs_kept: int
    id_files: tuple[str, ...]
    default_branch: str = ""
    branches: int = 0
    tags: int = 0
    notes: int = 0
    folder: str = ""  # the name of the case's folder
    address: str = ""  # where the new repository will be, if the team has said so

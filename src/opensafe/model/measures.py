"""What an option costs beyond its counts: what stays the same, what can no longer be followed, what disappears."""

from dataclasses import dataclass

from opensafe.model.option import Option


@dataclass(frozen=True, slots=True)
class OptionMeasures:
    """One option on this repository. Counted before anything is built; the proof counts again afterwards.

    Every published commit is kept with its id, changed (kept with a new id) or lost. `authorship_kept` is the share
    (0 to 1) of commits that still name their author as they do now. `first_changed` is the oldest commit that changes
    (empty: none), one of `first_changed_count` that no changed commit comes before. `references_lost` are messages
    that name a commit which cannot be found by that id any more. Files are counted by path: `head_files_gone` at the
    tip of the default branch, `files_gone` in the whole history. Sizes are bytes of distinct file versions, not
    compressed: an estimate, in which a changed version counts as large as before.
    """

    option: Option
    commits_kept: int
    commits_changed: int
    commits_lost: int
    authorship_kept: float
    first_changed: str
    first_changed_count: int
    references_lost: int
    head_files_gone: int
    files_gone: int
    bytes_before: int
    bytes_after: int

"""The checks of the proof as sentences that are true when the check passed, for people who do not use git."""

from collections.abc import Mapping

from opensafe.reports.wording import label

STATEMENTS: Mapping[str, str] = {
    "no-value-left": "No value that was decided away is left, in any form",
    "only-reachable-objects": "Nothing is in the new history that a reader could not see",
    "nothing-beside-it": "Nothing lies beside the new history",
    "fsck": "git finds the new history sound",
    "head": "The default branch is the right one",
    "commits-complete": "Every commit is there, and no other",
    "commits-equal": "Commits are as they were, but for what was decided",
    "one-commit": "The history is one commit that names nobody, or one for each state that was published",
    "files-equal": "Files are as they were, but for what was decided",
    "refs": "Every branch and tag is there, and no other",
    "tags-equal": "Annotated tags are as they were, but for what was decided",
    "notes-equal": "Notes are as they were, but for what was decided",
    "refs-chosen": "The branches and tags are those that were chosen",
    "files-chosen": "The files that were chosen to go are the ones that went",
    "people-chosen": "People have the names and addresses that were chosen, in every line",
    "text-chosen": "Nothing is left of the values that were chosen to be replaced, and no other text was changed",
    "commits-chosen": "The commits that were chosen to go went, and the messages are those that were chosen",
    "notebooks-chosen": "No notebook has outputs, but for those that are marked to be kept",
    "documents-carried": "Later commits carry along what opensafe added, as it was added",
    "old-objects-gone": "Old versions that were changed are gone",
    "losses": "What was lost is what was said to be lost",
    "re-audit": "A second audit finds nothing that was decided away",
    "re-audit-complete": "The second audit read everything",
    "added-on-top": "What opensafe added stands above the proven history",
    "added-files": "What opensafe added takes no file away",
    "added-by-opensafe": "Nobody else added anything",
    "record": "The case's own record holds",
    "clone-refs": "Every branch and tag is in the clone as it was proven",
    "clone-commits": "The clone holds what was proven, and what was built on it since",
    "ids-hold": "Every object is what its id says",
    "values-read": "Every value to be searched could be read again",
}


def proof_statement(check: str) -> str:
    """The sentence for the id of a check; the id in words where there is none."""
    return STATEMENTS.get(check) or label(check)

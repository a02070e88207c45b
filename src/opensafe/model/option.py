"""The policy's ways to open a history (policy v1.0, section 4 g)."""

from enum import StrEnum


class Option(StrEnum):
    """From the mildest to the hardest. Rotating credentials is no option: it goes with every one of them."""

    REVIEW = "review"  # publish the history as it is, after review
    REWRITE = "rewrite"  # remove or improve some commits
    SQUASH = "squash"  # one commit in place of all
    NEW_REPOSITORY = "new-repository"  # only the latest version, in extreme circumstances

"""What opensafe never looks at: said in every report, so that silence is not taken for an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A place outside the repository where the same values may stand, and who can look there."""

    what: str
    why: str


UNCHECKED = (
    Unchecked("Issues and their comments", "They are on the hosting service, not in the repository."),
    Unchecked("Pull requests and their reviews", "Commits that only a pull request holds stay readable on the host."),
    Unchecked("The wiki", "It is a repository of its own: open a case for it if it will be published."),
    Unchecked("Releases and their attachments", "Files attached to a release are not part of the history."),
    Unchecked(
        "Logs and artefacts of Actions or other pipelines", "They may hold printed values. Delete them on the host."
    ),
    Unchecked(
        "Caches and old commits on the host",
        "A rewritten commit may stay reachable by its id until the host clears it.",
    ),
    Unchecked("Forks and clones", "A copy that somebody made before today still holds the old history."),
    Unchecked("Published packages and container images", "They may carry files from the old history."),
    Unchecked("Submodules and content in Git LFS stores elsewhere", "Only what this repository itself holds was read."),
    Unchecked(
        "Whether the analysis is right",
        "This report is about what can be published, not about the quality of the code.",
    ),
)
"""Facts, interfaces 3 (page order, 7)."""

"""What a push does not change on a code host: the checklist, with the case's own figures where there are some.

Source: facts, history and rewriting, section 13.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from opensafe.model.hosting import HostingFacts
from opensafe.model.identifiers import FindingId
from opensafe.model.text import printable
from opensafe.reports.wording import count, number

_WIDTH = 110
_ELSEWHERE = (
    ("Cached views", "a commit stays readable by its id until the host clears it (3)."),
    ("Forks and clones", "they hold the old history, and whoever pulls and pushes brings it back. Ask each owner."),
    ("Branch protection", "a forced push needs it off. Open pull requests are merged or closed first."),
    ("Logs and artefacts of Actions or other pipelines", "delete them. A switch to public shows them."),
    ("Issues, discussions, reviews and the wiki", "none of them was read. Search them for what was decided about."),
    ("Releases and their files, packages, images, pages", "made from old commits. Delete them or make them anew."),
    ("Recent events", "archives outside the host keep the ids of pushed commits for ever."),
    (
        "Switching the old repository to public",
        "do not. It detaches private forks, switches push rules off, and commits that they ever had stay readable.",
    ),
    ("Enterprise Server", "it keeps refs of its own. Ask its administrators for a clean-up of the repository."),
)


def checklist(unrotated: Sequence[FindingId], facts: HostingFacts) -> Iterator[str]:
    changed = f"{number(facts.commits_changed)} of {count(facts.commits, 'commit')}"
    yield "## 2. What a push does not change"
    yield ""
    yield f"The new history gives another id to {changed}, or leaves them out. On the old host all of them stay."
    yield ""
    for what, told in (*_counted(unrotated, facts), *_ELSEWHERE):
        yield from wrap(f"- [ ] {what}: {told}", _WIDTH, subsequent_indent="      ", break_on_hyphens=False)


def _counted(unrotated: Sequence[FindingId], facts: HostingFacts) -> Iterator[tuple[str, str]]:
    """What this case has figures for."""
    credentials = count(len(unrotated), "credential")
    yield "Credentials", f"{credentials} not rotated. Rotate first: that may be all that is needed."
    yield "Pull requests", _requests(facts)
    yield "Git LFS", _lfs(facts)
    if facts.id_files:
        named = ", ".join(f"`{plain(name)}`" for name in facts.id_files)
        yield "Files that name commits by their old ids", f"{named}. Correct them in a commit."


def _requests(facts: HostingFacts) -> str:
    if not facts.requests:
        return (
            "this copy of the source has none of their refs. Count them on the old host:"
            " `git ls-remote OLD-ADDRESS 'refs/pull/*/head'`. Their refs and diffs cannot be pushed over."
        )
    return (
        f"{number(facts.requests_affected)} of {number(facts.requests)} hold commits that change."
        " Their refs (`refs/pull/*`) cannot be pushed over, and their diffs stay."
    )


def _lfs(facts: HostingFacts) -> str:
    if not facts.lfs_orphaned:
        return "no object is left that only the old history refers to."
    return f"{count(len(facts.lfs_orphaned), 'object')} that only the old history refers to (3)."


def plain(text: str) -> str:
    """A name in Markdown and in a shell line: whatever either would act on is dropped."""
    return re.sub(r"[^\w.,:+ /-]", "", printable(text))[:200].lstrip("-")

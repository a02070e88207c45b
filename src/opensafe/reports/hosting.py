"""The sheet for publishing: commands to push, what stays on the old host, and the text for the host's support.

Source: facts, history and rewriting, section 13.
"""

from collections.abc import Iterator, Sequence

from opensafe.model.caseview import CaseView
from opensafe.model.expressions import expression
from opensafe.model.hosting import HostingFacts
from opensafe.model.option import Option
from opensafe.reports.hosting_checklist import checklist, plain
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.wording import count, number

_LISTED = 20
_ADDRESS = "ADDRESS"
# An address of a repository without a password in it, and without anything that a shell would act on.
_PLAIN_ADDRESS = expression(
    r"(?:https://|ssh://(?:[\w.-]{1,60}@)?)[\w.-]{1,200}(?::\d{1,5})?/[\w./~-]{1,300}|git@[\w.-]{1,200}:[\w./~-]{1,300}"
)
_FILTER = "git-filter-repo 2.47.0 (blob ids replaced commit by commit)"


def hosting_sheet(view: CaseView) -> str:
    """Markdown for the team and the host's support. It names commits of the Closed repository, and no value."""
    lines = [f"# Publishing {plain(view.name)}, and what stays on the old host", ""]
    if view.hosting is None:
        return "\n".join([*lines, "There is no new history yet. Next: `opensafe rewrite`.", ""])
    lines += [
        "For the team and for the host's support. It names commits of the Closed repository: do not publish it.",
        "",
    ]
    parts = (_before(view), _push(view.hosting), checklist(view.unrotated, view.hosting), _request(view, view.hosting))
    head = ["---", "", f"Head hash of the log when this was written: `{plain(view.log_head)}`.", ""]
    return "\n".join([*lines, *(line for part in parts for line in (*part, "")), *head])


def _before(view: CaseView) -> Iterator[str]:
    if not view.release:
        yield "**Not yet: the version is not tagged. `opensafe next` says what is missing.**"


def _push(facts: HostingFacts) -> Iterator[str]:
    address = facts.address if _PLAIN_ADDRESS.fullmatch(facts.address) else _ADDRESS
    yield "## 1. Push to a new, empty repository"
    yield ""
    yield "Not to the old one: what follows under 2 would stay readable there. Make a new repository in the"
    yield "organisation's account, without README or licence, and keep it private until the clone below is checked."
    if address == _ADDRESS:
        yield f"Put its address in the place of `{_ADDRESS}`."
    yield ""
    yield "```sh"
    yield f'cd "{plain(facts.folder) or "CASE"}"'
    yield "git -C public.git fsck --strict"
    yield f"git -C public.git push --mirror {address}"
    yield f"git clone --mirror {address} check.git"
    yield "git -C public.git for-each-ref"
    yield "git -C check.git for-each-ref"
    yield "```"
    yield ""
    refs = [
        count(facts.branches, "branch", "branches"),
        count(facts.tags, "tag"),
        count(facts.notes, "ref of notes", "refs of notes"),
    ]
    yield f"The push sends {', '.join(refs)}. The two lists must be equal. Delete `check.git` afterwards."
    yield f"Set the default branch on the host to `{plain(facts.default_branch)}`."
    if facts.lfs_kept:
        objects = count(facts.lfs_kept, "object")
        yield f"{objects} of Git LFS must be pushed apart, from a work tree: `git lfs push --all {address}`."


def _request(view: CaseView, facts: HostingFacts) -> Iterator[str]:
    yield "## 3. Text for the host's support"
    yield ""
    yield "Only where the old repository is, or was, open to people who should not see it, and rotation is not enough:"
    yield "support acts on nothing else. Fill in what stands in capitals."
    yield ""
    yield "```text"
    yield "Repository: OWNER/REPOSITORY"
    yield "Request: remove cached views and pull request refs of commits that a rewrite took out of the history."
    yield "Why rotation is not enough: SAY WHAT KIND OF DATA IT IS, AND NO VALUE OF IT"
    yield f"Affected pull requests: {number(facts.requests_affected) if facts.requests else 'COUNT THEM ON THE HOST'}"
    yield from _listed("First changed commits", facts.first_changed)
    yield from _listed("Orphaned objects of Git LFS (SHA-256)", facts.lfs_orphaned)
    yield f"Commits changed or left out: {number(facts.commits_changed)} of {number(facts.commits)}"
    yield f"Rewritten with: {_tool(view, facts)}"
    yield "```"


def _tool(view: CaseView, facts: HostingFacts) -> str:
    opensafe = f"opensafe {plain(view.version)}"
    return f"{opensafe}, {_FILTER}" if facts.option is Option.REWRITE else f"{opensafe}, option {facts.option}"


def _listed(what: str, ids: Sequence[str]) -> Iterator[str]:
    yield f"{what}: {number(len(ids)) if ids else 'none'}"
    yield from (f"  {oid}" for oid in ids[:_LISTED])
    if len(ids) > _LISTED:
        yield f"  and {number(len(ids) - _LISTED)} more, on request"


FORMAT = ReportFormat("hosting", ".md", hosting_sheet, most=0, credentials=False)

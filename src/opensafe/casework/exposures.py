"""How long each credential could be read, and by whom: dates come from the commits of the source."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.places import first_commits, first_days
from opensafe.casefile.rotations import credentials, latest
from opensafe.casework.source_objects import source_view
from opensafe.errors import OpensafeError
from opensafe.git.parse import parse_commit
from opensafe.git.stream import read_objects
from opensafe.model.credential import Credential
from opensafe.model.exposure import Exposure, Reach
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.rotation import Rotation
from opensafe.model.skip import Unread

PUBLIC_SINCE = "public-since"
"""The answer in `case.toml`: the day on which strangers could first read the repository, or NEVER."""

NEVER = "never"


def exposures(case: Case, findings: Iterable[Credential], today: date) -> dict[FindingId, Exposure]:
    """The exposure of every credential. Without the source (a case that was moved) the first days are not known."""
    found = credentials(findings)
    ids = [credential.id for credential in found]
    days = _commit_days(case, first_commits(case.index, ids))
    since = first_days(case.index, ids, days) if days else {}
    lines = latest(case)
    public = was_public(case)
    return {f.id: _exposure(f, since.get(f.id), lines.get(f.id), today, public=public) for f in found}


def was_public(case: Case) -> bool:
    """Whether somebody said that the repository was open to strangers at some time."""
    return case.config.answers.get(PUBLIC_SINCE, NEVER) != NEVER


def _exposure(
    credential: Credential, since: date | None, line: Rotation | None, today: date, *, public: bool
) -> Exposure:
    settled = line is not None and line.settles(today)
    reach = Reach.LOCAL if not credential.published else Reach.PUBLIC if public else Reach.SHARED
    return Exposure(since, line.on if line is not None and settled else today, reach)


def _commit_days(case: Case, commits: Sequence[Oid]) -> dict[Oid, date]:
    """The days (UTC) on which these commits were made; those that cannot be read are left out."""
    if not commits:
        return {}
    try:
        with source_view(case) as view:
            read = {raw.oid: _day(raw) for raw in read_objects(view, commits) if not isinstance(raw, Unread)}
    except (OpensafeError, OSError):
        return {}
    return {oid: day for oid, day in read.items() if day is not None}


def _day(raw: RawObject) -> date | None:
    if raw.kind != "commit":
        return None
    seconds = parse_commit(raw).committer.when.partition(b" ")[0]
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None  # a date that git never wrote

"""How long each credential could be read, and by whom: dates come from the commits of the source."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.places import first_commits
from opensafe.casefile.rotations import credentials, latest
from opensafe.casework.source_objects import source_objects
from opensafe.errors import OpensafeError
from opensafe.git.parse import parse_commit
from opensafe.git.stream import ObjectReader
from opensafe.model.exposure import Exposure, Reach
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.rotation import Rotation
from opensafe.model.skip import Unread

PUBLIC_SINCE = "public-since"
"""The answer in `case.toml`: the day on which strangers could first read the repository, or NEVER."""

NEVER = "never"


def exposures(case: Case, findings: Iterable[Finding], today: date) -> dict[FindingId, Exposure]:
    """The exposure of every credential. Without the source (a case that was moved) the first days are not known."""
    found = credentials(findings)
    firsts = first_commits(case.index, (finding.id for finding in found))
    dates = _commit_dates(case, {oid for oids in firsts.values() for oid in oids})
    lines = latest(case)
    public = was_public(case)
    return {f.id: _exposure(f, firsts.get(f.id, ()), dates, lines.get(f.id), today, public=public) for f in found}


def was_public(case: Case) -> bool:
    """Whether somebody said that the repository was open to strangers at some time."""
    return case.config.answers.get(PUBLIC_SINCE, NEVER) != NEVER


def _exposure(
    finding: Finding,
    firsts: Iterable[Oid],
    dates: Mapping[Oid, date],
    line: Rotation | None,
    today: date,
    *,
    public: bool,
) -> Exposure:
    known = [dates[oid] for oid in firsts if oid in dates]
    settled = line is not None and line.settles(today)
    reach = Reach.LOCAL if not finding.published else Reach.PUBLIC if public else Reach.SHARED
    return Exposure(min(known, default=None), line.on if line is not None and settled else today, reach)


def _commit_dates(case: Case, commits: set[Oid]) -> dict[Oid, date]:
    """The days (UTC) on which these commits were made; those that cannot be read are left out."""
    if not commits:
        return {}
    try:
        with source_objects(case) as reader:
            read = {oid: _day(reader, oid) for oid in sorted(commits)}
    except (OpensafeError, OSError):
        return {}
    return {oid: day for oid, day in read.items() if day is not None}


def _day(reader: ObjectReader, oid: Oid) -> date | None:
    raw = reader.read(oid)
    if isinstance(raw, Unread) or raw.kind != "commit":
        return None
    seconds = parse_commit(raw).committer.when.partition(b" ")[0]
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None  # a date that git never wrote

"""Every copy that holds unredacted content: where it is, who holds it, and by when it is to be destroyed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from opensafe.casefile.closing import mirrors
from opensafe.casefile.create import KEY
from opensafe.casefile.folder import Case
from opensafe.model.caseview import UnredactedCopy
from opensafe.model.readiness import Role

_KEEP = timedelta(days=90)
"""After a copy was made, unless `case.toml` says another day (`[answers] destroy-by`)."""


def unredacted_copies(case: Case) -> Iterator[UnredactedCopy]:
    """The source, the backup, the key, and what `[copies]` in `case.toml` names: `"where" = "holder, 2027-01-31"`."""
    holder = case.config.roles.get(Role.LEAD_DEVELOPER.value, "") or case.config.organisation or "the project team"
    yield UnredactedCopy("The source repository", Path(case.config.source).name, holder, "when the team retires it")
    for path in mirrors(case.root):
        what = "Backup of the source" if path.name.startswith("backup") else "What the last audit remembered"
        yield UnredactedCopy(what, f"{case.root.name}/{path.name}", holder, _destroy_by(case, path))
    if (key := case.root / KEY).exists():
        yield UnredactedCopy("Key of the fingerprints", f"{case.root.name}/{KEY}", holder, _destroy_by(case, key))
    for where, held in case.config.copies.items():
        by, _, day = held.rpartition(",")
        yield UnredactedCopy("Copy named by the team", where, by.strip() or held.strip(), day.strip() if by else "")


def _destroy_by(case: Case, path: Path) -> str:
    """The same day in every report: it counts from when the copy was made, not from today."""
    said = case.config.answers.get("destroy-by", "")
    if said:
        return said
    made: date = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return (made + _KEEP).isoformat()

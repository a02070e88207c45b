"""Which credentials a case has, and which of them still work for all that anybody has shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from opensafe.casefile.folder import Case
from opensafe.model.credential import Credential
from opensafe.model.finding import Category, State
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import LiveCheck
from opensafe.model.rotation import Rotation

_Found = TypeVar("_Found", bound=Credential)


def credentials(findings: Iterable[_Found]) -> tuple[_Found, ...]:
    """The secrets that nobody has called no finding, wherever they stand: unpublished ones rotate as well."""
    return tuple(f for f in findings if f.category is Category.SECRET and f.state is not State.NOT_A_FINDING)


def latest(case: Case) -> dict[FindingId, Rotation]:
    """The last line about each credential."""
    return {line.finding: line for line in case.rotations.read()}


def live_checks(case: Case) -> dict[FindingId, tuple[LiveCheck, ...]]:
    """What providers answered about each credential, oldest first."""
    found: dict[FindingId, tuple[LiveCheck, ...]] = {}
    for check in case.checks.read():
        found[check.finding] = (*found.get(check.finding, ()), check)
    return found


def unrotated(findings: Iterable[_Found], lines: Mapping[FindingId, Rotation], today: date) -> tuple[_Found, ...]:
    """Credentials without a line that settles them `today` (UTC): they warn at the plan and block the release."""
    return tuple(f for f in credentials(findings) if not _is_settled(lines.get(f.id), today))


def unsettled(ids: Iterable[FindingId], lines: Mapping[FindingId, Rotation], today: date) -> tuple[FindingId, ...]:
    """The same, where only the ids of the credentials are known."""
    return tuple(id_ for id_ in ids if not _is_settled(lines.get(id_), today))


def _is_settled(line: Rotation | None, today: date) -> bool:
    return line is not None and line.settles(today)

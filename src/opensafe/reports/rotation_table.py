"""The rotation record joined with the credentials that were found: one row for each, in the order of work."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from opensafe.model.credential import Credential
from opensafe.model.exposure import Exposure, Reach
from opensafe.model.finding import Category, State
from opensafe.model.identifiers import FindingId
from opensafe.model.rotation import Rotation, RotationState


class RotationRow(NamedTuple):
    """A credential and the last line of its record. Either may be absent.

    Without a line the state is `found`; without a finding the credential is no longer in the audit. An accepted risk
    is open again after its last day: `today` tells.
    """

    id: FindingId
    finding: Credential | None
    rotation: Rotation | None
    today: date
    exposure: Exposure | None = None
    playbook: str = ""

    @property
    def state(self) -> RotationState:
        return self.rotation.state if self.rotation else RotationState.FOUND

    @property
    def settled(self) -> bool:
        return self.rotation is not None and self.rotation.settles(self.today)

    @property
    def lapsed(self) -> bool:
        """Whether it was accepted as a risk, and the time for that is over."""
        return self.state.settles and not self.settled

    def fields(self) -> dict[str, Any]:
        """As a JSON object; what is not known is null."""
        finding, rotation = self.finding, self.rotation
        return {
            "finding": self.id,
            "title": finding.title if finding else None,
            "severity": finding.severity.value if finding else None,
            "masked": finding.masked if finding else None,
            "published": finding.published if finding else None,
            "state": self.state.value,
            "settled": self.settled,
            "owner": rotation.owner if rotation else None,
            "opens": rotation.opens if rotation else None,
            "on": rotation.on.isoformat() if rotation else None,
            "by": rotation.by if rotation else None,
            "evidence": rotation.evidence if rotation else None,
            "evidence_file_sha256": (rotation.attachment or None) if rotation else None,
            "second": rotation.second if rotation else None,
            "alone": (rotation.alone or None) if rotation else None,
            "expires": rotation.expires.isoformat() if rotation and rotation.expires else None,
            "risk": (rotation.risk or None) if rotation else None,
            "playbook": self.playbook or None,
            "exposure": _exposure_fields(self.exposure) if self.exposure else None,
        }


def _exposure_fields(exposure: Exposure) -> dict[str, Any]:
    return {
        "reach": exposure.reach.value,
        "since": exposure.since.isoformat() if exposure.since else None,
        "until": exposure.until.isoformat(),
        "days": exposure.days,
        "compromised": exposure.compromised,
    }


def rotation_rows(
    rotations: Iterable[Rotation],
    findings: Iterable[Credential],
    today: date,
    exposures: Mapping[FindingId, Exposure] | None = None,
    playbooks: Mapping[FindingId, str] | None = None,
) -> list[RotationRow]:
    """Open rows first, then by severity, reach and how long it could be read.

    A finding that was decided to be none needs no rotation (facts, secrets 11) and has a row only where one was
    recorded.
    """
    found = {finding.id: finding for finding in findings}
    recorded = {rotation.finding: rotation for rotation in rotations}
    needed = [f.id for f in found.values() if f.category is Category.SECRET and f.state is not State.NOT_A_FINDING]
    rows = [
        RotationRow(
            id_, found.get(id_), recorded.get(id_), today, (exposures or {}).get(id_), (playbooks or {}).get(id_, "")
        )
        for id_ in dict.fromkeys([*recorded, *needed])
    ]
    return sorted(rows, key=_order_of_work)


def _order_of_work(row: RotationRow) -> tuple[bool, int, int, int, str]:
    severity = row.finding.severity.rank if row.finding else 0
    reach = row.exposure.reach.rank if row.exposure else Reach.SHARED.rank
    days = (row.exposure.days or 0) if row.exposure else 0
    return row.settled, severity, reach, -days, row.id

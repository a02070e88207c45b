"""The rotation record joined with the credentials that were found: one row for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.rotation import Rotation, RotationState


@dataclass(frozen=True, slots=True)
class RotationRow:
    """A credential and the last line of its record. Either may be absent.

    Without a line the state is `found`; without a finding the credential is no longer in the audit.
    """

    id: FindingId
    finding: Finding | None
    rotation: Rotation | None

    @property
    def state(self) -> RotationState:
        return self.rotation.state if self.rotation else RotationState.FOUND

    @property
    def settled(self) -> bool:
        return self.state.settles

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
            "on": rotation.on.isoformat() if rotation else None,
            "by": rotation.by if rotation else None,
            "evidence": rotation.evidence if rotation else None,
            "second": rotation.second if rotation else None,
        }


def rotation_rows(rotations: Iterable[Rotation], findings: Iterable[Finding]) -> list[RotationRow]:
    """Open rows first, then by severity and id.

    A finding that was decided to be none needs no rotation (facts, secrets 11) and has a row only where one was
    recorded.
    """
    found = {finding.id: finding for finding in findings}
    recorded = {rotation.finding: rotation for rotation in rotations}
    needed = [f.id for f in found.values() if f.category is Category.SECRET and f.state is not State.NOT_A_FINDING]
    rows = [RotationRow(id_, found.get(id_), recorded.get(id_)) for id_ in dict.fromkeys([*recorded, *needed])]
    return sorted(rows, key=lambda row: (row.settled, row.finding.severity.rank if row.finding else 0, row.id))

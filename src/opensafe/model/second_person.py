"""Where a policy wants two people to agree before a value stays (facts, secrets 11)."""

from collections.abc import Iterable
from enum import StrEnum

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Form, Severity
from opensafe.model.subject import Subject

STAYS = frozenset({Action.KEEP, Action.NOT_A_FINDING})
"""What leaves a value where it is."""

_GRAVE = frozenset({Severity.CRITICAL, Severity.HIGH})
_OF_STAFF = frozenset({Form.EMAIL, Form.PHONE})


class TwoPeople(StrEnum):
    """What a profile may demand a second person for (`second_person`)."""

    PATIENT_DATA = "patient-data"
    CRITICAL_SECRETS = "critical-secrets"


def asks_second(demands: Iterable[TwoPeople], finding: Subject, action: Action | None) -> bool:
    """Whether the profile wants a second person for this decision. What takes a value away needs nobody else."""
    return action in STAYS and any(_CONCERNS[demand](finding) for demand in demands)


def _is_patient_data(finding: Subject) -> bool:
    """Grave personal data that is no contact detail of staff, and tables that look like one row a person."""
    if finding.severity not in _GRAVE:
        return False
    return finding.category is Category.FILE or (finding.category is Category.DATA and finding.form not in _OF_STAFF)


def _is_critical_secret(finding: Subject) -> bool:
    return finding.category is Category.SECRET and finding.severity is Severity.CRITICAL


_CONCERNS = {
    TwoPeople.PATIENT_DATA: _is_patient_data,
    TwoPeople.CRITICAL_SECRETS: _is_critical_secret,
}

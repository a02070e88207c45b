"""What a line of the rotation record must say before it counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from opensafe.errors import UsageError
from opensafe.model.exposure import Exposure, Reach
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import LiveCheck, Liveness, died
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.rotation_rules import check_rotation

TODAY = date(2026, 5, 1)
FINDING = Finding(
    FindingId("F-1"), Category.SECRET, "d", ("d",), "t", Severity.HIGH, Confidence.HIGH, Form.TOKEN, "[…]", "why",
    None, 1, published=True, in_head=True,
)  # fmt: skip
LINE = Rotation(FINDING.id, RotationState.ROTATED, "IT", TODAY, "Anna", "ticket 1")
ACCEPTED = LINE._replace(
    state=RotationState.ACCEPTED_RISK, expires=TODAY + timedelta(days=30), risk="R-1", second="Ben"
)
CRITICAL = replace(FINDING, severity=Severity.CRITICAL)


@pytest.mark.parametrize(
    ("line", "finding", "compromised"),
    [
        (LINE, FINDING, False),
        (LINE._replace(evidence="", attachment="ab" * 32), FINDING, False),
        (LINE._replace(second="Ben"), CRITICAL, False),
        (LINE._replace(alone="a team of one; told the IG lead"), CRITICAL, True),
        (LINE._replace(state=RotationState.ROTATING, evidence=""), CRITICAL, True),
        (LINE._replace(state=RotationState.FOUND, evidence=""), FINDING, False),
        (ACCEPTED, CRITICAL, True),
        (ACCEPTED._replace(expires=TODAY + timedelta(days=366)), FINDING, False),
    ],
)
def test_what_counts(line: Rotation, finding: Finding, compromised: bool) -> None:
    check_rotation(line, finding, TODAY, compromised=compromised)


@pytest.mark.parametrize(
    ("line", "finding", "compromised", "says"),
    [
        (LINE._replace(evidence=" "), FINDING, False, "rotated needs evidence"),
        (LINE._replace(state=RotationState.NEVER_VALID, evidence=""), FINDING, False, "never-valid needs evidence"),
        (LINE._replace(by=" "), FINDING, False, "name of a person"),
        (LINE._replace(second="anna "), FINDING, False, "the second person is the first one"),
        (LINE._replace(on=TODAY + timedelta(days=1)), FINDING, False, "2026-05-02 lies in the future"),
        (LINE, CRITICAL, False, "F-1 needs a second person who confirms it, because it is critical"),
        (LINE, FINDING, True, "because strangers could read it"),
        (LINE, replace(FINDING, category=Category.DATA), False, "is not a credential"),
        (ACCEPTED._replace(expires=None), FINDING, False, "looked at again, within a year"),
        (ACCEPTED._replace(expires=TODAY), FINDING, False, "looked at again, within a year"),
        (ACCEPTED._replace(expires=TODAY + timedelta(days=367)), FINDING, False, "looked at again, within a year"),
        (ACCEPTED._replace(risk=""), FINDING, False, "risk register"),
        (LINE._replace(expires=TODAY), FINDING, False, "rotated has no end"),
    ],
)
def test_what_does_not_count_is_refused_with_what_it_lacks(
    line: Rotation, finding: Finding, compromised: bool, says: str
) -> None:
    with pytest.raises(UsageError) as refused:
        check_rotation(line, finding, TODAY, compromised=compromised)
    assert says in refused.value.cause
    assert refused.value.remedy


def test_an_accepted_risk_holds_up_to_its_last_day() -> None:
    accepted = ACCEPTED._replace(expires=TODAY)
    assert accepted.settles(TODAY)
    assert not accepted.settles(TODAY + timedelta(days=1))
    assert LINE.settles(date.max)


def test_time_that_ran_backwards_is_no_time() -> None:
    assert Exposure(TODAY + timedelta(days=9), TODAY, Reach.SHARED).days == 0
    assert Exposure(TODAY - timedelta(days=9), TODAY, Reach.SHARED).days == 9
    assert Exposure(None, TODAY, Reach.SHARED).days is None


def answered(*outcomes: Liveness, rule: str = "r") -> list[LiveCheck]:
    return [LiveCheck(FINDING.id, outcome, f"{n}", "Anna", rule, "https://a") for n, outcome in enumerate(outcomes)]


def test_only_inactive_after_active_is_evidence() -> None:
    active, inactive, unknown = Liveness.ACTIVE, Liveness.INACTIVE, Liveness.UNKNOWN
    assert died(answered(active, unknown, inactive)) is not None
    assert died([]) is None
    for alive in ([inactive], [unknown, inactive], [active], [active, inactive, active], [active, inactive, unknown]):
        assert died(answered(*alive)) is None
    assert died([*answered(active, rule="another"), *answered(inactive)]) is None

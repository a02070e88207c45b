"""The profiles are whole: every row's check exists, every check is used."""

import hashlib
from collections import Counter
from importlib.resources import files

import pytest
from syrupy.assertion import SnapshotAssertion

from opensafe.errors import UsageError
from opensafe.model.readiness import How, Level, Role
from opensafe.readiness.checks import all_checks
from opensafe.readiness.profiles import load_profile, profile_ids


def test_the_rows_of_the_policy_are_as_reviewed(snapshot: SnapshotAssertion) -> None:
    rows = load_profile("nhsx-1.0").rows
    assert [f"{row.id} {row.level} {row.how} {row.check or '-'}: {row.statement}" for row in rows] == snapshot


def test_the_appendix_has_23_rows_with_its_levels() -> None:
    profile = load_profile("nhsx-1.0")
    assert [row.id for row in profile.rows] == [f"B{number}" for number in range(1, 24)]
    assert [row.id for row in profile.rows if row.level is Level.BEST_PRACTICE] == [
        "B2",
        "B4",
        "B5",
        "B6",
        "B16",
        "B20",
    ]
    assert profile.signoffs == (Role.LEAD_DEVELOPER, Role.IG_LEAD)
    assert not profile.rotation_blocks_plan


def test_the_digest_is_that_of_the_file() -> None:
    data = (files("opensafe") / "profiles" / "nhsx-1.0.toml").read_bytes()
    assert load_profile("nhsx-1.0").digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_check_that_a_row_names_exists(profile_id: str) -> None:
    assert {row.check for row in load_profile(profile_id).rows if row.check} <= set(all_checks())


def test_every_check_is_used() -> None:
    used = {row.check for profile_id in profile_ids() for row in load_profile(profile_id).rows}
    assert set(all_checks()) - used == set()


@pytest.mark.parametrize("profile_id", profile_ids())
def test_rows_are_whole(profile_id: str) -> None:
    rows = load_profile(profile_id).rows
    assert max(Counter(row.id for row in rows).values()) == 1
    for row in rows:
        assert not row.statement.endswith("?"), "a statement, so that met is good"
        assert row.remedy
        assert row.section
        assert row.how is not How.AUTOMATIC or row.check


@pytest.mark.parametrize("check_id", sorted(all_checks()))
def test_every_check_says_what_it_looks_at(check_id: str) -> None:
    assert (all_checks()[check_id].__doc__ or "").strip()


@pytest.mark.parametrize("profile_id", ["", "nhsx", "../nhsx-1.0", "nhsx-1.0.toml"])
def test_an_unknown_profile_is_answered_with_the_known_ones(profile_id: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_profile(profile_id)
    assert "nhsx-1.0" in raised.value.remedy

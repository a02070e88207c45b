"""Who may sign what, and which approvals are none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from opensafe.errors import UsageError
from opensafe.model.readiness import Role, SignOff
from opensafe.model.signature import LogSignature, covers
from opensafe.model.signers import REVIEWERS, check_signer, refuse_condition

ROLES = {"lead-developer": "Dana Dev", "ig-lead": "Ira Gov"}
SIGNED = SignOff(Role.IG_LEAD, "Ira Gov", date(2026, 5, 1), "c0ffee", "digest", "h2")
POSITIONS = {"h1": 1, "h2": 2, "h3": 3}


@pytest.mark.parametrize(
    ("role", "by", "named", "authors"),
    [
        (Role.LEAD_DEVELOPER, "Dana Dev", {}, ["Dana Dev"]),
        (Role.LEAD_DEVELOPER, "dana  dev", ROLES, ["Dana Dev"]),
        (Role.IG_LEAD, "Ira Gov", ROLES, ["Dana Dev"]),
        (Role.IG_LEAD, "Dana Dev", {}, ["Dana Dev", "Another"]),
        (Role.MAINTAINER, "Dana Dev", {}, ["Dana Dev"]),
        (Role.IG_LEAD, "Ira Gov", {}, []),
    ],
)
def test_who_may_sign(role: Role, by: str, named: Mapping[str, str], authors: Sequence[str]) -> None:
    check_signer(role, by, named, authors)


@pytest.mark.parametrize("role", sorted(REVIEWERS))
def test_nobody_reviews_what_they_wrote_alone(role: Role) -> None:
    with pytest.raises(UsageError, match="reviews the work of others, and DANA DEV wrote all of this"):
        check_signer(role, "DANA DEV", {}, ["Dana Dev"])
    with pytest.raises(UsageError, match="wrote all of this"):
        check_signer(role, "Dana Dev", {"lead-developer": "Dana Dev"}, ["Person 1"])


def test_a_role_that_has_a_name_is_spoken_for_by_nobody_else() -> None:
    with pytest.raises(UsageError, match=r"case\.toml names somebody else as ig-lead") as refused:
        check_signer(Role.IG_LEAD, "Someone Else", ROLES, [])
    assert "roles.ig-lead" in refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "fine, subject to a second look",
        "Provided that the key is gone",
        "met on condition of a new key",
        "conditional on the DPO",
        "pending the answer of IT",
        "ok as long as nobody minds",
        "fine unless the trust objects",
    ],
)
def test_an_approval_with_a_condition_is_none(text: str) -> None:
    with pytest.raises(UsageError, match="makes this conditional"):
        refuse_condition(text)


@pytest.mark.parametrize("text", ["ticket OPEN-7", "looked at by two people", "no request is pending", "as before"])
def test_what_was_seen_is_no_condition(text: str) -> None:
    refuse_condition(text)


def test_a_signature_vouches_for_what_the_same_person_signed_before_it() -> None:
    signature = LogSignature("h3", "ira gov", date(2026, 5, 2), "SHA256:x", "…")
    assert covers(signature, SIGNED, POSITIONS)
    assert not covers(replace(signature, by="Dana Dev"), SIGNED, POSITIONS)
    assert not covers(replace(signature, head="h2"), SIGNED, POSITIONS)
    assert not covers(replace(signature, head="gone"), SIGNED, POSITIONS)

"""The verdict sentence, its limits, and what it weighs first."""

from dataclasses import replace

import pytest

from opensafe.model.caseview import CaseView
from opensafe.model.finding import State
from opensafe.model.readiness import Role, SignOff
from opensafe.model.skip import SkipState
from opensafe.reports.outstanding import Duty, missing_signoffs, outstanding
from opensafe.reports.verdict import VerdictState, verdict
from tests.reports import reports_factory as factory


def _with_skips(view: CaseView, state: SkipState) -> CaseView:
    source = factory.midway().audit
    assert view.audit
    assert source
    skips = tuple(replace(skip, state=state) for skip in source.coverage.skipped[:1])
    return replace(view, audit=replace(view.audit, coverage=factory.coverage(skips)))


def _reopened() -> CaseView:
    view = factory.finished()
    return replace(view, findings=(replace(view.findings[0], state=State.OPEN), *view.findings[1:]))


def test_a_settled_case_is_ready_and_says_how_much_was_read() -> None:
    now = verdict(replace(factory.finished(), release=""))
    assert now.state is VerdictState.READY
    assert now.sentence == "Ready to open: every point that needs a person is settled."
    assert now.limits == "Read 12,345 of 12,345 objects; 0 skipped."
    assert now.open == ()


def test_a_released_case_is_ready_to_publish_and_names_its_tag() -> None:
    assert verdict(factory.finished()).sentence == "Ready to publish: tagged v1.0.0."


def test_a_released_case_with_a_new_finding_says_so() -> None:
    now = verdict(_reopened())
    assert (
        now.sentence
        == "Tagged v1.0.0, but not ready to publish: 1 finding in what will be published awaits a decision."
    )
    assert now.state is VerdictState.OPEN


def test_a_case_on_its_way_lists_everything_gravest_first() -> None:
    now = verdict(factory.midway())
    assert now.sentence == (
        "Not ready to open: 1 part could not be read, and nobody has decided about it (and 6 more points below)."
    )
    assert now.limits == (
        "Read 12,342 of 12,345 objects; 3 skipped: 1 not settled; 1 accepted unread by Ada Lindqvist; "
        "1 removed with the file."
    )
    assert [(item.duty, item.count) for item in now.open] == [
        (Duty.SKIPS, 1),
        (Duty.FINDINGS, 2),
        (Duty.ROTATION, 2),
        (Duty.PLAN, 1),
        (Duty.VERIFICATION, 1),
        (Duty.CHECKLIST, 1),
        (Duty.SIGNOFFS, 2),
    ]


def test_an_accepted_skip_leaves_the_reading_incomplete_for_ever() -> None:
    now = verdict(_with_skips(replace(factory.finished(), release=""), SkipState.ACCEPTED))
    assert now.state is VerdictState.READY
    assert now.sentence.endswith("settled. The reading was incomplete, accepted by Ada Lindqvist.")


def test_an_accepted_skip_without_a_decision_is_not_given_a_name() -> None:
    view = replace(_with_skips(factory.finished(), SkipState.ACCEPTED), decisions=())
    assert verdict(view).sentence == (
        "Ready to publish: tagged v1.0.0. The reading was incomplete, accepted by a person who is not named."
    )


def test_an_open_skip_outweighs_an_open_finding() -> None:
    assert verdict(_with_skips(_reopened(), SkipState.OPEN)).state is VerdictState.INCOMPLETE


def test_a_failed_verification_outweighs_a_skip() -> None:
    view = replace(_with_skips(_reopened(), SkipState.OPEN), verification=factory.verification(passed=False))
    now = verdict(view)
    assert now.state is VerdictState.FAILED
    assert "1 of 2 checks of the new history failed" in now.sentence


def test_nothing_read_is_no_verdict() -> None:
    now = verdict(factory.unread())
    assert now.state is VerdictState.NOT_READ
    assert now.limits == "Nothing has been read, so nothing can be said about what the repository holds."


def test_an_audit_that_read_nothing_is_no_success() -> None:
    view = factory.finished()
    assert view.audit
    empty = replace(view.audit.coverage, objects=0, read=0)
    assert verdict(replace(view, audit=replace(view.audit, coverage=empty))).state is VerdictState.NOT_READ


def test_objects_that_vanished_without_a_skip_are_incomplete() -> None:
    view = factory.finished()
    assert view.audit
    short = replace(view.audit.coverage, read=12_340)
    now = verdict(replace(view, audit=replace(view.audit, coverage=short)))
    assert now.state is VerdictState.INCOMPLETE
    assert "5 objects not read, for a reason that is not known" in now.sentence


def test_an_unpublished_finding_does_not_hold_up_the_opening() -> None:
    view = _reopened()
    hidden = replace(view.findings[0], published=False)
    assert outstanding(replace(view, findings=(hidden, *view.findings[1:]))) == ()


def test_a_proof_of_another_commit_counts_for_nothing() -> None:
    view = factory.finished()
    assert view.verification
    other = replace(view.verification, head=factory.oid("another"))
    assert [item.duty for item in outstanding(replace(view, verification=other))] == [Duty.VERIFICATION]


@pytest.mark.parametrize(
    "other",
    [
        replace(factory.signoff(Role.IG_LEAD), commit="0" * 40),
        replace(factory.signoff(Role.IG_LEAD), profile_digest="0" * 64),
    ],
    ids=["another commit", "another profile"],
)
def test_a_signature_for_something_else_does_not_count(other: SignOff) -> None:
    signed = (other, factory.signoff(Role.LEAD_DEVELOPER))
    assert missing_signoffs(factory.checklist(), signed) == (Role.IG_LEAD,)


def test_a_category_that_keeps_paths_back_stands_in_the_way() -> None:
    view = replace(factory.finished(), forbidden=("2 paths in keys/*: Secured: an Act",))
    assert [item.duty for item in outstanding(view)] == [Duty.OPENNESS]
    assert "1 openness category keeps paths back" in verdict(view).sentence

"""What an approval waits for, counted by the index: as if each finding had been looked at by itself."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from opensafe.casefile.view import settled
from opensafe.casework.approval import awaited
from opensafe.errors import OutOfOrder
from opensafe.model.audit import AuditRecord
from opensafe.model.decision import Action, Decision
from tests.casefile import casefile_kit as kit
from tests.casework.decided_kit import decided_cases


@settings(max_examples=60, deadline=None)
@given(decided_cases())
def test_it_waits_for_what_would_be_published_undecided(made: tuple[AuditRecord, list[Decision]]) -> None:
    record, decisions = made
    with tempfile.TemporaryDirectory() as folder:
        case = kit.new_case(Path(folder))
        case.index.write(record)
        case.decisions.append(*decisions)
        findings, coverage = settled(case, kit.TODAY)
        state = awaited(case)
        assert state.findings == sum(finding.waits and finding.published for finding in findings)
        assert state.coverage == coverage


@pytest.mark.parametrize(("published", "decided", "waits"), [(True, False, 1), (False, False, 0), (True, True, 0)])
def test_what_is_not_published_is_not_waited_for(tmp_path: Path, published: bool, decided: bool, waits: int) -> None:
    case = kit.new_case(tmp_path)
    finding = kit.finding("one", kit.place("a.R", published=published), published=published)
    case.index.write(kit.audit(finding))
    case.decisions.append(*([kit.decision(finding.id, Action.REDACT)] if decided else []))
    assert awaited(case).findings == waits


def test_a_case_without_an_audit_has_nothing_to_count(tmp_path: Path) -> None:
    with pytest.raises(OutOfOrder, match="has not been audited"):
        awaited(kit.new_case(tmp_path))

"""What the index writes as JSON is what would be written of each finding by itself, to the last byte."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select, with_places
from opensafe.casefile.view import settled
from opensafe.casework.written_findings import written_findings, written_in_order
from opensafe.errors import CaseDamaged
from opensafe.model.audit import AuditRecord
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding, State
from opensafe.model.settlement import standing, state_at
from opensafe.reports.json_findings import MAX_PLACES, finding_text, findings_document
from opensafe.reports.json_text import to_json, with_items
from opensafe.reports.review_order import in_review_order
from tests.casefile import casefile_kit as kit
from tests.casework.decided_kit import decided_cases


def written_by_itself(case: Case, chosen: Filter, decisions: Sequence[Decision]) -> str:
    """The document, each finding made into an object."""
    found, coverage = select(case, chosen, kit.TODAY)
    taken = standing(decisions, kit.TODAY)
    placed = tuple(with_places(case, found, MAX_PLACES))
    states = {f.id: [state_at(taken[f.id], place) for place in f.places] for f in placed if f.id in taken}
    return to_json(findings_document(placed, coverage, place_states=states))


def written_by_the_index(case: Case, chosen: Filter, decisions: Sequence[Decision]) -> str:
    _, coverage = settled(case, kit.TODAY)
    texts = (written.text for written in written_findings(case, chosen, decisions, kit.TODAY))
    return "".join(with_items(findings_document((), coverage), "findings", texts))


@settings(max_examples=40, deadline=None)
@given(decided_cases(), st.sampled_from([None, *State]))
def test_both_ways_write_the_same(made: tuple[AuditRecord, list[Decision]], state: State | None) -> None:
    record, decisions = made
    with tempfile.TemporaryDirectory() as folder:
        case = kit.new_case(Path(folder))
        case.index.write(record)
        case.decisions.append(*decisions)
        chosen = Filter(state=state)
        assert written_by_the_index(case, chosen, decisions) == written_by_itself(case, chosen, decisions)

        every, _ = settled(case, kit.TODAY)
        placed = in_review_order(with_places(case, every, MAX_PLACES))
        by_themselves = [finding_text(finding, MAX_PLACES) for finding in placed]
        assert in_a_list(written_in_order(case, decisions, kit.TODAY)) == in_a_list(by_themselves)


def in_a_list(texts: Iterable[str]) -> str:
    return "".join(with_items({"findings": []}, "findings", texts))


def many_places(number: int) -> Finding:
    return kit.finding("many", *(kit.place(f"{at}.R") for at in range(number)))


@pytest.mark.parametrize("number", [0, 1, MAX_PLACES, MAX_PLACES + 1])
def test_places_beyond_the_first_are_counted(tmp_path: Path, number: int) -> None:
    case = kit.new_case(tmp_path)
    case.index.write(kit.audit(many_places(number)))
    (text,) = (written.text for written in written_findings(case, Filter(), (), kit.TODAY))
    assert text == finding_text(many_places(number), MAX_PLACES)
    assert text.count('"oid"') == min(number, MAX_PLACES)


@pytest.mark.parametrize("name", kit.HOSTILE)
def test_hostile_names_are_escaped_alike(tmp_path: Path, name: str) -> None:
    case = kit.new_case(tmp_path)
    place = kit.place(name, ref=name, via=(name, name))
    case.index.write(kit.audit(kit.finding("x", place, title=name, masked=name, witnesses=(name,), profile=(name,))))
    assert written_by_the_index(case, Filter(), ()) == written_by_itself(case, Filter(), ())


def test_a_word_that_was_never_written_is_damage(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    case.index.write(kit.audit(many_places(1)))
    data = case.index.path.read_bytes()
    case.index.path.write_bytes(data.replace(b"blobaaaa", b"blubaaaa"))
    with pytest.raises(CaseDamaged):
        list(written_findings(case, Filter(), (), kit.TODAY))

"""What the index picks out for suggestions is never narrower than what the rules take."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casework.suggesting import MAY_BE_SUGGESTED, suggestions
from opensafe.model.decision import Action
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.suggestion import Strength
from tests.casefile import casefile_kit as kit

WITNESSES = (
    "secrets.generic-assignment",
    "secrets.internal-hosts",
    "secrets.allow-comments",
    "data.data-file",
    "data.notebook-outputs",
)
KINDS = st.fixed_dictionaries(
    {
        "category": st.sampled_from(Category),
        "severity": st.sampled_from(Severity),
        "confidence": st.sampled_from(Confidence),
        "form": st.sampled_from(Form),
        "person": st.none() | st.just(3),
        "witnesses": st.lists(st.sampled_from(WITNESSES), min_size=1, unique=True).map(tuple),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(KINDS, max_size=30))
def test_a_finding_with_a_suggestion_is_picked_out(kinds: list[dict[str, object]]) -> None:
    made = [kit.finding(str(number), **kind) for number, kind in enumerate(kinds)]
    with tempfile.TemporaryDirectory() as folder:
        case = kit.new_case(Path(folder))
        case.index.write(kit.audit(*made))
        assert suggestions(case, made).keys() <= set(case.index.ids(MAY_BE_SUGGESTED))


def test_most_of_a_large_case_is_not_read_for_it(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    plain = kit.finding("plain", category=Category.SETTING, form=Form.OTHER)
    unsure = kit.finding("unsure", category=Category.DATA, confidence=Confidence.LOW, form=Form.POSTCODE)
    case.index.write(kit.audit(plain, unsure, kit.finding("secret")))
    assert case.index.ids(MAY_BE_SUGGESTED) == (kit.finding_id("secret"),)


def test_who_stands_only_where_credit_is_given_is_suggested_to_be_kept(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    credited = kit.finding(
        "credited", kit.place("AUTHORS"), kit.place("pkg/DESCRIPTION"), category=Category.NAME, form=Form.PERSON_NAME
    )
    elsewhere = kit.finding(
        "elsewhere", kit.place("LICENCE"), kit.place("load.R"), category=Category.NAME, form=Form.PERSON_NAME, person=3
    )
    alike = kit.finding("alike", kit.place("R/authors.R"), category=Category.NAME, form=Form.PERSON_NAME)
    case.index.write(kit.audit(credited, elsewhere, alike))
    made = suggestions(case, (credited, elsewhere, alike))
    assert {finding: (given.action, given.strength) for finding, given in made.items()} == {
        credited.id: (Action.KEEP, Strength.WEAK),
        elsewhere.id: (Action.RENAME, Strength.WEAK),
    }
    assert set(made) <= set(case.index.ids(MAY_BE_SUGGESTED))

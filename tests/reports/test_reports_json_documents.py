"""Every document is what its schema and the contract (design, section 6) say, whatever stands in it."""

import json
import re
from dataclasses import replace
from enum import Enum
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from opensafe.detectors.trial import Tried
from opensafe.model.decision import Action
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Finding, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import PlaceKind
from opensafe.model.plan import Option
from opensafe.model.preview import Fate, FilePreview, IdentityPreview, PartPreview, Preview
from opensafe.model.readiness import Role
from opensafe.model.rotation import RotationState
from opensafe.model.skip import SkipReason, SkipState
from opensafe.model.suggestion import Strength, Suggestion
from opensafe.reports.json_case import case_document
from opensafe.reports.json_checks import check_document, profiles_document, verification_document
from opensafe.reports.json_detectors import detector_check_document, detectors_document
from opensafe.reports.json_findings import findings_document
from opensafe.reports.json_plan import plan_document
from opensafe.reports.json_preview import preview_document
from opensafe.reports.json_registers import categories_document, log_document, risks_document, rotations_document
from opensafe.reports.json_results import error_document, result_document
from opensafe.reports.json_schemas import SCHEMAS, schema
from opensafe.reports.json_status import status_document
from opensafe.reports.json_suggestions import suggestions_document
from opensafe.reports.json_text import to_json
from opensafe.reports.outstanding import Duty
from opensafe.reports.rotation_table import rotation_rows
from opensafe.reports.status import StepState
from opensafe.reports.verdict import VerdictState
from tests.reports import reports_factory as factory

HOSTILE = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '=HYPERLINK("x")',
    "\x1b[2J\x9b31m\x7f",
    "\u202egnp.exe\u2066\u200b",
    "a%0Ab\r\nc\0",
    "\udc80\ud83d lone",
    "{{ 7 * 7 }}{% raw %}",
)


def _card(text: str) -> Card:
    example = Example(("pass", "word <- 'x'"), ("x",))
    return Card(
        "secrets.one", text, Category.SECRET, Severity.HIGH, Scope.PASSAGE, text, text, text, (example,), (example,)
    )


def _preview(text: str) -> Preview:
    part = PartPreview(text, (f"- {text}", f"+ {text}"))
    file = FilePreview(text, Fate.CHANGED, text, text, (part,))
    person = IdentityPreview("author", text, text)
    return Preview(
        "commit",
        factory.oid("a"),
        changes=True,
        people=(person,),
        message=(f"  {text}",),
        files=(file,),
        inherited=(text,),
    )


def documents(text: str | None = None) -> dict[str, dict[str, Any]]:
    """Each document once; with `text`, that stands in every free text."""
    view, ended, unread = factory.midway(), factory.finished(), factory.unread()
    steps, cards, profiles = (StepState("audit", "done", "read"),), (_card("A card"),), (factory.profile(),)
    if text is not None:
        view, ended, unread, steps, cards, profiles = factory.everywhere(
            (view, ended, unread, steps, cards, profiles), lambda _: text
        )
        steps = (replace(steps[0], state="stale"),)
    said = "Tagged v1.0.0" if text is None else text
    assert view.plan
    assert view.audit
    assert ended.verification
    assert view.checklist
    return {
        "findings": findings_document(view.findings, view.audit.coverage),
        "verification": verification_document(ended.verification),
        "check": check_document(view.checklist),
        "plan": plan_document(view.plan, view.plan_approved_by),
        "preview": preview_document(_preview(said)),
        "suggestions": suggestions_document(
            [Suggestion(FindingId("F-1"), Action.REDACT, said, Strength.WEAK)], unmatched=2
        ),
        "log": log_document(view.log, view.log_head),
        "status": status_document(steps, "plan", "Findings are decided"),
        "rotations": rotations_document(rotation_rows(view.rotations, view.findings, factory.DAY, view.exposures)),
        "risks": risks_document(view.risks),
        "categories": categories_document(view.categories, factory.DAY),
        "report": case_document(view),
        "report of a finished case": case_document(ended),
        "report of an unread case": case_document(unread),
        "detectors": detectors_document(cards),
        "detector-check": detector_check_document([Tried(card, (1,), (2, 3)) for card in cards]),
        "profiles": profiles_document(profiles),
        "result": result_document("release", said, {"tag": said}, said),
        "error": error_document(13, said, said),
    }


def test_every_schema_has_a_document_and_is_a_schema() -> None:
    assert {name.split()[0] for name in documents()} == set(SCHEMAS)
    for name in SCHEMAS:
        jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", documents())
def test_documents_are_valid_and_name_their_schema_first(name: str) -> None:
    document, stem = documents()[name], name.split(maxsplit=1)[0]
    jsonschema.validate(document, schema(stem), jsonschema.Draft202012Validator)
    assert next(iter(document.items())) == ("schema", f"opensafe/{stem}/v1")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_escaped_and_leaves_every_document_valid(text: str) -> None:
    for name, document in documents(text).items():
        written = to_json(document)
        assert re.search("[^\n -~]", written) is None, name
        jsonschema.validate(json.loads(written), schema(name.split()[0]), jsonschema.Draft202012Validator)


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _objects(item)]
    if not isinstance(value, dict):
        return []
    here = [value] if "properties" in value and "type" in value else []
    return here + [found for item in value.values() for found in _objects(item)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_strict(name: str) -> None:
    for shape in _objects(schema(name)):
        assert "additionalProperties" in shape
        counts = shape["additionalProperties"] == {"type": "integer", "minimum": 0}
        assert counts or shape["additionalProperties"] is False


def test_a_key_that_the_schema_does_not_know_is_refused() -> None:
    document = documents()["findings"]
    document["findings"][0]["value"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema("findings"))


def test_an_unknown_schema_names_those_that_exist() -> None:
    with pytest.raises(KeyError, match="findings"):
        schema("definitions")


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ("category", Category),
        ("severity", Severity),
        ("confidence", Confidence),
        ("state", State),
        ("action", Action),
        ("role", Role),
        ("rotationState", RotationState),
        ("option", Option),
    ],
)
def test_the_words_of_the_schemas_are_those_of_the_model(definition: str, words: type[Enum]) -> None:
    assert schema("findings")["$defs"][definition]["enum"] == [word.value for word in words]


def test_the_words_inside_shapes_are_those_of_the_model() -> None:
    shapes = schema("report")["$defs"]
    verdict = schema("report")["properties"]["verdict"]["properties"]
    duties = verdict["outstanding"]["items"]["properties"]["duty"]
    assert shapes["place"]["properties"]["kind"]["enum"] == [kind.value for kind in PlaceKind]
    assert shapes["skip"]["properties"]["reason"]["enum"] == [reason.value for reason in SkipReason]
    assert shapes["skip"]["properties"]["state"]["enum"] == [state.value for state in SkipState]
    assert verdict["state"]["enum"] == [state.value for state in VerdictState]
    assert duties["enum"] == [duty.value for duty in Duty]


def _one(finding: Finding, **arguments: Any) -> dict[str, Any]:
    document = findings_document([finding], factory.coverage(), **arguments)
    found: dict[str, Any] = document["findings"][0]
    return found


def test_a_cut_list_of_places_says_how_many_more() -> None:
    places = tuple(factory.place(line=line) for line in range(1, 26))
    cut = _one(factory.finding("x", places=places, occurrences=64))
    assert len(cut["places"]) == 20
    assert cut["more_places"] == 44
    assert cut["occurrences"] == 64
    assert "more_places" not in _one(factory.finding("x", places=places), max_places=25)


def test_a_place_has_its_own_state_only_where_it_differs() -> None:
    finding = factory.finding("x", state=State.REDACT, places=(factory.place(), factory.place(line=13)))
    places = _one(finding, place_states={finding.id: [State.REDACT, State.KEEP]})["places"]
    assert [place.get("state") for place in places] == [None, "keep"]


def test_object_kinds_of_the_contract_are_counted_even_when_there_are_none() -> None:
    coverage = replace(factory.coverage(), by_kind={"reflog": 2, "tree": 1})
    expected = {"blob": 0, "commit": 0, "tree": 1, "tag": 0, "reflog": 2}
    by_kind = findings_document([], coverage)["coverage"]["by_kind"]
    assert list(by_kind.items()) == list(expected.items())


def test_the_account_on_the_machine_is_in_the_log_and_not_in_the_report() -> None:
    view = factory.midway()
    assert "sokafor" in to_json(log_document(view.log, view.log_head))
    assert "sokafor" not in to_json(case_document(view))


def test_examples_of_detectors_are_counted_and_not_shown() -> None:
    written = to_json(detectors_document([_card("A card")]))
    assert "password" not in written
    assert json.loads(written)["detectors"][0]["examples"] == 1


@given(st.dictionaries(st.text(), st.text(st.characters(codec=None), max_size=30)))
@settings(deadline=None, max_examples=60)
def test_text_survives_unless_it_is_no_text(document: dict[str, str]) -> None:
    written = to_json(document)
    assert re.search("[^\n -~]", written) is None
    if not any("\ud800" <= char <= "\udfff" for text in document.values() for char in text):
        assert json.loads(written) == document


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), _VALUES, max_size=4))
@settings(deadline=None, max_examples=100)
def test_the_text_is_what_the_standard_encoder_writes(document: dict[str, Any]) -> None:
    standard = json.dumps(document, ensure_ascii=True, indent=2).replace("\x7f", "\\u007f")
    assert to_json(document) == standard + "\n"


def test_bytes_that_are_no_text_stay_readable() -> None:
    assert json.loads(to_json({"path": "caf\udce9.R", "tail": "\ud83d"})) == {"path": "caf\\xe9.R", "tail": "\\ud83d"}


@pytest.mark.parametrize("name", documents())
def test_whole_documents(name: str, snapshot: SnapshotAssertion) -> None:
    assert to_json(documents()[name]) == snapshot

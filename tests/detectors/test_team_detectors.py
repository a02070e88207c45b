"""A rule at work: its value and no more, its context, its files; and as one among the detectors."""

from dataclasses import replace

import pytest

from opensafe.detectors.catalogue import all_detectors, with_rules
from opensafe.detectors.engine import Engine, rules_digest
from opensafe.detectors.team.detector import team_detectors
from opensafe.detectors.team.schema import read_rules
from opensafe.detectors.trial import try_all
from opensafe.detectors.triggers import HyperscanSearch, RegexSearch
from opensafe.model.context import Context
from opensafe.model.finding import Category, Confidence, Form, Hit
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen
from opensafe.model.teamrule import TeamRule
from tests.detectors.team_rule_files import changed, rule


def _hits(one: TeamRule, text: str, path: str = "analysis.R") -> list[Hit]:
    return [
        hit
        for detector in team_detectors(one)
        for hit in detector.detect(Specimen(PlaceKind.BLOB, text.encode(), path.encode()), Context())
    ]


def _seen(one: TeamRule, text: str, path: str = "analysis.R") -> list[str]:
    return [hit.value.reveal().decode() for hit in _hits(one, text, path)]


def test_the_value_is_its_group_and_the_span_is_the_value() -> None:
    text = "é: RXK123456, RXK654321Z"
    hits = _hits(rule(), text)
    assert [text.encode()[hit.start : hit.end] for hit in hits] == [b"123456", b"654321Z"]
    assert [hit.value.reveal() for hit in hits] == [b"123456", b"654321Z"]
    assert {(h.form, h.confidence, h.person) for h in hits} == {(Form.OTHER, Confidence.MEDIUM, None)}


def test_without_a_group_it_is_the_whole_match() -> None:
    assert _seen(rule("(?P<value>\\d{6}[A-Z]?)", "\\d{6}"), "RXK123456") == ["RXK123456"]


def test_a_group_that_took_no_part_gives_nothing() -> None:
    one = rule("RX[A-Z](?P<value>\\d{6}[A-Z]?)", "RX[A-Z](?:(?P<value>\\d{6})|none)")
    assert _seen(one, "RXKnone RXK123456") == ["123456"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mrn RXK123456", True),
        ("RXK123456 is the HOSPITAL NO", True),
        ("MRN:" + " " * 73 + "RXK123456", True),
        ("MRN:" + " " * 90 + "RXK123456", False),
        ("RXK123456" + " " * 76 + "mrn", True),
        ("amrn RXK123456", False),
        ("mrns RXK123456", False),
        ("patient_mrn=RXK123456", True),
        ("RXK123456", False),
        ("RXKmrn123456", False),
        ("amrn" + " " * 74 + "RXK123456", False),
        ("RXK123456" + " " * 77 + "mrns", False),
    ],
)
def test_context_is_a_whole_word_near_by(text: str, found: bool) -> None:
    one = rule(more="context: {words: [MRN, hospital no], within: 80}")
    assert [hit.confidence for hit in _hits(one, text)] == [Confidence.HIGH] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ward,mrn\nA,RXK123456\nB,RXK654321\n", ["123456", "654321"]),
        ("ward;MRN no;beds\nA;RXK123456;3\n", ["123456"]),
        ("ward\tmrn_of_patient\n" + "A\t\n" * 90 + "A\tRXK123456\n", ["123456"]),
        ("INSERT INTO p (ward, mrn) VALUES ('A', 'RXK123456');", ["123456"]),
        (
            "<table><tr><th>mrn</th></tr>" + "<tr><td></td></tr>" * 20 + "<tr><td>RXK123456</td></tr></table>",
            ["123456"],
        ),
        ("ward,mrn,order\n" + "A" * 99 + ",RXK12345," + "B" * 99 + "RXK123456\n", []),
        ("ward,order\nA,RXK123456\n", []),
        ("ward,hmrn\nA,RXK123456\n", []),
    ],
)
def test_context_is_a_header_too(text: str, found: list[str]) -> None:
    one = rule(more="context: {words: [MRN], within: 9}")
    assert sorted(set(_seen(one, text, "p.csv"))) == sorted(found)


@pytest.mark.parametrize(
    ("glob", "path", "found"),
    [
        ("*.sql", "queries/load.sql", True),
        ("*.sql", "queries/load.R", False),
        ("extracts/*.csv", "data/extracts/may.csv", True),
        ("extracts/*.csv", "extracts/may.csv", True),
        ("extracts/*.csv", "data/may.csv", False),
        ("extracts", "data/extracts/may.txt", True),
        ("*.sql", "", False),
    ],
)
def test_files_are_chosen_by_name_and_folder(glob: str, path: str, found: bool) -> None:
    assert _seen(rule(more=f"files: ['{glob}']"), "RXK123456", path) == ["123456"] * found


@pytest.mark.parametrize(
    ("category", "form"),
    [
        (Category.SECRET, Form.TOKEN),
        (Category.NAME, Form.PERSON_NAME),
        (Category.DATA, Form.OTHER),
        (Category.SETTING, Form.HOST),
    ],
)
def test_the_category_says_what_replaces_the_value(category: Category, form: Form) -> None:
    assert [hit.form for hit in _hits(rule("category: data", f"category: {category}"), "RXK123456")] == [form]


def test_a_word_does_not_end_where_a_neighbourhood_is_cut() -> None:
    """The places around a trigger are cut out of a long line; a rule looks beyond the cut."""
    one = rule("\\bRX[A-Z](?P<value>\\d{6}[A-Z]?)\\b", "\\b[A-Z]{3,9}\\b")
    line = ("ABC " + "x" * 507 + " ABCDEFGHIJ").encode()
    assert [hit.start for hit in team_detectors(one)[0].detect(Specimen(PlaceKind.BLOB, line), Context())] == [0]


@pytest.mark.parametrize("search", [HyperscanSearch, RegexSearch])
def test_the_engine_runs_it_with_the_others(search: type[HyperscanSearch | RegexSearch]) -> None:
    engine = Engine(Context(rules=(rule(),)), search)
    seen = engine.passage(Specimen(PlaceKind.BLOB, b"db_pass" + b'word <- "q8#Vw2!zLr" # for RXK123456', b"load.R"))
    assert [w.card.id for w in seen if w.card.id.startswith("team.")] == ["team.hospital-number"]
    assert "secrets.generic-assignment" in {w.card.id for w in seen}
    assert [d.card.id for d in with_rules([rule()])][:-1] == [d.card.id for d in all_detectors()]


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("\\d{6}", "\\d{7}", ""),
        ("severity: high", "severity: low", ""),
        ("title: Hospital", "title: Patient", ""),
        ("", "", "context: {words: [mrn]}"),
        ("", "", "files: ['*.sql']"),
    ],
)
def test_a_changed_rule_is_another_set_of_rules(old: str, new: str, more: str) -> None:
    before = rules_digest(Context(rules=(rule(),)))
    assert rules_digest(Context(rules=(rule(old, new, more=more),))) != before
    assert rules_digest(Context(rules=(rule(),))) == before != rules_digest(Context())


def test_examples_are_tried_and_numbered() -> None:
    wrong = read_rules(
        changed("value: '123456'", "value: '12345'").replace(b"- 'seen RXK12345'", b"- 'abc'\n      - 'RXK123456'"), "r"
    )
    good = rule()
    rules = (*wrong, good, replace(good, words=(b"seen",), within=9))
    tried = try_all([detector for one in rules for detector in team_detectors(one)], Context())
    assert [(t.silent, t.loud, t.passed) for t in tried] == [((1,), (2,), False), ((), (), True), ((), (), True)]


def test_no_value_of_an_example_is_shown_by_repr() -> None:
    assert "123456" not in repr(rule())

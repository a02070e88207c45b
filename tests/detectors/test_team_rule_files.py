"""`rules.yaml`: what is read, and how everything else is refused."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.team.schema import read_rules
from opensafe.detectors.team.yamltree import MOST_BYTES
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Severity
from opensafe.model.teamrule import TeamExample, TeamRule
from tests.detectors.team_rule_files import GOOD, changed, rule


def test_a_whole_rule_is_read() -> None:
    more = "ignore-case: true\ncontext:\n  words: [MRN, hospital no]\n  within: 80\nfiles: ['*.sql', 'extracts/*.csv']"
    assert rule("'\\bRX[A-Z](?P<value>\\d{6}[A-Z]?)\\b'", "ab1", more=more) == TeamRule(
        id="hospital-number",
        title="Hospital number of our trust",
        category=Category.DATA,
        severity=Severity.HIGH,
        why="It identifies a patient in our own systems.",
        remedy="Tell the information governance team, then redact.",
        expression=rb"[\x41\x61][\x42\x62][\x31]",
        longest=3,
        words=(b"mrn", b"hospital no"),
        within=80,
        files=(b"*.sql", b"extracts/*.csv"),
        examples=(TeamExample("seen RXK123456", "123456"),),
        counter_examples=(TeamExample("seen RXK12345"),),
    )


def test_a_file_as_windows_saves_it_is_the_same() -> None:
    assert read_rules(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "r") == read_rules(GOOD.encode(), "r")


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("rules:", "rule:", 2, "`rule` is no key here"),
        ("rules:", "'r u l e s':", 2, "this is no key here"),
        ("    severity: high\n", "", 2, "`severity` is missing"),
        ("severity: high", "severity: grave", 5, "none of the words"),
        ("severity: high", "severity: [high]", 5, "a text is expected"),
        ("severity: high", "severity:", 5, "a text is missing"),
        ("category: data", "category: file", 4, "none of the words"),
        ("category: data", "categroy: data", 4, "`categroy` is no key here"),
        ("id: hospital-number", "id: Hospital Number", 2, "small letters"),
        ("id: hospital-number", "id: " + "a" * 41, 2, "small letters"),
        ("category: data", "title: again", 4, "this key is here twice"),
        ("category: data", "category: &a data", 4, "anchors"),
        ("category: data", "category: *a", 4, "anchors"),
        ("category: data", "category: !!python/name:os.system data", 4, "tags"),
        ("category: data", "? [category]\n    : data", 4, "a key has to be a word"),
        ("category: data", "category: " + "[" * 40, 4, "nested too deeply"),
        ("category: data", "category: 'data", 6, "not YAML"),
        ("category: data", "category:\tdata\n\tx", 4, "not YAML"),
        ("    examples:\n      - {text: 'seen RXK123456', value: '123456'}\n", "    examples: []\n", 9, "a list is"),
        ("{text: 'seen RXK123456', value: '123456'}", "'seen RXK123456'", 10, "`text:` is expected here"),
        ("value: '123456'", "found: '123456'", 10, "`found` is no key here"),
        ("      - 'seen RXK12345'\n", "      - 'seen RXK12345'\n---\nrules: []\n", 13, "a second document"),
        ("why: It", "why: " + "x" * 2001, 7, "more than 2000 characters"),
        (r"\d{6}[A-Z]?", r"\d{6,}[A-Z]?", 6, "pattern, character 22: a repeat without an end"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, line: int, cause: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_rules(changed(old, new), "our/rules.yaml")
    assert refused.value.cause.startswith(f"our/rules.yaml, line {line}: ")
    assert cause in refused.value.cause
    assert refused.value.remedy


@pytest.mark.parametrize("more", ["context: {words: [mrn], within: 201}", "context: {words: [mrn], within: -1}"])
def test_context_reaches_as_far_as_detectors_see(more: str) -> None:
    with pytest.raises(UsageError, match="a number from 1 to 200"):
        rule(more=more)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "line 1: the file is empty"),
        (b"# nothing yet\n", "line 1: the file is empty"),
        (b"rules:\n  - caf\xe9\n", "line 2: this is not UTF-8"),
        (GOOD.encode("utf-16"), "line 1: this is not UTF-8"),
        (b"rules: \x00", "the file is not YAML"),
        (b"#" * (MOST_BYTES + 1), "larger than 256 KiB"),
        (b"%YAML 1.3\n---\nrules: []", "the file is not YAML"),
        (b"just text", "`rules:` is expected here"),
        (GOOD.encode() + GOOD.encode().split(b"\n", 1)[1], "a second rule has the id hospital-number"),
        (b"rules: [" + b"{}," * 101 + b"]", "more than 100 items"),
    ],
    ids=lambda value: str(value)[-30:],
)
def test_a_file_that_is_something_else_is_refused(data: bytes, cause: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_rules(data, "rules.yaml")
    assert cause in refused.value.cause


_PIECES = st.lists(
    st.sampled_from(
        [*GOOD.splitlines(keepends=True), "  - ", "'", '"\\', "{", "[", "]", "&a ", "*a", "!!x ", "---\n", "? "]
    )
    | st.text(max_size=8),
    max_size=25,
)


@settings(deadline=None, max_examples=300)
@given(_PIECES.map("".join))
def test_no_text_ends_in_anything_but_rules_or_a_refusal_with_a_line(text: str) -> None:
    _read_or_refused(text.encode("utf-8", "replace"))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_nor_do_any_bytes(data: bytes) -> None:
    _read_or_refused(data)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.text(max_size=6))
def test_nor_does_a_good_file_with_a_slip_in_it(at: int, lost: int, put: str) -> None:
    _read_or_refused((GOOD[:at] + put + GOOD[at + lost :]).encode("utf-8", "replace"))


def _read_or_refused(data: bytes) -> None:
    refusal = ""
    rules: tuple[TeamRule, ...] = ()
    try:
        rules = read_rules(data, "rules.yaml")
    except UsageError as refused:
        refusal = f"{refused.cause}; {refused.remedy}"
    assert re.match(r"rules\.yaml, line [1-9]\d*: .+; .+", refusal, re.DOTALL) or all(
        one.examples and one.counter_examples and one.title for one in rules
    )
    assert bool(refusal) != bool(rules)

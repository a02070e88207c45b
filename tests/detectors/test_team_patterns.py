"""Patterns of a team: what they mean is what `re` says they mean, and none can take for ever."""

import re

import hyperscan
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fixtures.kit.proportion import in_proportion
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.team.detector import team_detectors
from opensafe.detectors.team.effort import LONGEST_MATCH, MOST_WAYS, check
from opensafe.detectors.team.expression import parse
from opensafe.detectors.team.schema import read_rules
from opensafe.detectors.team.syntax import NotAPattern, written
from opensafe.detectors.triggers import best_search
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen
from tests.detectors.team_rule_files import with_pattern


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        (r"\bRX[A-Z]\d{6}\b", 1),
        (r"(?:\d{1,3}\.){3}\d{1,3}", 1),
        (r"\w{1,64}\s{0,10}[:=]\s{0,10}\w{3,64}", 1),
        (r"\d{3}[ -]?\d{3}[ -]?\d{4}", 1),
        (r"(?:ward|unit|team) \d{1,4}", 1),
        (r"a{1,30}a{1,30}b", 30),
        (r"(?:ab|ac|ad)x{2}", 3),
        ("é{3}", 1),
    ],
)
def test_patterns_that_end_soon_are_taken(pattern: str, ways: int) -> None:
    assert check(parse(pattern)).ways == ways


@pytest.mark.parametrize(
    ("pattern", "at", "what"),
    [
        ("ab*c", 3, "without an end"),
        ("ab+c", 3, "without an end"),
        ("ab{2,}c", 3, "without an end"),
        ("abc.*", 5, "without an end"),
        ("(?:a{1,50}){1,50}b", 12, "a repeat inside a repeat"),
        ("(a|aa){1,30}b", 7, "a repeat inside a repeat"),
        ("(?:a?){1,50}bbb", 7, "a repeat inside a repeat"),
        ("(?:a{1,9}){1,9}(?:b{1,9}){1,9}", 26, "a repeat inside a repeat"),
        ("[a-z]{1,64}[a-z0-9]{1,64}[0-9]{1,64}x", 6, "run into each other"),
        ("a{1,90}a{1,90}a{1,90}b", 2, "run into each other"),
        ("abc{3}{4}", 7, "a repeat of a repeat"),
        ("abc??", 5, "a repeat of a repeat"),
        ("abc{201}", 4, "counts that cannot be"),
        ("abc{3,2}", 4, "counts that cannot be"),
        ("abc{0}", 4, "counts that cannot be"),
        ("abc{x}", 4, "not readable"),
        ("?abc", 1, "nothing to repeat"),
        (r"\b{2}abc", 3, "cannot be repeated"),
        ("^abc", 1, "not there"),
        ("abc$", 4, "not there"),
        (r"(a)bc\1", 6, "this escape is not there"),
        (r"abc\n", 4, "this escape is not there"),
        ("abc\\", 4, "this escape is not there"),
        ("(?=abc)", 1, "this kind of group"),
        ("(?i)abc", 1, "this kind of group"),
        ("(?P<name>abc)", 1, "this kind of group"),
        ("(?P<value>abc)(?P<value>abc)", 15, "a second value"),
        ("(abc", 1, "not closed"),
        ("abc)", 4, "closes nothing"),
        ("[abc", 1, "not closed"),
        ("abc[]", 4, "this set is empty"),
        ("abc[z-a]", 8, "a range that cannot be"),
        (r"abc[\b]", 7, "no place in a set"),
        ("abc[é]", 5, "a letter with an accent"),
        ("abc\b", 4, "a control character"),
        ("ab", 1, "fewer than 3 characters"),
        ("(?P<value>a)bc", 1, "its value may be shorter"),
        (".{300}", 2, "counts that cannot be"),
        (".{150}.{151}", 1, "more than 300 characters"),
        ("(" * 13 + "abc" + ")" * 13, 13, "nested too deeply"),
        ("a" * 501, 500, "up to 500 characters"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_others_are_refused_with_their_place_and_advice(pattern: str, at: int, what: str) -> None:
    with pytest.raises(NotAPattern, match=what) as refused:
        check(parse(pattern))
    assert refused.value.at == at
    assert refused.value.advice


_ATOMS = st.sampled_from(
    ["a", "b", "1", "-", r"\d", r"\w", r"\s", r"\W", "[ab]", "[^a]", "[a1-]", ".", r"\.", r"\b", "é"]
)
_COUNTS = st.sampled_from(["", "", "", "?", "{2}", "{1,3}", "{0,2}"])
_TERMS = st.recursive(
    st.tuples(_ATOMS, _COUNTS).map("".join),
    lambda inner: st.tuples(st.lists(st.lists(inner, max_size=3).map("".join), min_size=1, max_size=3), _COUNTS).map(
        lambda made: f"({'|'.join(made[0])}){made[1]}"
    ),
    max_leaves=8,
)
_PATTERNS = st.lists(_TERMS, min_size=1, max_size=4).map("".join)


@settings(deadline=None, max_examples=400)
@given(_PATTERNS, st.lists(st.sampled_from(["a", "b", "1", "-", " ", ".", "é", "_"]), max_size=14).map("".join))
@example("(a|ab)(c|bcd)", "abcd")
def test_a_pattern_means_what_it_means_elsewhere(pattern: str, text: str) -> None:
    try:
        part = parse(pattern)
        effort = check(part)
    except NotAPattern:
        return  # the table above is about what is refused
    # Bytes on both sides: a letter with an accent is one letter to a person, and its bytes to both engines.
    elsewhere = [match.span() for match in re.compile(_grouped(pattern)).finditer(text.encode())]
    assert [match.span() for match in re.compile(written(part)).finditer(text.encode())] == elsewhere
    assert all(effort.shortest <= end - start <= effort.longest <= LONGEST_MATCH for start, end in elsewhere)
    _compiles_in_hyperscan(written(part))


def _grouped(pattern: str) -> bytes:
    return pattern.replace("é", "(?:é)").encode()


def _compiles_in_hyperscan(expression: bytes) -> None:
    hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK).compile(expressions=[expression], ids=[0])


@pytest.mark.parametrize("letters", ["Ab1", "É"])
def test_case_is_ignored_on_request(letters: str) -> None:
    expression = re.compile(written(parse(f"x{letters}x", ignore_case=True)))
    assert expression.fullmatch(f"X{letters}x".encode())
    assert (expression.fullmatch(f"x{letters.lower()}X".encode()) is None) == (not letters.isascii())


# The worst that is taken: as many ways as there may be, in a text in which every one of them fails just before its end.
_WORST = ("a{1,50}a{1,50}b", "(?:aa|ab|a[ac]){1,3}a{2}b", "[ab]{1,10}[ac]{1,10}[ad]{1,10}bcd", "a{0,49}a{0,1}aaaab")


@pytest.mark.parametrize("pattern", _WORST)
@pytest.mark.parametrize("unit", [b"a", b"a" * 120 + b"b", b"a" * 61 + b"bcd", b"ab" * 50], ids=len)
def test_an_endless_line_is_bounded_work(pattern: str, unit: bytes) -> None:
    assert check(parse(pattern)).ways >= MOST_WAYS // 4
    (detector,) = team_detectors(read_rules(with_pattern(pattern), "rules.yaml")[0])
    assert isinstance(detector, PatternDetector)
    triggers = best_search([detector.triggers])

    def search(line: bytes) -> None:
        ends = triggers.find(line).get(0, [])
        assert bool(list(detector.confirm(Specimen(PlaceKind.BLOB, line, b"load.py"), ends))) == bool(ends)

    assert in_proportion(search, unit)

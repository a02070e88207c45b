"""The list of known names, and full names that it tells in text: what is a name, and what only looks like one."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.fullnames import full_names
from opensafe.detectors.gazetteer import known_names
from opensafe.model.finding import Confidence, Hit, Severity

Sees = Callable[..., list[Hit]]
_DETECTOR = "names.known-names"
_JOINTS = ("see ", "(", "'", '"', "\t", "<b>", "by:", "é ")
_ENDS = (" ran it", ")", "'", '",', "\t1", "</b>", ".", "\n", "'s table")


def test_list_has_the_size_of_what_it_was_made_from() -> None:
    known = known_names()
    assert 15_000 < len(known.given) < 30_000
    assert 40_000 < len(known.surnames) < 60_000
    assert known.given_words < known.given
    assert known.surname_words < known.surnames


def test_names_are_in_small_letters_and_no_words_of_code_or_prose() -> None:
    known = known_names()
    names = known.given | known.surnames
    assert [name for name in names if name != name.lower() or not name.isalpha()] == []
    words = b"the and for data patient column table function return value select from where import count total mean"
    assert names.isdisjoint(map(bytes.decode, words.split()))
    sure = names - known.given_words - known.surname_words
    words = b"white green brown black young long page price case field rose grace summer faith hope street"
    assert sure.isdisjoint(map(bytes.decode, words.split()))


def test_common_names_of_many_origins_are_in_it() -> None:
    known = known_names()
    assert known.given >= {"priya", "mohammed", "ngozi", "siobhan", "rhys", "zoë", "zoe"}
    assert known.surnames >= {"smith", "patel", "khan", "okonkwo", "kowalczyk", "nguyen", "hughes", "ionescu"}


_NAMES = [
    "Gareth Hughes",
    "GARETH HUGHES",
    "Hughes, Gareth",
    "Gareth J. Hughes",
    "Gareth J Hughes",
    "Gareth James Hughes",
    "Siobhán Hughes-Okonkwo",
    "Sinead O'Connor",
    "Sinead O’Connor",  # noqa: RUF001
    "Zoë McAllister",
    "Priya van der Patel",
    "Mark Hughes",
    "Gareth Brown",
]


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize(("before", "after"), [(one, other) for one in _JOINTS[:4] for other in _ENDS])
def test_name_is_found_whole(name: str, before: str, after: str) -> None:
    text = f"x {before}{name}{after} y".encode()
    assert [text[found.start : found.end].decode() for found in full_names(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "gareth hughes",
        "GarethHughes",
        "Gareth_Hughes",
        "Gareth.Hughes",
        "Gareth  Hughes",
        "df$Gareth Hughes",
        "Gareth Hughesx9",
        "GARETH Hughes",
        "Gareth said Hughes",
        "Gareth, Emma, Karen",
        "Poisson Student",
        "Victoria Park",
        "Mark Page",
        "April May June",
        "Gareth Hughes Hospital",
        "Gareth Hughes test",
        "Dear Gareth",
        "Zoltanka Hughes, Zofia Xyzqv, Xu Yan",
        "Hong Kong",
        "GARETH HUGHES AND PRIYA PATEL ORTHOPAEDIC HOSPITAL",
    ],
)
def test_neighbour_is_not_found(text: str) -> None:
    assert list(full_names(text.encode())) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("by Gareth Hughes, Priya Patel and others", ["Gareth Hughes", "Priya Patel"]),
        ("by Xyzqv Smith, Priya Patel\n", ["Priya Patel"]),
        ("@author Xyzqv Smith, Priya Patel", ["Priya Patel"]),
        ("Smith, Priya; Brown, Rhys", ["Smith, Priya", "Brown, Rhys"]),
        ("Patient Smith, Priya Ward", ["Smith, Priya"]),
        ("Dr Smith, Priya DOB", ["Smith, Priya"]),
        ("Rhys Smith Rhys.Smith@a.example", ["Rhys Smith"]),
        ("the trust\\nGareth Hughes, Priya Patel, and", ["Gareth Hughes", "Priya Patel"]),
        ("the trust\\nXyzqv Smith, Priya Patel, and", ["Priya Patel"]),
        ("with Gareth\nSmith, Priya Patel, Rhys Brown", ["Priya Patel", "Rhys Brown"]),
        ("of Ward\nSmith, Priya Patel was", ["Smith, Priya"]),
        ("Rhys Smith.docx", ["Rhys Smith"]),
    ],
)
def test_lists_of_people_are_told_from_surnames_put_first(text: str, names: list[str]) -> None:
    data = text.encode()
    assert [data[found.start : found.end].decode() for found in full_names(data)] == names


def test_names_in_notices_of_copyright_are_low(sees: Sees) -> None:
    texts = (
        "Copyright (c) 2009 by Gareth Hughes",
        "Gareth Hughes, copyright 2009",
        "MIT © Gareth Hughes\nGareth Hughes",
    )
    confidences = [[hit.confidence for hit in sees(_DETECTOR, text)] for text in texts]
    assert confidences == [[Confidence.LOW], [Confidence.MEDIUM], [Confidence.LOW, Confidence.MEDIUM]]


@pytest.mark.parametrize(
    ("text", "is_of_premises"),
    [
        ("(N'X1', N'GARETH HUGHES & PRIYA PATEL', N'')", False),
        ("at the Gareth Hughes Day Hospital", True),
        ("Gareth Hughes & Priya Patel Orthopaedic Hospital", True),
        ("Ysbyty Gareth Hughes", True),
        ("Princess Gareth Hughes", True),
        ("the Aneurin Bevan board", True),
        ("Gareth Hughes, Leeds Hospital", False),
        ("Gareth Hughes of Leeds Hospital", False),
        ("Gareth Hughes went to hospital", False),
        ("patient Gareth Hughes Day Hospital", False),
    ],
)
def test_what_a_hospital_is_called_is_low(sees: Sees, text: str, is_of_premises: bool) -> None:
    told = {(hit.severity, hit.why) for hit in sees(_DETECTOR, text)}
    assert {severity is Severity.LOW for severity, _ in told} <= {is_of_premises}
    assert not is_of_premises or told == {(Severity.LOW, "what a hospital, a board or a country is called")}


def test_of_a_name_that_may_be_words_less_is_made(sees: Sees) -> None:
    texts = ("by Gareth Hughes", "by Gareth Brown", "by Mark Hughes")
    assert [sees(_DETECTOR, text)[0].confidence for text in texts] == [
        Confidence.MEDIUM,
        Confidence.LOW,
        Confidence.LOW,
    ]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("# Keith Brown said it is right", Severity.MEDIUM),
        ("spoke to Keith Brown about it", Severity.MEDIUM),
        ("my name is Keith Brown", Severity.MEDIUM),
        ("see the e-mail from Keith Brown", Severity.MEDIUM),
        ("Keith Brown's account is closed", Severity.MEDIUM),
        ("data from Keith Brown", Severity.LOW),
        ("@Keith Brown can you look", Severity.MEDIUM),
        ("from Keith Brown's caseload", Severity.MEDIUM),
        ("title: Keith Brown", Severity.LOW),
        ("Keith Brown's hypothesis", Severity.LOW),
        ("askew Keith Brown", Severity.LOW),
    ],
)
def test_half_a_word_counts_where_somebody_is_spoken_with_or_acts(text: str, severity: Severity, sees: Sees) -> None:
    assert [hit.severity for hit in sees("names.known-names", text, "a.txt")] == [severity]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*_NAMES, "Park", "the", "é", "O'", "Dr.", "\n", ","]), max_size=8), st.integers(0, 40))
def test_lines_can_be_looked_at_by_themselves(words: list[str], filler: int) -> None:
    text = (" " * filler + " ".join(words)).encode()
    whole = [(found.start, found.end) for found in full_names(text)]
    assert whole == sorted(whole)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(whole))
    apart: list[tuple[int, int]] = []
    at = 0
    for line in text.split(b"\n"):
        apart += [(found.start + at, found.end + at) for found in full_names(line)]
        at += len(line) + 1
    assert whole == apart


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_may_stand_around_a_name(before: bytes, after: bytes) -> None:
    data = before + b"\nGareth Hughes\n" + after
    spans = [(found.start, found.end) for found in full_names(data)]
    assert (len(before) + 1, len(before) + 14) in spans
    assert all(0 <= start < end <= len(data) for start, end in spans)

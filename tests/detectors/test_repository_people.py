"""The people of the repository in its texts: names in their spellings, addresses, user names; never a bot."""

from collections.abc import Callable

import pytest

from opensafe.detectors.catalogue import all_detectors
from opensafe.model.context import Context
from opensafe.model.finding import Confidence, Form, Hit
from opensafe.model.specimen import Specimen

Sees = Callable[..., list[Hit]]
_DETECTOR = "names.repository-people"

_FIRES = [
    ("made by Zoë Quillfeather.", "zoë quillfeather", Form.PERSON_NAME, Confidence.HIGH),
    ("ZOË QUILLFEATHER", "zoë quillfeather", Form.PERSON_NAME, Confidence.HIGH),
    ("Zoe\u0308 Quillfeather (decomposed)", "zoë quillfeather", Form.PERSON_NAME, Confidence.HIGH),
    ("Quillfeather, Zoë", "quillfeather, zoë", Form.PERSON_NAME, Confidence.HIGH),
    ("ask Z. Quillfeather", "z. quillfeather", Form.PERSON_NAME, Confidence.MEDIUM),
    ("zoë quillfeather in small letters", "zoë quillfeather", Form.PERSON_NAME, Confidence.LOW),
    ("<Zoe.Quillfeather" + "@TRUST-9.org>", "zoe.quillfeather" + "@trust-9.org", Form.EMAIL, Confidence.HIGH),
    ("user zoe.quillfeather did it", "zoe.quillfeather", Form.LOGIN, Confidence.HIGH),
    ("feature/zquill77-fix", "zquill77", Form.LOGIN, Confidence.HIGH),
    ("by zoeq", "zoeq", Form.LOGIN, Confidence.LOW),
]


@pytest.mark.parametrize(("text", "value", "form", "confidence"), _FIRES)
def test_spelling_is_found(text: str, value: str, form: Form, confidence: Confidence, sees: Sees) -> None:
    found = [(h.value.reveal().decode(), h.form, h.confidence, h.person) for h in sees(_DETECTOR, text)]
    assert found == [(value, form, confidence, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "QUILLFEATHER, Z",
        "Quillfeather Z.",
        "zquillfeather",
        "quillfeatherz",
        "Quillfeather.Zoe",
        "quillfeather_zoë",
        "z.quillfeather",
        "ZM Quillfeather",
        "Z.M. Quillfeather",
        "Zoe M. Quillfeather",
        "Quillfeather, Zoe M",
    ],
)
def test_every_spelling_of_two_names_is_the_person(text: str, sees: Sees) -> None:
    assert [(text.encode()[h.start : h.end].decode(), h.person) for h in sees(_DETECTOR, f"{text}\n")] == [(text, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Dana O'Wrenfield-Ashby",
        "Dana O’Wrenfield-Ashby",  # noqa: RUF001
        "DANA O'WRENFIELD-ASHBY",
        "O'Wrenfield-Ashby, Dana Ruth",
        "D. O'Wrenfield Ashby",
        "DR O'Wrenfield-Ashby",
        "dana.owrenfield-ashby",
        "dowrenfield-ashby",
    ],
)
def test_apostrophes_hyphens_and_middle_names_are_spellings_too(text: str, sees: Sees) -> None:
    assert [(text.encode()[h.start : h.end].decode(), h.person) for h in sees(_DETECTOR, f"{text}\n")] == [(text, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "Zoëx Quillfeather",
        "Quillfeather",
        "xzquill77",
        "zquill77_old",
        "zquill77é",
        "azoe.quillfeatherx",
        "github-actions[bot] and Data and Your Name and runner and me",
        "noreply@github.com",
    ],
)
def test_neighbour_is_not_found(text: str, sees: Sees) -> None:
    assert sees(_DETECTOR, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "/home/will/data",
        "C:\\Users\\will\\x.R",
        "author: will",
        "TODO(will): later",
        "thanks @will",
        "user = 'will'",
        "~will",
    ],
)
def test_word_is_a_user_name_where_the_text_says_so(text: str, sees: Sees) -> None:
    found = [(h.value.reveal(), h.form, h.confidence, h.person) for h in sees(_DETECTOR, text)]
    assert found == [(b"will", Form.LOGIN, Confidence.LOW, 3)]


@pytest.mark.parametrize("text", ["it will fail", "Will it?", "will", "@will", "skip this", "Skip", "list(will = 1)"])
def test_word_by_itself_is_a_word(text: str, sees: Sees) -> None:
    assert sees(_DETECTOR, text) == []


def test_span_is_the_spelling_as_it_stands(sees: Sees) -> None:
    text = "née — “Zoë Quillfeather”".encode()
    (hit,) = sees(_DETECTOR, text)
    assert text[hit.start : hit.end] == "Zoë Quillfeather".encode()


def test_nobody_known_nothing_found(specimen_of: Callable[..., Specimen]) -> None:
    detector = next(d for d in all_detectors() if d.card.id == _DETECTOR)
    assert list(detector.detect(specimen_of(b"Zo\xc3\xab Quillfeather"), Context())) == []


@pytest.mark.parametrize(
    ("detector", "text", "person"),
    [
        ("names.user-paths", "C:/Us" + "ers/zquill77/x", 1),
        ("names.user-paths", "C:/Us" + "ers/zquill77-2/x", 1),
        ("names.user-paths", "/ho" + "me/zquillfeather4/x", 1),
        ("names.user-paths", "/ho" + "me/zquillwren/x", None),
        ("names.author-triggers", "Author: Zoe Quillfeather", 1),
        ("names.author-triggers", "Author: Zena Quillwren", None),
        ("names.author-triggers", "@author zoeq", 1),
        ("names.dated-initials", "-- 12/03/2021 ZQ: joined", 1),
        ("names.dated-initials", "-- 12/03/2021 ZMQ: joined", 1),
        ("names.dated-initials", "-- 12/03/2021 XW: joined", None),
    ],
)
def test_what_others_find_belongs_to_the_person(detector: str, text: str, person: int | None, sees: Sees) -> None:
    assert [hit.person for hit in sees(detector, text, "a.sql")] == [person]

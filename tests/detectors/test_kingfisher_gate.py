"""The gate of Kingfisher's catalogue opens for every text in which the catalogue finds something."""

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import kingfisher_sdk
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.gates import Gate, GatedLook, Groups, no_gate
from opensafe.detectors.gatesearch import HyperscanGate
from opensafe.detectors.kingfishergate import groups, opens, widened
from opensafe.detectors.secrets.kingfisher_catalogue import DETECTOR
from opensafe.detectors.triggers import HAS_HYPERSCAN
from opensafe.model.context import Context
from opensafe.model.finding import Hit
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

pytestmark = pytest.mark.skipif(not HAS_HYPERSCAN, reason="Hyperscan has no wheel for this machine")

_LONGEST = 200  # characters of the shortest match of a rule that is tried


@cache
def _scanner() -> Any:
    return kingfisher_sdk.Scanner(kingfisher_sdk.Rules(cache=False), base64=True, dedup=False)


@cache
def _expressions() -> tuple[str, ...]:
    rules = _scanner().rules
    return tuple(rules.detail(rule["id"])["pattern"] for rule in rules.metadata())


@cache
def _gate() -> HyperscanGate:
    return HyperscanGate(groups(_expressions()))


@cache
def _exact() -> HyperscanGate:
    """What the SDK's first pass stops at: its rules as they are."""
    return HyperscanGate([tuple(rule.encode() for rule in _expressions())])


@cache
def _known_to_python() -> tuple[str, ...]:
    """Rules of which texts can be made: the others are written in ways that Python's `re` does not know."""
    return tuple(rule for rule in _expressions() if _shortest(rule) <= _LONGEST)


def _shortest(rule: str) -> int:
    try:
        return re._parser.parse(rule).getwidth()[0]  # type: ignore[attr-defined,no-any-return]
    except (re.error, FutureWarning):
        return _LONGEST + 1


_WAYS: tuple[Callable[[bytes], bytes], ...] = (
    lambda text: text,
    lambda text: b"see " + text + b" there",
    lambda text: b"x = " + b64encode(text + b" " * (-len(text) % 3)),
    lambda text: urlsafe_b64encode(b"padded: " + text),
    lambda text: text.decode().encode("utf-16-le"),
    lambda text: text.decode().encode("utf-16"),
    lambda text: text.decode().encode("utf-32-be"),
    lambda text: b"\0" + text + b"\xe9\xff",
)


@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(_WAYS))
def test_it_opens_wherever_the_catalogue_finds_something(data: st.DataObject, way: Callable[[bytes], bytes]) -> None:
    rule = data.draw(st.sampled_from(_known_to_python()))
    written = data.draw(st.from_regex(rule, alphabet=st.characters(min_codepoint=9, max_codepoint=126)))
    text = written.encode()
    assert not _exact().held(text) or opens(text, _gate().held)
    text = way(text)
    assert not _scanner().scan(text) or opens(text, _gate().held)


def test_most_rules_are_tried() -> None:
    assert len(_known_to_python()) > 400


def test_it_opens_for_every_example_in_which_the_catalogue_finds_something() -> None:
    cards = [detector.card for detector in all_detectors()]
    texts = [example.data for card in cards for example in (*card.examples, *card.non_examples)]
    telling = [text for text in texts if _scanner().scan(text)]
    assert len(telling) > 8
    assert [text for text in telling if not opens(text, _gate().held)] == []


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"a key may work",
        b"Rotated on 2024-03-01, see CHG0031234; ann.smith@nhs.example agreed.",
        b"https://www.gov.uk/government/publications/open-source-guidance",
        b"the-branch-with-a-very-long-name-of-many-words/and-more-of-them",
        b64encode(b"nothing but a sentence that somebody encoded"),
        b"ghp_short",
    ],
)
def test_it_stays_shut_for_what_people_write(text: bytes) -> None:
    assert not opens(text, _gate().held)


@pytest.mark.parametrize(
    ("rule", "wider"),
    [
        ("a{32}", "a{16,}"),
        ("a{3,64}", "a{3,}"),
        ("a{20,64}?b", "a{16,}?b"),
        ("a{20,}", "a{16,}"),
        ("a{2}b{0,9}c{16}", "a{2}b{0,9}c{16}"),
        (r"\{32}", r"\{32}"),
        (r"[{32}]x{32}", r"[{32}]x{16,}"),
        (r"[]{32}]\x{41}{32}", r"[]{32}]\x{41}{16,}"),
        (r"[^\]{40}]\\{40}", r"[^\]{40}]\\{16,}"),
    ],
)
def test_repeats_are_counted_to_a_bound(rule: str, wider: str) -> None:
    assert widened(rule) == wider


def _specimen(text: bytes) -> Specimen:
    return Specimen(PlaceKind.BLOB, text)


def test_a_catalogue_is_prepared_once_and_when_the_gate_opens() -> None:
    prepared: list[str] = []

    def prepare() -> Callable[[Specimen], Iterable[Hit]]:
        prepared.append("now")
        return DETECTOR.prepare(Context())

    def kept(_edition: str, made_of: Callable[[], Groups]) -> HyperscanGate:
        return HyperscanGate(made_of())

    gate = Gate("1", lambda: groups(_expressions()), opens)
    look = GatedLook(gate, prepare, kept)
    assert list(look(_specimen(b"nothing here"))) == []
    assert prepared == []
    token = b"".join((b"gh", b"p_", b"kT7vq9Lm2xPz4Rw8YcHb", b"3Nf6Jd1Gs5Qa0Ue7"))
    assert [hit.value for hit in look(_specimen(b'x = "' + token + b'"'))] == [Secret(token)]
    assert list(look(_specimen(b"nothing here"))) == []
    assert prepared == ["now"]


def test_without_a_gate_it_is_prepared_at_once() -> None:
    prepared: list[str] = []

    def prepare() -> Callable[[Specimen], Iterable[Hit]]:
        prepared.append("now")
        return DETECTOR.prepare(Context())

    look = GatedLook(Gate("1", lambda: groups(_expressions()), opens), prepare, no_gate)
    assert list(look(_specimen(b"nothing here"))) == []
    assert prepared == ["now"]


def test_an_expression_that_the_engine_does_not_know_is_named() -> None:
    with pytest.raises(ValueError, match="does not know"):
        HyperscanGate([(rb"(?=a)b",)])

"""The engine: every detector, one pass, the same result each time and on each way of searching."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors import triggers
from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.engine import Engine, rules_digest
from opensafe.detectors.literals import LiteralSearch
from opensafe.detectors.secrets import kingfisher_catalogue
from opensafe.detectors.triggers import HyperscanSearch, RegexSearch, Triggers
from opensafe.model.context import Context
from opensafe.model.detector import Scope
from opensafe.model.finding import Form
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

SpecimenOf = Callable[..., Specimen]


@pytest.fixture(scope="module")
def slow_engine(context: Context) -> Engine:
    return Engine(context, RegexSearch)


def _examples() -> Iterator[tuple[bytes, str]]:
    for detector in all_detectors():
        for example in (*detector.card.examples, *detector.card.non_examples):
            yield example.data, example.path


def test_all_examples_in_one_text_are_found_by_both_searches_alike(
    engine: Engine, slow_engine: Engine, specimen_of: SpecimenOf
) -> None:
    for data, path in _examples():
        specimen = specimen_of(b"\n" + data + b"\n\nx <- 1\n", path)
        assert engine.passage(specimen) == slow_engine.passage(specimen)
        assert engine.content(specimen) == slow_engine.content(specimen)


def test_result_does_not_depend_on_what_came_before(engine: Engine, specimen_of: SpecimenOf) -> None:
    specimens = [specimen_of(data, path) for data, path in _examples()]
    forwards = [engine.passage(specimen) for specimen in specimens]
    backwards = [engine.passage(specimen) for specimen in reversed(specimens)]
    assert forwards == list(reversed(backwards))


def test_engine_runs_each_detector_in_its_scope_only(engine: Engine, specimen_of: SpecimenOf) -> None:
    for data, path in _examples():
        specimen = specimen_of(data, path)
        assert {w.card.scope for w in engine.passage(specimen)} <= {Scope.PASSAGE}
        assert {w.card.scope for w in engine.content(specimen)} <= {Scope.CONTENT}


def test_digest_is_stable_and_changes_with_the_people(context: Context) -> None:
    assert rules_digest(context) == rules_digest(replace(context))
    fewer = replace(context, people=context.people[:1])
    assert rules_digest(fewer) != rules_digest(context)


def test_a_detector_alone_sees_what_the_engine_sees(context: Context, engine: Engine, specimen_of: SpecimenOf) -> None:
    for detector in all_detectors():
        for example in detector.card.examples:
            specimen = specimen_of(example.data, example.path)
            seen = engine.passage(specimen) + engine.content(specimen)
            mine = {(w.hit.start, w.hit.end) for w in seen if w.card.id == detector.card.id}
            assert mine == {(hit.start, hit.end) for hit in detector.detect(specimen, context)}


_PIECES = st.sampled_from([data for data, _ in _examples()])
_NOISE = st.binary(max_size=40)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(_PIECES, _NOISE), max_size=6), st.sampled_from([b"\n", b" ", b"", b"\r\n\r\n"]))
def test_spans_lie_within_the_data_and_relate_to_the_value(engine: Engine, pieces: list[bytes], joint: bytes) -> None:
    specimen = Specimen(PlaceKind.BLOB, joint.join(pieces), b"analysis.R")
    for witnessed in engine.passage(specimen) + engine.content(specimen):
        hit = witnessed.hit
        assert 0 <= hit.start <= hit.end <= len(specimen.data)
        if hit.form not in {Form.FILE, Form.PRIVATE_KEY, Form.PHONE}:
            value, written = _essence(hit.value.reveal()), _essence(specimen.data[hit.start : hit.end])
            is_name = witnessed.card.id.startswith("names.")
            related = _RELATED.get(witnessed.card.id, _is_spelling if is_name else bytes.__eq__)
            assert related(written, value)


def _is_spelling(written: bytes, value: bytes) -> bool:
    """Whether both are one name: a surname may have been put first, and a title before it."""
    return written.endswith(value) or sorted(written.replace(b",", b"")) == sorted(value)


_RELATED: dict[str, Callable[[bytes, bytes], bool]] = {
    # The halves of a name that R is told one by one are places of the whole name.
    "names.r-persons": lambda written, value: written in value,
    # The day, the month and the year of a date in three cells are places of the whole date.
    **dict.fromkeys(
        ("data.split-birth-date", "data.rows-of-people", "data.beside-nhs-number"),
        lambda written, value: written == value or (written in value and len(value) == len(b"19570314")),
    ),
    # Kubernetes writes values in base64, of which letters count in both cases: the length tells.
    "secrets.kubernetes-secrets": lambda written, value: written == value or len(written) // 4 * 3 >= len(value),
}


def _essence(text: bytes) -> bytes:
    """Without what may differ. Two letters are a value only together with what they are: "initials ZQ"."""
    return re.sub(rb"[ .-]|\xc2\xa0", b"", text.lower().removeprefix(b"initials "))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(_PIECES, _NOISE), max_size=4))
def test_nothing_that_is_printed_holds_a_value(engine: Engine, pieces: list[bytes]) -> None:
    specimen = Specimen(PlaceKind.BLOB, b"\n".join(pieces), b"analysis.R")
    for witnessed in engine.passage(specimen):
        value = witnessed.hit.value.reveal().decode("utf-8", "replace")
        # `why` is a fixed sentence of the detector: the sample value "password" is a word of one.
        printed = repr(witnessed.hit).replace(witnessed.hit.why, "")
        assert len(value) < 6 or value not in printed


@settings(deadline=None)
@given(st.binary(max_size=60), st.lists(st.binary(max_size=4), max_size=6))
def test_literal_search_finds_what_a_plain_search_finds(data: bytes, values: list[bytes]) -> None:
    expected = sorted(
        (index, at, at + len(value))
        for index, value in enumerate(values)
        for at in range(len(data))
        if value and data.startswith(value, at)
    )
    assert sorted(LiteralSearch([Secret(value) for value in values]).find(data)) == expected


def test_machine_without_the_compiled_engines_uses_the_rest(
    monkeypatch: pytest.MonkeyPatch, context: Context, specimen_of: SpecimenOf
) -> None:
    monkeypatch.setattr(triggers, "HAS_HYPERSCAN", False)
    monkeypatch.setattr(kingfisher_catalogue, "HAS_KINGFISHER", False)
    token = b"".join((b"gh", b"p_", b"kT7vq9Lm2xPz4Rw8YcHb", b"3Nf6Jd1Gs5Qa0Ue7"))
    seen = {w.card.id for w in Engine(context).passage(specimen_of(b'x = "' + token + b'"'))}
    assert seen == {"secrets.detect-secrets-patterns"}


@pytest.mark.parametrize("data", [b'x\n"a":\n\n  "b"\ny', b"a:\nb\n" * 3, b"\na\n:b", b"a:" + b"\n" * 9 + b"b"])
def test_a_trigger_may_go_on_over_lines(data: bytes) -> None:
    spanning: Triggers = [(rb"a\"?\s{0,9}:\s{0,9}\"?b",), (rb"[ \n]\"?b",)]
    fast, slow = HyperscanSearch(spanning).find(data), RegexSearch(spanning).find(data)
    assert slow == fast


def test_both_searches_take_no_triggers_and_no_data() -> None:
    for search in (HyperscanSearch, RegexSearch):
        assert search([]).find(b"x") == {}
        assert search([(b"a",), ()]).find(b"") == {}
        assert search([(b"b",), (b"a[0-9]",)]).find(b"xa1b") == {1: [3], 0: [4]}

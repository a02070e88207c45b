"""The table of coverage: every form is found in every place where it can stand."""

from collections.abc import Callable

import pytest

from fixtures import places, samples
from fixtures.kit.coverage import Takes
from opensafe.formats.decode import decode
from opensafe.formats.registry import FORMATS
from opensafe.model.place import PlaceKind
from opensafe.stories.fakes import Fakes

Found = Callable[[str], frozenset[str]]

SPOTS = places.spots()
SAMPLES = samples.samples()

_GIVE_NOTHING = {"closed"}
"""Formats that only say that a content cannot be opened: the hostile corpus holds such contents."""


@pytest.mark.parametrize("title", SPOTS)
def test_exactly_the_forms_that_the_table_shows_are_found(found_at: Found, title: str) -> None:
    assert found_at(title) == SPOTS[title].readable


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_opened_by_the_formats_that_it_names(name: str) -> None:
    token = Fakes(name).github_token()
    decoding = decode(SAMPLES[name].make(token))
    via = [part.via for part in decoding.parts if token in part.data and SAMPLES[name].stands_in(part.via)]
    assert via
    assert bool(decoding.unread) == SAMPLES[name].in_part
    owners = {_name_of(form) for label in via[0] for form in FORMATS if form.owns(label)}
    assert owners >= set(SAMPLES[name].formats)


def test_every_format_has_a_sample() -> None:
    sampled = {name for sample in SAMPLES.values() for name in sample.formats}
    assert {_name_of(form) for form in FORMATS} == sampled | _GIVE_NOTHING


def test_every_kind_of_place_has_a_row() -> None:
    assert {kind for spot in SPOTS.values() for kind in spot.kinds} >= set(PlaceKind)


def test_titles_are_distinct_and_gaps_are_of_samples_that_can_stand_there() -> None:
    titles = [sample.title for sample in SAMPLES.values()]
    assert len(set(titles)) == len(titles)
    assert [spot.title for spot in SPOTS.values() if not set(spot.lacks) <= set(spot.samples)] == []
    assert {spot.takes for spot in SPOTS.values()} == set(Takes)


def _name_of(form: object) -> str:
    return type(form).__module__.rpartition(".")[2]

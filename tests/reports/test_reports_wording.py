"""Counts, dates and sizes as people say them."""

from datetime import date

import pytest

from opensafe.model.place import PlaceKind
from opensafe.reports.wording import capital, count, day, label, moment, sentence, size, texts


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 findings"), (1, "1 finding"), (2, "2 findings"), (12_345, "12,345 findings")],
)
def test_counts(value: int, words: str) -> None:
    assert count(value, "finding") == words


def test_a_plural_of_its_own() -> None:
    assert (count(1, "copy", "copies"), count(2, "copy", "copies")) == ("1 copy", "2 copies")


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-05-01", "1 May 2026"),
        ("2026-05-01T14:05:59Z", "1 May 2026, 14:05 UTC"),
        ("2026-05-01T14:05:59", "1 May 2026, 14:05 UTC"),
        ("2026-12-31T23:30:00-01:00", "1 January 2027, 00:30 UTC"),
        ("0001-01-01T00:00:00+02:00", "0001-01-01T00:00:00+02:00"),
        ("when the project ends", "when the project ends"),
        ("", ""),
    ],
)
def test_moments(iso: str, words: str) -> None:
    assert moment(iso) == words


def test_days() -> None:
    assert (day(date(2026, 2, 28)), day(None)) == ("28 February 2026", "")


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (5_500_000_000, "5.5 GB"),
        (2_000_000_000_000_000, "2000.0 TB"),
    ],
)
def test_sizes(octets: int, words: str) -> None:
    assert size(octets) == words


def test_labels_keep_the_capitals_of_their_words() -> None:
    assert (label("LFS content absent"), label("cannot-tell"), label("")) == ("LFS content absent", "Cannot tell", "")


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("outputs are kept", "Outputs are kept."),
        ("GitHub: a pattern", "GitHub: a pattern."),
        ("It says so.", "It says so."),
        ("", ""),
    ],
)
def test_a_remark_becomes_one_sentence(words: str, whole: str) -> None:
    assert sentence(words) == whole


def test_a_capital_changes_nothing_after_it() -> None:
    assert (capital("e-mail of Ada"), capital("")) == ("E-mail of Ada", "")


def test_every_kind_of_text_but_a_file_has_words_to_stand_after_in() -> None:
    assert [kind for kind in PlaceKind if texts(kind) == label(kind)] == [PlaceKind.BLOB]

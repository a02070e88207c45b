"""Planted credentials of every family are found with exactly their span, and each is one finding whoever saw it."""

import pytest

from opensafe.model.context import Context
from opensafe.model.finding import Category, Confidence
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings
from tests.detectors.planted_credentials import FAMILIES, Family, Maker, planted

_EACH = 8  # values for each text
_RECALL = 0.95
_SURE = 0.95


@pytest.fixture(scope="module")
def scanner(context: Context) -> ContentScanner:
    return ContentScanner(ScanSettings(context, FingerprintKey(bytes(KEY_BYTES)), workers=1))


def _secrets(scanner: ContentScanner, data: bytes, path: str) -> list[Match]:
    matches = scanner.scan(Oid(""), data, path.encode(), PlaceKind.BLOB).matches
    return [match for match in matches if match.verdict.category is Category.SECRET]


def _spans(value: bytes, data: bytes, matches: list[Match]) -> list[Match]:
    """Matches of exactly the value. In a notebook spans count from the start of a cell: there the length tells."""
    at = data.find(value)
    return [m for m in matches if m.end - m.start == len(value) and (m.via or m.start == at)]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_planted_credentials_are_found(family: Family, scanner: ContentScanner) -> None:
    maker = Maker(family.name)
    found, sure, planned = 0, 0, 0
    for path, text in family.texts * _EACH:
        value = family.make(maker)
        data = planted(family, text, value)
        seen = _spans(family.filled(value).encode(), data, _secrets(scanner, data, path))
        planned += 1
        found += bool(seen)
        sure += any(match.verdict.confidence is not Confidence.LOW for match in seen)
    assert found >= _RECALL * planned
    assert sure >= _SURE * planned


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_no_witness_sees_more_or_less_of_it(family: Family, scanner: ContentScanner) -> None:
    maker = Maker(family.name + " once")
    for path, text in family.texts:
        value = family.make(maker)
        data = planted(family, text, value)
        matches = [m for m in _secrets(scanner, data, path) if m.verdict.confidence is not Confidence.LOW]
        stands = family.filled(value).encode()
        at = data.find(stands)
        touching = [m for m in matches if not m.via and m.start < at + len(stands) and at < m.end]
        assert {(m.start, m.end) for m in touching} <= {(at, at + len(stands))}
        assert len({m.verdict.finding for m in touching}) <= 1


def test_there_are_families_enough() -> None:
    assert len(FAMILIES) >= 60
    assert sum(len(family.texts) for family in FAMILIES) >= 230

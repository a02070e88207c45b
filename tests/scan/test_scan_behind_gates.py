"""A scan whose catalogue waits behind a gate finds what one finds that loads it at once: not one thing less."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.secrets import kingfisher_catalogue
from opensafe.model.context import Context
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner, _engine
from opensafe.scan.settings import ScanSettings

_KEY = FingerprintKey(bytes(KEY_BYTES))
_EXAMPLES = [
    example
    for detector in all_detectors()
    for example in (*detector.card.examples, *detector.card.non_examples)
    if len(example.data) < 4000
]
_WORDS = st.text("abcdefghij AB-/.:=019\n", max_size=30).map(str.encode)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def without() -> ContentScanner:
    return ContentScanner(ScanSettings(Context(), _KEY, workers=1))


def _behind_a_gate(cache: str) -> ContentScanner:
    """One whose gate is shut: an engine keeps its gate open once it has been opened."""
    _engine.cache_clear()
    return ContentScanner(ScanSettings(Context(cache_dir=cache), _KEY, workers=1), gated=True)


def _scan(scanner: ContentScanner, text: bytes, path: str = "") -> ObjectScan:
    kind = PlaceKind.BLOB if path else PlaceKind.COMMIT_MESSAGE
    return scanner.scan(Oid(""), text, path.encode(), kind)


@pytest.mark.parametrize("scanned_as", [PlaceKind.BLOB, PlaceKind.COMMIT_MESSAGE])
def test_every_example_is_judged_alike(cache: str, without: ContentScanner, scanned_as: PlaceKind) -> None:
    different = []
    gated = _behind_a_gate(cache)
    for example in _EXAMPLES:
        path = example.path if scanned_as is PlaceKind.BLOB else ""
        found, wanted = _scan(gated, example.data, path), _scan(without, example.data, path)
        different += [example.path] if found != wanted else []
        if any(match.verdict.detector == kingfisher_catalogue.DETECTOR.card.id for match in wanted.matches):
            gated = _behind_a_gate(cache)
    assert different == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(_WORDS, st.sampled_from([example.data for example in _EXAMPLES])), max_size=3))
def test_every_text_is_judged_alike(cache: str, without: ContentScanner, parts: Iterable[bytes]) -> None:
    text = b" ".join(parts)
    assert _scan(_behind_a_gate(cache), text) == _scan(without, text)


def test_plain_writing_loads_no_catalogue(cache: str) -> None:
    kingfisher_catalogue._rules.cache_clear()
    _scan(_behind_a_gate(cache), b"made")
    kingfisher_catalogue._rules.cache_clear()
    gated = _behind_a_gate(cache)
    for text in (b"a key may work", b"Agreed on 2024-03-01 by ann.smith@nhs.example, see CHG0031234"):
        _scan(gated, text)
    assert kingfisher_catalogue._rules.cache_info().misses == 0


def test_an_audit_has_no_gate(cache: str) -> None:
    _engine.cache_clear()
    kingfisher_catalogue._rules.cache_clear()
    _scan(ContentScanner(ScanSettings(Context(cache_dir=cache), _KEY, workers=1)), b"a key may work")
    assert kingfisher_catalogue._rules.cache_info().misses == 1

"""What is taken for plain words holds nothing that a detector would find: held against the whole engine."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from opensafe.detectors.catalogue import all_detectors
from opensafe.model.context import Context
from opensafe.model.finding import Category, Severity
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.plain_words import is_plain
from opensafe.scan.settings import ScanSettings

# Words beside which detectors look for values, and words and numbers that could be taken for one.
_WORDS = (
    *("MRN", "GDC", "NHS", "CHI", "GMC", "HCPC", "UTR", "number", "no", "id", "patient", "ward", "reg", "ref", "tel"),
    *("server", "host", "sa", "admin", "connect", "value", "is", "was", "at", "for", "set", "export", "ssh", "curl"),
    *(
        "zxqvbnkl",
        "CHG1234567",
        "RITM-00012345",
        "INC12",
        "QWERTYUIOP",
        "swordfish",
        "AB",
        "C",
        "SW",
        "March",
        "1961",
        "12",
        "9999",
        "mr",
        "card",
        "iban",
    ),
)
_SEPARATORS = (" ", ", ", ". ", "; ", "-", "/", ": ")


@pytest.fixture(scope="module")
def scanner() -> ContentScanner:
    return ContentScanner(ScanSettings(Context(), FingerprintKey(bytes(32)), workers=1))


def _refused(scanner: ContentScanner, text: str) -> list[str]:
    found = scanner.scan(Oid(""), text.encode(), b"", PlaceKind.COMMIT_MESSAGE).matches
    graver = (m.verdict for m in found if m.verdict.severity not in {Severity.INFO, Severity.LOW})
    return [verdict.detector for verdict in graver if verdict.category in {Category.SECRET, Category.DATA}]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("public", True),
        ("made up for the tests, see ticket 4711", True),
        ("agreed by the IG lead in the board of March.", True),
        ("IG-2041 says so", True),
        ("ticket 7: looked at by two people", True),
        ("CHG0031234 done by IT", True),
        ("see RITM-12345.", True),
        ("ticket 7: Jane Smith looked", False),
        ("ticket 7: looked at 12", False),
        ("XYZ1234567", False),
        ("mail: gone", False),
        ("the password was removed", False),
        ("ticket 123456", False),
        ("two numbers 12 and 34", False),
        ("mail to ann@nhs.example", False),
        ("a = b", False),
        ("two\nlines", False),
        ("Donaudampfschifffahrt", False),
        ("", False),
    ],
)
def test_plain_words(text: str, plain: bool) -> None:
    assert is_plain(text) is plain


def test_no_example_of_a_detector_is_plain(scanner: ContentScanner) -> None:
    examples = [sample.data for detector in all_detectors() for sample in detector.card.examples]
    lines = {line.decode("utf-8", "replace").strip() for data in examples for line in data.splitlines()}
    assert len(lines) > 300
    assert [line for line in lines if is_plain(line) and _refused(scanner, line)] == []


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_SEPARATORS)), min_size=1, max_size=8))
def test_the_engine_finds_nothing_in_plain_words(scanner: ContentScanner, parts: list[tuple[str, str]]) -> None:
    text = "".join(word + separator for word, separator in parts).rstrip(" ,;-/")
    if is_plain(text):
        assert _refused(scanner, text) == []

"""The same value reported by several witnesses is one finding, and its span is the secret only."""

import base64
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.context import Context
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Match, Verdict
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.overlaps import one_secret
from opensafe.scan.settings import ScanSettings

_VALUE = "kT7" + "vq9" + "-Lm2x"
_OF_GITHUB = "gh" + "p_" + "kT7vq9Lm2xPz4Rw8YcHb" + "3Nf6Jd1Gs5Qa0Ue7"
_STORAGE = "kT7vq9Lm2x" * 8 + "Pz4Rw8=="


@pytest.fixture(scope="module")
def scanner() -> ContentScanner:
    return ContentScanner(ScanSettings(Context(), FingerprintKey(bytes(KEY_BYTES)), workers=1))


def _said(scanner: ContentScanner, text: str, path: str) -> dict[str, set[str]]:
    """What is reported as secret, above low confidence, with the witnesses of each."""
    data = text.encode()
    said: dict[str, set[str]] = {}
    for match in scanner.scan(Oid(""), data, path.encode(), PlaceKind.BLOB).matches:
        if match.verdict.category is Category.SECRET and match.verdict.confidence is not Confidence.LOW:
            value = data[match.start : match.end].decode()
            said.setdefault(value, set()).add(match.verdict.detector.removeprefix("secrets."))
    return said


@pytest.mark.parametrize(
    ("text", "path", "value", "witnesses"),
    [
        (f"URL_PASSWORD = 'postgresql://app:{_VALUE}@h1/dw'", "a.py", _VALUE,
         {"url-credentials", "kingfisher-catalogue"}),
        (f'secret = "Server=s1;UID=a;PWD={_VALUE};"', "a.py", _VALUE, {"connection-strings"}),
        (f"api_token = '{_OF_GITHUB}'", "a.py", _OF_GITHUB,
         {"generic-assignment", "kingfisher-catalogue", "detect-secrets-patterns"}),
        (f"s='AccountName=a;AccountKey={_STORAGE};X=1'", "a.py", _STORAGE, {"azure-keys", "detect-secrets-patterns"}),
        (f"curl -u app:{_VALUE} https://h1.org", "a.sh", _VALUE, {"command-line"}),
    ],
)  # fmt: skip
def test_several_witnesses_make_one_finding(
    scanner: ContentScanner, text: str, path: str, value: str, witnesses: set[str]
) -> None:
    said = _said(scanner, text, path)
    assert set(said) == {value}
    assert said[value] >= witnesses


def test_two_secrets_in_one_string_stay_two(scanner: ContentScanner) -> None:
    other = "Zw4" + "pn8" + "_Rt6y"
    text = f'secret = "Server=s1;Uid=app;PWD={_VALUE};url=https://app:{other}@h1.org/x"'
    assert set(_said(scanner, text, "a.py")) == {_VALUE, other}


def test_what_stands_in_a_private_key_belongs_to_it(scanner: ContentScanner) -> None:
    label = "RSA PRIVATE" + " KEY-----"
    body = base64.b64encode(bytes(range(256)) * 3).decode()
    text = f"-----BEGIN {label}\n{body}\n-----END {label}"
    assert set(_said(scanner, f"key: |\n{text}\n", "a.yml")) == {text}


def _match(start: int, end: int, detector: str = "secrets.a") -> Match:
    verdict = Verdict(
        finding=FindingId(f"F-{start}-{end}"),
        category=Category.SECRET,
        detector=detector,
        title="",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        form=Form.TOKEN,
        masked="",
        why="",
        person=None,
    )
    return Match(verdict, (), start, end, 1, start + 1)


_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("abc")), max_size=7)


@settings(deadline=None, max_examples=200)
@given(_SPANS, st.binary(min_size=45, max_size=45))
def test_no_two_spans_overlap_and_no_witness_is_lost(spans: list[tuple[int, int, str]], data: bytes) -> None:
    matches = [_match(start, start + length, f"secrets.{name}") for start, length, name in spans]
    agreed = one_secret(matches, data)
    found = sorted({(m.start, m.end) for m in agreed})
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert {m.verdict.detector for m in agreed} == {m.verdict.detector for m in matches}
    assert set(found) <= {(m.start, m.end) for m in matches}
    assert len({(m.start, m.end, m.verdict.finding) for m in agreed}) == len(found)

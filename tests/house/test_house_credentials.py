"""The project keeps its own rule: nothing in its files looks like a credential, for opensafe itself least of all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from opensafe.model.context import Context
from opensafe.model.finding import Category, Confidence
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings
from opensafe.stories.fakes import Fakes

ROOT = Path(__file__).parents[2]
LOOKED_AT = ("src", "tests", "fixtures", "docs", "playbooks", "benchmarks", "changelog.d", ".ci")
NOT_OURS = {"__pycache__"}


def _files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in {".md", ".toml", ""})
    for folder in LOOKED_AT:
        inside = (ROOT / folder).rglob("*")
        yield from (path for path in inside if path.is_file() and not NOT_OURS & set(path.parts))


@pytest.fixture(scope="module")
def scanner() -> ContentScanner:
    return ContentScanner(ScanSettings(Context(), FingerprintKey(bytes(KEY_BYTES)), workers=1))


def _secrets(scanner: ContentScanner, data: bytes, path: str) -> list[str]:
    """Where something stands that is surely a credential."""
    matches = scanner.scan(Oid(""), data, path.encode(), PlaceKind.BLOB).matches
    sure = [m for m in matches if m.verdict.category is Category.SECRET and m.verdict.confidence is Confidence.HIGH]
    return [f"{path}:{m.line} {m.verdict.detector}: {m.verdict.title} ({m.verdict.why})" for m in sure]


def test_no_file_of_the_project_holds_a_credential(scanner: ContentScanner) -> None:
    files = sorted(_files())
    found = [_secrets(scanner, path.read_bytes(), path.relative_to(ROOT).as_posix()) for path in files]
    assert [place for places in found for place in places] == []
    assert len(files) > 400


def test_one_would_be_seen(scanner: ContentScanner) -> None:
    token = Fakes("the project itself").github_token()
    assert _secrets(scanner, b'TOKEN = "%s"\n' % token, "src/opensafe/x.py") != []

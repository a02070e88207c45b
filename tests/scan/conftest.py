"""What the tests of scans share: an auditor, and compiled rules."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from opensafe.detectors.engine import Engine
from opensafe.detectors.secrets.kingfisher_catalogue import HAS_KINGFISHER
from opensafe.scan import content
from tests.scan.scan_kit import Auditor


@pytest.fixture(scope="session")
def auditor(run_folder: Path) -> Auditor:
    return Auditor(run_folder / "rules")


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """One engine for each context, one catalogue for all: compiling takes longer than most of these audits.

    Neither keeps any state.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "Engine", cache(Engine))
        if HAS_KINGFISHER:
            sdk = import_module("kingfisher_sdk")
            patch.setattr(sdk, "Rules", cache(sdk.Rules))
        yield

"""Fixtures of the guard's tests."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from opensafe.detectors.engine import Engine
from opensafe.scan import content
from tests.guard.guard_kit import OpenRepository


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """One engine for each context in this process: compiling takes longer than these checks, and it keeps no state."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "Engine", cache(Engine))
        yield


@pytest.fixture
def repository(tmp_path: Path) -> OpenRepository:
    """An open repository with one harmless commit."""
    return OpenRepository.make(tmp_path / "open")

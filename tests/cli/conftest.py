"""Fixtures of the command line's tests."""

from pathlib import Path

import pytest

from tests.journey.journey_stages import Stage, demo_at


@pytest.fixture
def stage(run_folder: Path, tmp_path: Path) -> Stage:
    """Gives a copy of the demo's case after a stage of its journey."""
    return lambda name: demo_at(run_folder, name, tmp_path / name)

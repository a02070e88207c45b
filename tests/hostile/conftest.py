"""Each hostile repository and each place of the table is audited once in a run, whoever asks first."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from fixtures import hostile, places
from fixtures.kit.coverage import read_at
from fixtures.kit.ordeal import Ordeal, undergo


def _once(folder: Path, name: str, make: Callable[[Path], object]) -> Any:
    """What `make` gives for a path in `folder`, as JSON: made by the first worker that needs it."""
    folder.mkdir(exist_ok=True)
    record = folder / f"{name}.json"
    with FileLock(folder / f"{name}.lock"):
        if not record.exists():
            record.write_text(json.dumps(make(folder / name)), encoding="utf-8")
    return json.loads(record.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def undergone(run_folder: Path) -> Callable[[str], Ordeal]:
    """What came of a hostile repository, by its name."""

    def came(name: str) -> Ordeal:
        told = hostile.hostile(name)
        if told.posix and os.name == "nt":
            pytest.skip("Windows has no such files")
        kept: dict[str, Any] = _once(run_folder / "hostile", name, lambda path: asdict(undergo(told, path)))
        return Ordeal(**kept | {listed: tuple(kept[listed]) for listed in ("programs", "shown")})

    return came


@pytest.fixture(scope="session")
def found_at(run_folder: Path) -> Callable[[str], frozenset[str]]:
    """The names of the samples that were found at a place, by its title."""
    spots = places.spots()

    def found(title: str) -> frozenset[str]:
        number = list(spots).index(title)
        kept = _once(run_folder / "places", f"place-{number}", lambda path: sorted(read_at(spots[title], path)))
        return frozenset(kept)

    return found

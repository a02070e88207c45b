"""Each hostile repository undergoes its audit once in a run, whoever asks first."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from fixtures import hostile
from fixtures.kit.ordeal import Ordeal, undergo

Undergone = Callable[[str], Ordeal]


@pytest.fixture
def undergone(run_folder: Path) -> Undergone:
    """What came of a hostile repository, by its name."""

    def came(name: str) -> Ordeal:
        if hostile.hostile(name).posix and os.name == "nt":
            pytest.skip("Windows has no such files")
        folder = run_folder / "hostile"
        folder.mkdir(exist_ok=True)
        record = folder / f"{name}.json"
        with FileLock(folder / f"{name}.lock"):
            if not record.exists():
                record.write_text(json.dumps(asdict(undergo(hostile.hostile(name), folder / name))), encoding="utf-8")
        kept: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        return Ordeal(**kept | {name: tuple(kept[name]) for name in ("programs", "shown")})

    return came

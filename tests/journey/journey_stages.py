"""The demo's repository at each stage of its journey: gone through once in a test run, copied for each test."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from opensafe.stories.demo import build_demo
from tests.journey.journey_trip import Trip

Stage = Callable[[str], Trip]
"""Gives a copy of the demo's case as it was after this stage: `stage("audited")`."""

_STAGES: dict[str, Callable[[Trip], None]] = {
    "started": lambda _: None,
    "audited": Trip.audit,
    "decided": Trip.decide_everything,
    "approved": Trip.plan,
    "verified": Trip.rewrite,
    "scaffolded": Trip.scaffold,
    "released": Trip.finish,
}


def demo_at(run_folder: Path, stage: str, here: Path) -> Trip:
    """A copy of the demo's case at this stage, in `here`. Workers of pytest-xdist share the one journey."""
    stages = run_folder / "demo-journey"
    with FileLock(f"{stages}.lock"):
        if not stages.exists():
            draft = Path(tempfile.mkdtemp(dir=run_folder))
            _travel(draft)
            draft.replace(stages)
    return Trip.copied(stages / stage, here)


def _travel(folder: Path) -> None:
    build_demo(folder / "travelling" / "ward-occupancy")
    trip = Trip.start(folder / "travelling" / "ward-occupancy")
    for stage, go in _STAGES.items():
        go(trip)
        trip.keep_as(folder / stage)

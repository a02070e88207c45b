"""A clock that goes back: what was said last holds, and the log says what the clock said."""

import subprocess
import sys
from pathlib import Path

from tests.journey.journey_stages import Stage

_ROOT = Path(__file__).parents[2]


def test_order_is_that_of_the_record_not_of_the_clock(stage: Stage) -> None:
    trip = stage("audited")
    child = [sys.executable, "-m", "tests.journey.clock_child", str(trip.case)]
    done = subprocess.run(child, cwd=_ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert {finding["state"] for finding in trip.findings(category="secret")} == {"not-a-finding"}
    entries = [entry for entry in trip.ask("log", "show")["entries"] if entry["os_user"] == "ddemo"]
    assert [(entry["time"][:10], entry["step"]) for entry in entries] == [
        ("2022-06-01", "decide"),
        ("2021-06-01", "decide"),
        ("2021-06-01", "rotate"),
        ("2020-02-29", "plan"),
        ("2022-06-02", "report"),
    ]
    told = trip.say("log", "verify").out
    decided = next(entry["seq"] for entry in trip.ask("log", "show")["entries"] if entry["time"].startswith("2022"))
    assert f"Older than the entry before: {decided}, {decided + 1}, {decided + 3}. A clock went back" in told
    assert trip.ask("log", "verify")["details"]["clock_went_back"] == [str(decided + more) for more in (0, 1, 3)]
    trip.say("status")

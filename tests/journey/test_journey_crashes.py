"""A sample of the crash sweep: every so many steps of every command is killed, or finds the disk full.

The whole sweep is `python -m benchmarks.crash`; its counts stand in docs/crashes.md.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_FIRST, _EVERY = 19, 211


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a command is forked for each fault")
def test_a_sample_of_kills_and_full_disks_leaves_nothing_wrong() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crash", "--first", str(_FIRST), "--every", str(_EVERY), "--json"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        check=False,
    )
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(outcome["command"], outcome["fault"]) for outcome in outcomes if outcome["wrong"]] == []
    assert done.returncode == 0, done.stderr.decode()
    assert {outcome["command"] for outcome in outcomes} >= {"start", "audit", "decide", "plan", "rewrite", "verify"}
    reached = [outcome for outcome in outcomes if outcome["steps"] > _FIRST]  # short commands have fewer steps
    assert all(outcome["killed"] or outcome["refused"] for outcome in reached)

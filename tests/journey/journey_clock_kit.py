"""Commands about one case at moments that the test chooses: in a process of its own, whose clock stands still."""

import json
import subprocess
import sys
from pathlib import Path

from tests.journey.journey_commands import Ran
from tests.journey.journey_trip import Trip

_ROOT = Path(__file__).parents[2]

Timed = tuple[str, tuple[str, ...]]
"""A moment in UTC, as `2030-01-05 09:00`, and the words of a command."""


def at_moments(trip: Trip, *commands: Timed) -> list[Ran]:
    """What came of each."""
    case = ("--no-input", "--case", str(trip.case))
    given = [(moment, [*case, *words]) for moment, words in commands]
    child = [sys.executable, "-m", "tests.journey.clock_child"]
    done = subprocess.run(child, input=json.dumps(given), cwd=_ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    return [Ran(words, *answer) for (_, words), answer in zip(commands, json.loads(done.stdout), strict=True)]

"""What an organisation watches for is a question wherever it stands; a case that had a list needs it again."""

from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    file = tmp_path / "watch.txt"
    file.write_text("occupancy\n", encoding="utf-8")
    return file


def test_it_is_found_in_history_and_remembered(stage: Stage, watch: Path) -> None:
    trip = stage("started")
    trip.audit("--watch", str(watch))
    found = [f for f in trip.findings(category="data") if f["detector"] == "team.watch-list"]
    kinds = {place["kind"] for finding in found for place in finding["places"]}
    trip.audit()
    again = [f["id"] for f in trip.findings(category="data") if f["detector"] == "team.watch-list"]
    assert ({f["severity"] for f in found}, "blob" in kinds) == ({"medium"}, True)
    assert again == [f["id"] for f in found]


def test_without_the_list_nothing_is_audited(stage: Stage, watch: Path) -> None:
    trip = stage("started")
    trip.audit("--watch", str(watch))
    watch.unlink()
    refused = run("--no-input", "--case", str(trip.case), "audit")
    assert_refused(refused, ExitCode.USAGE, "cannot be read", "--watch FILE")

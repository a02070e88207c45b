"""The sheet for publishing, followed to the letter: what it says to type publishes exactly the new history."""

import re
import shlex
import subprocess
from pathlib import Path

from fixtures.kit.plain_git import git
from opensafe.git.owned import OwnedRepository
from opensafe.stories.demo_files import Cast
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

CAST = Cast.chosen()
REFS = ("for-each-ref", "--format=%(objectname) %(refname)")


def _sheet(trip: Trip) -> str:
    file = trip.source.with_name("hosting.md")
    trip.say("report", "--format", "hosting", "--output", str(file))
    return file.read_text(encoding="utf-8")


def test_the_commands_publish_what_was_released_and_nothing_else(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    sheet = _sheet(trip)
    commands = re.findall(r"```sh\n(.*?)```", sheet, re.DOTALL)[0].splitlines()
    assert commands[0] == f'cd "{trip.case.name}"'
    address = OwnedRepository.create(tmp_path / "new-address.git").git_dir
    push = shlex.split(next(line for line in commands if " push " in line).replace("ADDRESS", str(address)))
    assert push[:3] == ["git", "-C", "public.git"]
    subprocess.run(push, cwd=trip.case, check=True, capture_output=True)
    assert git(address, *REFS) == git(trip.public, *REFS) != b""
    tags = git(trip.public, "for-each-ref", "refs/tags").count(b"\n")
    assert f"{tags} tags" in sheet


def test_the_first_changed_commits_are_named_and_no_value_is(stage: Stage) -> None:
    trip = stage("released")
    sheet = _sheet(trip)
    (first,) = re.findall(r"^  ([0-9a-f]{40})$", sheet, re.MULTILINE)
    roots = git(trip.source / ".git", "rev-list", "--max-parents=0", "main").decode().split()
    assert [first] == roots
    assert "**Not yet" not in sheet
    people = (CAST.lead, CAST.analyst, CAST.scientist, CAST.consultant)
    planted = [CAST.token, CAST.password, CAST.server, *(p.name for p in people), *(p.email for p in people)]
    assert [value for value in planted if value in sheet.encode()] == []


def test_each_step_points_to_the_sheet(stage: Stage) -> None:
    trip = stage("approved")
    assert "opensafe report --format hosting" in trip.say("rewrite").err
    assert "opensafe report --format hosting" in stage("released").say("next").out


def test_before_the_rewrite_it_says_what_is_missing(stage: Stage) -> None:
    assert "There is no new history yet" in _sheet(stage("approved"))


def test_a_plan_that_was_made_anew_does_not_take_the_figures_of_the_old_one(stage: Stage) -> None:
    trip = stage("verified")
    trip.plan("--option", "squash", "--reason", "too many early commits")
    assert "option squash" not in _sheet(trip), "public.git is still the rewrite"
    trip.say("rewrite")
    assert "option squash" in _sheet(trip)

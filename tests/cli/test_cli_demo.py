"""`opensafe demo` goes the whole way unattended, and `opensafe guide` leads a person along the same steps."""

from pathlib import Path

from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD


def test_the_demo_ends_with_a_release_and_a_report(tmp_path: Path) -> None:
    ran = run("--json", "demo", str(tmp_path / "demo"))
    details = ran.document()["details"]
    assert (ran.code, ran.document()["command"]) == (ExitCode.DONE, "demo")
    assert git(Path(details["case"]) / "public.git", "tag", "--list").split() == [b"v0.2.0", b"v0.2.1"]
    assert (tmp_path / "demo" / "report.html").is_file()
    assert {s["state"] for s in run("--json", "--case", details["case"], "status").document()["steps"]} == {"done"}


def test_the_demo_is_not_built_over_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert_refused(run("demo", str(tmp_path)), ExitCode.USAGE, "is not empty")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_guide_does_the_steps_that_need_no_answer_and_stops_where_one_is_needed(stage: Stage) -> None:
    trip = stage("started")
    told = run("--no-input", "--case", str(trip.case), "guide", "--yes", "--by", LEAD)
    assert "== audit ==" in told.out
    assert "$ opensafe audit" in told.out  # shown so that people learn it
    assert "== decide ==" in told.out
    assert told.code == ExitCode.USAGE
    assert "opensafe decide --all --category" in told.err
    assert [step["state"] for step in trip.ask("status")["steps"][:2]] == ["done", "done"]


def test_the_guide_goes_on_from_where_the_case_is(stage: Stage) -> None:
    told = run("--no-input", "--case", str(stage("approved").case), "guide", "--yes", "--by", LEAD)
    assert told.out.count("\n== ") >= 2
    assert told.out.lstrip().startswith("== rewrite ==")
    assert "$ opensafe verify" in told.out


def test_the_guide_has_nothing_left_to_do_after_a_release(stage: Stage) -> None:
    told = run("--no-input", "--case", str(stage("released").case), "guide")
    assert (told.code, "== " in told.out) == (ExitCode.DONE, False)
    assert "To publish: push public.git" in told.out

"""The whole journey of the demo's repository, by its commands: where it ends, and what it leaves behind on the way."""

import re
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree, forms_of, search_bytes
from fixtures.kit.plain_git import fsck, git
from opensafe.casefile.folder import Case
from opensafe.stories.demo import build_demo
from tests.journey.journey_commands import Ran
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip
from tests.journey.journey_values import CAST, NOT_PEOPLE, PLANTED

ALL_STEPS = [
    "start", "audit", "decide", "rotate", "plan", "rewrite", "verify", "scaffold", "prepare", "check", "signoff",
    "release",
]  # fmt: skip


def _look_around(trip: Trip) -> None:
    """Every command that only looks, in words and as a document."""
    ids = [finding["id"] for finding in trip.findings()]
    credentials = [row["finding"] for row in trip.ask("rotate", "list")["rotations"]]
    looks = [
        ("next",),
        ("status",),
        ("findings", "--group", "path"),
        ("findings", "--skips"),
        ("rotate", "list"),
        *(("rotate", "show", id_) for id_ in credentials),
        ("rotate", "sheet"),
        ("risk", "list"),
        ("category", "list"),
        ("plan", "--show", "HEAD"),
        ("log", "show"),
        ("log", "verify"),
        *(("show", id_) for id_ in ids[::9]),
    ]
    for words in looks:
        trip.say(*words)
        trip.say("--json", *words)
    for ask in ((), ("--json",)):  # nobody says yes, so nothing is sent
        trip.say(*ask, "rotate", "check", *credentials, "--online", "--by", "Dana Tester", code={0, 2})
    for form in ("html", "json", "sarif", "csv", "risks", "statement", "disclosure", "hosting"):
        trip.say("report", "--format", form)
    trip.say("--json", "report")
    trip.say("check", code={0, 13})


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trip, str]:
    """The demo's repository after the whole journey with a look around at each stage, and its digest before."""
    source = tmp_path_factory.mktemp("whole") / "ward-occupancy"
    build_demo(source)
    before = digest_tree(source)
    trip = Trip.start(source)
    trip.audit()
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    trip.scaffold()
    _look_around(trip)
    trip.finish()
    _look_around(trip)
    decided = Case.open(trip.case).decisions.read()[0].subject
    trip.say("decide", decided, "--undo", "--by", "Dana Tester")
    return trip, before


def _printed(ran: Ran) -> bytes:
    return f"{ran.out}\0{ran.err}".encode("utf-8", "surrogateescape")


def test_it_ends_with_an_annotated_tag_that_carries_the_head_of_the_log(stage: Stage) -> None:
    trip = stage("released")
    tag = git(trip.public, "cat-file", "tag", "v0.2.1").decode()
    head = re.search(r"log head ([0-9a-f]{64})\n", tag)
    assert head
    assert git(trip.public, "rev-parse", "v0.2.1^{commit}") == git(trip.public, "rev-parse", "main")
    trip.say("log", "verify", "--expect-head", head[1])
    assert trip.ask("log", "show")["entries"][-2]["hash"] == head[1]  # the entry before the one of the release
    assert [step for step in ("Dana", "Ira") if step in tag] == []  # a tag is public for ever: roles, no names


def test_it_ends_with_every_step_done_and_the_proof_passed(stage: Stage) -> None:
    trip = stage("released")
    assert [(step["name"], step["state"]) for step in trip.ask("status")["steps"]] == [(s, "done") for s in ALL_STEPS]
    trip.say("status", "--exit-code")
    assert trip.ask("verify")["passed"]
    assert fsck(trip.public) == frozenset()
    verdict = trip.ask("report")["verdict"]
    assert (verdict["state"], verdict["outstanding"]) == ("released", [])


def test_the_source_is_byte_for_byte_what_it_was(travelled: tuple[Trip, str]) -> None:
    trip, before = travelled
    assert digest_tree(trip.source) == before


def test_no_planted_value_lies_in_the_case_outside_git_objects_and_the_backup(travelled: tuple[Trip, str]) -> None:
    trip, _ = travelled
    unredacted = [trip.case / "backup.bundle", trip.public / "objects"]
    assert search_bytes(trip.case, PLANTED, exclude=unredacted) == []
    assert search_bytes(trip.case, PLANTED[:1]) == []  # compressed where it is allowed to be
    assert search_bytes(trip.source, [CAST.server]) != []  # the search itself sees what there is


def test_no_planted_value_was_printed_by_any_command(travelled: tuple[Trip, str]) -> None:
    """`show` names a person of the repository to whoever decides, in words only; that is its one exception."""
    trip, _ = travelled
    for ran in trip.said:
        looked_for = NOT_PEOPLE if "show" in ran.words and "--json" not in ran.words else PLANTED
        printed = _printed(ran)
        assert [value for value in looked_for if any(form in printed for form in forms_of(value))] == [], ran.words


def test_the_source_and_the_words_of_people_are_not_what_is_published(travelled: tuple[Trip, str]) -> None:
    """Nothing planted is left in the new history, as plain git reads it."""
    trip, _ = travelled
    everything = git(trip.public, "cat-file", "--batch-all-objects", "--batch", "--buffer")
    refs = git(trip.public, "for-each-ref")
    assert everything.count(b"\n") > 100
    assert [value for value in PLANTED if value in everything + refs] == []
    assert [value for value in PLANTED if value.decode().encode("utf-16-le") in everything] == []


def test_reports_of_the_finished_case_hold_the_head_of_the_log(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    head = trip.ask("log", "show")["head"]
    trip.say("report", "--output", str(tmp_path / "report.html"))
    assert head in (tmp_path / "report.html").read_text(encoding="utf-8")

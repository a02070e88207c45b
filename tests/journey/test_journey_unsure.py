"""A credential of which nothing is sure but that somebody decided about it: then it goes from everywhere."""

import base64
import shutil
from pathlib import Path

from fixtures.kit.evidence import forms_of
from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from opensafe.stories.builder import History, Person
from opensafe.stories.workshop import Workshop
from tests.journey.journey_commands import run
from tests.journey.journey_trip import Trip

ADA = Person(b"Ada Analyst", b"ada@example.org")
VALUE = b"hunter2-" + b"Secret" + b"99xQ"  # it reads like an example, so nobody is sure


def _published(here: Path) -> Trip:
    told = History(ADA)
    told.commit(b"Begin\n", {b"conn.py": b"password = '%s'\n" % VALUE, b"README.md": b"# Beds\n"})
    told.commit(b"Try %s again\n" % VALUE, {b"log.txt": b"job 12: %s\n" % VALUE})
    told.commit(b"More\n", {b"blob.txt": b"payload: " + base64.b64encode(b"x " + VALUE + b" y") + b"\n"})
    Workshop.open(here / "source").tell(told)
    trip = Trip.start(here / "source")
    trip.audit()
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    return trip


def _later() -> History:
    """What somebody might have pushed since, on a branch of its own."""
    told = History(ADA)
    told.commit(b"More\n", {b"x.txt": base64.b64encode(VALUE) + b"\n"}, branch=b"refs/heads/later")
    return told


def test_it_goes_from_every_place_and_every_encoding(tmp_path: Path) -> None:
    trip = _published(tmp_path)
    (finding,) = trip.findings(category="secret")
    assert finding["confidence"] == "low"
    everything = git(trip.public, "cat-file", "--batch-all-objects", "--batch", "--buffer")
    assert not any(form in everything for form in forms_of(VALUE))
    assert base64.b64encode(b"x " + VALUE + b" y") not in everything


def test_the_proof_asks_for_it_in_every_encoding(tmp_path: Path) -> None:
    trip = _published(tmp_path)
    clone = tmp_path / "clone.git"
    shutil.copytree(trip.public, clone)
    Workshop.open(clone, bare=True).tell(_later())
    checked = run("--json", "--case", str(trip.case), "verify", "--against", str(clone))
    assert checked.code == ExitCode.VERIFICATION_FAILED
    failed = {check["id"] for check in checked.document()["checks"] if not check["passed"]}
    assert "no-value-left" in failed

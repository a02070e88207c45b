"""One writer at a time: a second one is told who holds the case, and whoever only looks is let in."""

import os

import pytest

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run, run_process
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD

WRITING = [
    ("audit",),
    ("decide", "--all", "--category", "secret", "--action", "redact", "--by", LEAD),
    ("plan",),
    ("rewrite",),
    ("verify",),
    ("scaffold",),
    ("release", "--prepare"),
    ("report",),
]
LOOKING = [("next",), ("status",), ("findings",), ("log", "show"), ("log", "verify"), ("rotate", "list")]


def test_a_second_writer_is_told_who_holds_the_case_and_since_when(stage: Stage) -> None:
    trip = stage("verified")
    log = (trip.case / "log.jsonl").read_bytes()
    with Case.open(trip.case).writing("audit of the week"):
        for words in WRITING:
            refused = run("--no-input", "--case", str(trip.case), *words)
            assert_refused(refused, ExitCode.LOCKED, "audit of the week", f"process {os.getpid()}", "since 20")
        document = run("--no-input", "--case", str(trip.case), "--json", "audit").document()
        assert (document["schema"], document["exit_code"]) == ("opensafe/error/v1", 14)
        assert run_process("--case", str(trip.case), "audit").code == ExitCode.LOCKED
    assert (trip.case / "log.jsonl").read_bytes() == log


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_whoever_looks_is_let_in(stage: Stage, words: tuple[str, ...]) -> None:
    trip = stage("verified")
    with Case.open(trip.case).writing("audit"):
        assert trip.say(*words).code == ExitCode.DONE

"""What ends a command early: bugs, Ctrl-C, a reader that leaves; none of it shows a value or a traceback."""

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.kit.evidence import search_bytes
from fixtures.repos.long_history import long_history
from opensafe.errors import ExitCode
from tests.journey.journey_commands import PROGRAM, assert_refused, run, run_process
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

SENTINEL = "SENTINEL" + "-of-a-value-in-a-local-variable"

# The step that each command calls, in the module of the command.
STEPS = {
    "status": ("status", "status_step"),
    "audit": ("audit", "audit_step"),
    "findings": ("findings", "Filter"),
    "show F-aa": ("show", "show_step"),
    "decide --all --action redact --by A": ("decide", "decide_step"),
    "rotate list": ("rotate", "list_rotations"),
    "plan": ("plan_make", "plan_step"),
    "rewrite": ("rewrite", "rewrite_step"),
    "verify": ("verify", "verify_step"),
    "scaffold": ("scaffold", "scaffold_step"),
    "check": ("check", "check_step"),
    "release": ("release", "release_step"),
    "report": ("report", "report_step"),
    "log show": ("log", "entries"),
    "detectors": ("detectors", "detectors_step"),
}


def _raising(error: BaseException) -> Callable[..., Any]:
    def step(*_: object, **__: object) -> None:
        value = SENTINEL
        raise error from ValueError(value)

    return step


@pytest.mark.parametrize("flag", ["", "--json"])
@pytest.mark.parametrize("words", STEPS)
def test_a_bug_in_a_step_shows_where_and_no_value(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, words: str, flag: str
) -> None:
    trip = stage("decided")
    module, name = STEPS[words]
    command = importlib.import_module(f"opensafe.cli.commands.{module}")
    monkeypatch.setattr(command, name, _raising(RuntimeError(f"with {SENTINEL} in its message")))
    ran = run("--case", str(trip.case), *words.split(), *filter(None, [flag]))
    assert ran.code == ExitCode.BUG
    assert SENTINEL not in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert ran.err.startswith("error: unexpected RuntimeError at test_cli_failures.py:")
    assert "this is a bug in opensafe" in ran.err
    assert search_bytes(trip.case, [SENTINEL.encode()]) == []
    if flag:
        assert ran.document()["exit_code"] == ExitCode.BUG


def test_a_bug_inside_an_open_case_leaves_nothing_of_it_there(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It happens with the lock held, in the middle of the work; the next command is let in."""
    trip = stage("approved")
    step = importlib.import_module("opensafe.steps.rewrite")
    monkeypatch.setattr(step, "build", _raising(OSError(SENTINEL)))
    ran = run("--case", str(trip.case), "rewrite")
    assert (ran.code, SENTINEL in ran.err) == (ExitCode.BUG, False)
    assert search_bytes(trip.case, [SENTINEL.encode()]) == []
    monkeypatch.undo()
    trip.rewrite()


def test_a_process_with_a_bug_prints_no_sentinel_either(stage: Stage) -> None:
    case = stage("audited").case
    program = (
        "import sys, opensafe.cli.commands.findings as f\n"
        "from opensafe.cli.main import run\n"
        "def step(*a, **k):\n    value = sys.stdin.read()\n    raise KeyError(value)\n"
        "f.overview = step\n"
        "run(['--case', sys.argv[1], 'findings'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(case)], input=SENTINEL, capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout) == (ExitCode.BUG, "")
    assert SENTINEL not in done.stderr
    assert "unexpected KeyError" in done.stderr


def test_ctrl_c_in_a_step_is_130_and_says_that_the_source_is_as_it_was(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = str(stage("audited").case)
    monkeypatch.setattr("opensafe.cli.commands.plan_make.plan_step", _raising(KeyboardInterrupt()))
    assert_refused(run("--case", case, "plan"), ExitCode.INTERRUPTED, "interrupted: the source is as it was")
    document = run("--json", "--case", case, "plan").document()
    assert (document["schema"], document["exit_code"]) == ("opensafe/error/v1", 130)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a group of processes")
def test_ctrl_c_during_an_audit_ends_it_and_the_next_one_goes_on(tmp_path: Path) -> None:
    long_history(tmp_path / "long", commits=600)
    trip = Trip.start(tmp_path / "long")
    child = subprocess.Popen(
        [*PROGRAM, "--case", str(trip.case), "audit"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not (trip.case / "work" / "view").exists():
        time.sleep(0.005)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: every process of the command gets it
    out, err = child.communicate(timeout=120)
    assert (child.returncode, out) == (ExitCode.INTERRUPTED, b"")
    assert err.startswith(b"error: interrupted: the source is as it was\n")
    trip.audit()


@pytest.mark.parametrize("words", [("findings",), ("findings", "--json"), ("log", "show"), ("--help",)], ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_error(stage: Stage, words: tuple[str, ...]) -> None:
    case = stage("audited").case
    child = subprocess.Popen([*PROGRAM, "--case", str(case), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert child.wait() == ExitCode.DONE
    assert b"Traceback" not in err
    assert b"Broken" not in err


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "findings --group path"),
        ("cp1252", "show {}"),
        ("cp1252", "audit"),
        ("cp437", "log show"),
        ("ascii", "show {}"),
        ("ascii", "--help"),
    ],
)
def test_a_console_of_another_encoding_does_not_end_a_command(stage: Stage, encoding: str, words: str) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    trip.say("decide", secret, "--action", "redact", "--reason", "für später → 例", "--by", "Zoë Ünlü")
    typed = words.format(secret).split()
    done = subprocess.run(
        [*PROGRAM, "--case", str(trip.case), *typed],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert done.returncode in {ExitCode.DONE, ExitCode.FINDINGS_OPEN}, done.stderr
    assert done.stdout.decode(encoding)
    assert b"unexpected" not in done.stderr


def test_the_end_of_the_input_is_no_answer(stage: Stage) -> None:
    """Standard input is closed or empty: a question ends the command instead of waiting."""
    trip = stage("decided")
    refused = run_process("--case", str(trip.case), "plan", "--approve")
    assert_refused(refused, ExitCode.USAGE, "--by NAME")
    assert run_process("--case", str(trip.case), "plan", "--approve", "--by", LEAD).code == ExitCode.USAGE

"""On a terminal words may be coloured, elsewhere not a single escape byte is printed."""

import os
import re
import select
import sys
from collections.abc import Mapping

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import PROGRAM, run, run_process
from tests.journey.journey_stages import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")


def _on_a_terminal(words: tuple[str, ...], environment: Mapping[str, str], typed: bytes = b"") -> tuple[bytes, int]:
    """What a command prints where it believes to be on a terminal, and how it ends; `typed` is its input."""
    import pty  # noqa: PLC0415 - does not exist on Windows

    child, terminal = pty.fork()
    if child == 0:
        kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
        os.execve(PROGRAM[0], [*PROGRAM, *words], {**kept, "TERM": "xterm-256color", **environment})  # noqa: S606
    if typed:
        os.write(terminal, typed)
    printed = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not chunk:
            break
        printed += chunk
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return printed, os.waitstatus_to_exitcode(status)


def test_words_are_coloured_on_a_terminal(stage: Stage) -> None:
    printed, code = _on_a_terminal(("--case", str(stage("audited").case), "findings"), {})
    assert code == ExitCode.DONE
    assert b"\x1b[31mhigh\x1b[0m" in printed


@pytest.mark.parametrize(("flag", "environment"), [("--no-color", {}), ("", {"NO_COLOR": "1"})])
@pytest.mark.parametrize("words", ["findings", "audit"])
def test_not_one_escape_byte_without_colour(
    stage: Stage, words: str, flag: str, environment: Mapping[str, str]
) -> None:
    """Nor a progress bar that is redrawn: it would be animation."""
    typed = ("--case", str(stage("audited").case), words, *filter(None, [flag]))
    printed, _ = _on_a_terminal(typed, environment)
    assert b"\x1b" not in printed
    assert b"secret" in printed


def test_colour_changes_no_word(stage: Stage) -> None:
    case = str(stage("audited").case)
    plain, _ = _on_a_terminal(("--case", case, "findings", "--no-color"), {})
    coloured, _ = _on_a_terminal(("--case", case, "findings"), {})
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == plain


@pytest.mark.parametrize("words", ["findings", "plan", "--help"])
def test_not_one_escape_byte_where_there_is_no_terminal(stage: Stage, words: str) -> None:
    told = run_process(
        "--case", str(stage("audited").case), *words.split(), environment={"NO_COLOR": "", "TERM": "xterm-256color"}
    )
    assert "\x1b" not in told.out + told.err


def test_a_question_is_asked_on_a_terminal_and_its_answer_taken(stage: Stage) -> None:
    trip = stage("decided")
    trip.say("plan")
    printed, code = _on_a_terminal(("--case", str(trip.case), "plan", "--approve"), {}, typed=b"Petra Person\n")
    assert b"Who approves the plan?" in printed
    assert code == ExitCode.DONE
    assert "Petra Person" in run("--case", str(trip.case), "status").out


def test_a_value_is_revealed_to_a_person_at_a_terminal_and_logged(stage: Stage) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    printed, code = _on_a_terminal(("--case", str(trip.case), "show", secret, "--reveal", "--by", "Petra"), {})
    assert code == ExitCode.DONE
    assert b"value: " in printed
    last = trip.ask("log", "show")["entries"][-1]
    assert (last["step"], last["by"], last["details"]) == ("show", "Petra", {"finding": secret})

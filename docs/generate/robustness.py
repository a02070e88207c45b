"""`docs/robustness.md`: what a case withstands, with the tests that show it and how many cases each has."""

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from docs.generate.commands import command_names
from docs.generate.markdown import page, table
from fixtures.kit.evidence import forms_of
from tests.journey.journey_values import PLANTED

_CASEFILE, _JOURNEY = "tests/casefile/test_casefile_", "tests/journey/test_journey_"
WITHSTOOD: Mapping[str, tuple[str, ...]] = {
    "One writer at a time; whoever looks is let in": (f"{_CASEFILE}lock.py", f"{_JOURNEY}lock.py"),
    "Two processes that write to the log at once": (
        f"{_CASEFILE}log.py::test_two_processes_that_append_at_once_make_one_chain",
    ),
    "kill -9 in every write (and [the steps of every command](crashes.md))": (
        f"{_CASEFILE}kills.py",
        f"{_JOURNEY}crashes.py",
        f"{_JOURNEY}release.py::test_a_release_that_was_killed_is_done_by_the_next",
        f"{_JOURNEY}closing.py::test_a_close_that_was_killed_is_finished_by_the_next",
    ),
    "A full disk, and files that another program holds open": (f"{_CASEFILE}disk.py",),
    "A clock that goes back": (
        f"{_JOURNEY}clock.py",
        f"{_CASEFILE}reached.py",
        f"{_CASEFILE}log.py::test_a_clock_that_goes_back_is_recorded_as_it_is",
    ),
    "A case that may only be read": (
        f"{_JOURNEY}elsewhere.py::test_a_case_that_may_only_be_read_answers_and_refuses_to_write",
        f"{_JOURNEY}elsewhere.py::test_a_folder_that_takes_no_new_file_gives_a_sheet_that_comes_back",
        f"{_CASEFILE}folder.py::test_a_case_that_may_only_be_read_is_read_and_says_so_when_it_is_written",
    ),
    "A case that was moved, or copied to another machine": (
        f"{_JOURNEY}elsewhere.py::test_a_case_on_another_machine_says_what_it_lacks_and_goes_on_to_the_tag",
        f"{_JOURNEY}rotation.py::test_without_its_source_a_case_that_was_moved_still_lists_and_prints",
        f"{_CASEFILE}folder.py::test_a_case_that_was_moved_goes_on",
        f"{_CASEFILE}folder.py::test_a_copy_of_a_case_goes_its_own_way",
    ),
    "A case of the format before": (
        f"{_CASEFILE}upgrade.py",
        f"{_JOURNEY}elsewhere.py::test_a_case_of_the_format_before_goes_all_the_way",
    ),
    "A log or a ledger that was edited, cut, swapped or written anew": (
        f"{_CASEFILE}log.py",
        f"{_CASEFILE}binding.py",
        f"{_JOURNEY}signing.py::test_a_ledger_that_was_bent_stops_every_command_that_writes",
    ),
    "Canaries: no planted value in anything printed, written, or handed to a program": (f"{_JOURNEY}canary.py",),
}
"""What is withstood, and the files of tests, or single tests, that show it."""

_HEAD = """\
# Robustness

What a case withstands, and the tests that show it. This page is generated: `python -m docs.generate`. Cases are counted
by collecting the tests. One case may try hundreds of moments, bytes or commands.
"""
_CANARIES = """\
## Canaries

One route goes through all {commands} commands, in words and as JSON, with every format of report and sheet. It pastes
values where people might, hands in broken files, and damages the case. {values} planted values, and halves of secrets,
are looked for in {forms} forms each. They are looked for in standard output and error, in every file of the case and
beside it, inside archives and workbooks, and in the arguments and environment of every program that was started.

None is found. A command that is not on the route fails the test.
"""


def robustness_page() -> str:
    counts = _collected([test for tests in WITHSTOOD.values() for test in tests])
    rows = ((what, f"{sum(counts[t] for t in tests):,}", _links(tests)) for what, tests in WITHSTOOD.items())
    names = command_names()
    groups = {path[0] for path in names if len(path) > 1}
    commands = sum(len(path) > 1 or path[0] not in groups for path in names)
    forms = max(len(forms_of(value)) for value in PLANTED)
    told = _CANARIES.format(commands=commands, values=len(set(PLANTED)), forms=forms)
    return page([_HEAD, *table(("What", "Cases", "Tests"), rows), "", told])


def _links(tests: Sequence[str]) -> str:
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    return ", ".join(f"[{Path(file).stem.removeprefix('test_')}](../{file})" for file in files)


def _collected(tests: Sequence[str]) -> Counter[str]:
    """How many cases pytest finds for each. Raises RuntimeError for a test that is not there."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-n", "0", *tests]
    top = Path(__file__).parents[2]
    done = subprocess.run(command, check=False, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = done.stdout.decode(errors="replace").splitlines()
    if done.returncode:
        raise RuntimeError("\n".join(found[-20:]))
    return Counter(
        {test: sum(line.startswith((f"{test}::", f"{test}[")) or line == test for line in found) for test in tests}
    )

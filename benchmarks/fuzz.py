"""Fuzzes every format: damaged files must not make it raise, run for long, or fill the memory.

Run with: nice -n 19 python -m benchmarks.fuzz [--cases N] [--jobs N] [--output docs/fuzzing.md] [--keep DIR]

Each format has a process of its own. Nine cases in ten are valid files damaged by chance, with fixed seeds; the rest
are made by hypothesis. What fails is counted, and written to the folder that --keep names.
"""

import argparse
import faulthandler
import hashlib
import multiprocessing
import platform
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from opensafe.formats.content import Format
from opensafe.formats.registry import FORMATS
from tests.formats.exercise import exercise
from tests.formats.mutations import mutated
from tests.formats.seeds import contents, name_of, seeds_of

SECONDS = 5.0
"""CPU time that one case may take."""

MEBIBYTES = 2048
"""Address space that the process of a format may fill."""

_HANGS = 120  # seconds of wall time after which a case is taken to hang
_TRIES = 8  # files that are damaged for each case that is wanted: damage often hides the format


@dataclass(slots=True)
class Outcome:
    """What became of the cases of one format. Times are CPU seconds, memory mebibytes of the process."""

    name: str
    seeds: int = 0
    cases: int = 0
    worst: float = 0.0
    memory: int = 0
    failures: list[str] = field(default_factory=list)


class _Run:
    """The cases of one format, in its own process."""

    def __init__(self, form: Format, cases: int, keep: Path | None) -> None:
        self._form = form
        self._wanted = cases
        self._keep = keep
        self._seeds = seeds_of(form, contents())
        self.outcome = Outcome(name_of(form), len(self._seeds))

    def run(self) -> Outcome:
        if not self._seeds:
            self.outcome.failures.append("no valid file to begin with")
            return self.outcome
        self._by_hypothesis(max(1, self._wanted // 10))
        chance = random.Random(self.outcome.name)  # noqa: S311 - the same cases each time
        for _ in range(_TRIES * self._wanted):
            if self.outcome.cases >= self._wanted:
                break
            self._case(mutated(self._seeds, chance))
        self.outcome.memory = _memory()
        return self.outcome

    def _by_hypothesis(self, count: int) -> None:
        """The head of a valid file, then anything; and pieces of valid files in any order."""
        heads = st.sampled_from([seed[:size] for seed in self._seeds for size in (4, 16, 64, 400)])
        pieces = st.sampled_from([seed[at : at + 300] for seed in self._seeds[:20] for at in range(0, len(seed), 300)])

        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            st.builds(lambda *parts: b"".join(parts), heads, st.binary(max_size=300), st.binary(max_size=64) | pieces)
        )
        def case(data: bytes) -> None:
            self._case(data)

        case()

    def _case(self, data: bytes) -> None:
        started = time.process_time()
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        try:
            self.outcome.cases += exercise(self._form, data)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._failed(data, "".join(traceback.format_exception(error)[-4:]))
        took = time.process_time() - started
        self.outcome.worst = max(self.outcome.worst, took)
        if took > SECONDS:
            self._failed(data, f"took {took:.1f} seconds")

    def _failed(self, data: bytes, what: str) -> None:
        self.outcome.failures.append(what)
        if self._keep:
            name = f"{self.outcome.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            (self._keep / name).write_bytes(data)


def _memory() -> int:
    """The most that this process ever held, in mebibytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - only there

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - only there

        resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES * 1024 * 1024, MEBIBYTES * 1024 * 1024))


def _child(number: int, cases: int, keep: Path | None, answer: Connection) -> None:
    _limit_memory()
    answer.send(_Run(FORMATS[number], cases, keep).run())


def fuzzed(number: int, cases: int, keep: Path | None) -> Outcome:
    """The outcome of one format. A process that ends without an answer has crashed or hung."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_child, args=(number, cases, keep, theirs))
    process.start()
    theirs.close()
    try:
        outcome: Outcome = ours.recv()
    except EOFError:
        outcome = Outcome(name_of(FORMATS[number]), failures=["the process ended without an answer"])
    process.join()
    return outcome


_HEAD = """\
# Fuzzing

Made by `nice -n 19 python -m benchmarks.fuzz --cases {cases} --output docs/fuzzing.md`: {platform}.

Every format that opensafe opens was given damaged files: bits flipped, bytes overwritten, lengths and offsets made huge
or negative, pieces cut out, repeated, or spliced from another file. One case in ten was made by hypothesis. A case is a
file that the format still recognises; it is opened whole, and the first thing in it is changed and written back.

A failure is an exception, a crash, more than {seconds:g} seconds of CPU time, or more than {memory:,} MiB of address
space. The cases are the same each time. Coverage-guided fuzzing (atheris) is not used: it has no wheel for Windows, so
that not everyone could run it again.
"""


def page(outcomes: Sequence[Outcome], cases: int) -> str:
    """The report as Markdown."""
    version = f"Python {platform.python_version()}, {platform.system()}"
    total, failures = sum(o.cases for o in outcomes), sum(len(o.failures) for o in outcomes)
    rows = [
        f"| {o.name} | {o.seeds:,} | {o.cases:,} | {1000 * o.worst:,.1f} | {o.memory:,} | {len(o.failures)} |"
        for o in outcomes
    ]
    lines = [
        _HEAD.format(cases=cases, platform=version, seconds=SECONDS, memory=MEBIBYTES),
        f"**{total:,} cases, {failures} failures.**",
        "",
        "| Format | Valid files | Cases | Longest case, ms CPU | Most memory of the process, MiB | Failures |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ]
    return "\n".join(lines)


def main(say: Callable[[str], None] = print) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000, help="cases of each format")
    parser.add_argument("--output", type=Path, help="where the report is written")
    parser.add_argument("--keep", type=Path, help="a folder for files that failed")
    parser.add_argument("--only", help="one format, by its name")
    parser.add_argument("--jobs", type=int, default=1, help="formats at a time")
    given_ = parser.parse_args()
    wanted = [number for number, form in enumerate(FORMATS) if given_.only in {None, name_of(form)}]
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(given_.jobs) as pool:
        for outcome in pool.map(lambda number: fuzzed(number, given_.cases, given_.keep), wanted):
            outcomes.append(outcome)
            say(f"{outcome.name}: {outcome.cases} cases, {outcome.worst:.3f} s, {outcome.memory} MiB")
            for failure in sorted(set(outcome.failures)):
                say(f"  FAILED {failure}")
    if given_.output:
        given_.output.write_text(page(outcomes, given_.cases), encoding="utf-8", newline="\n")
    return int(any(outcome.failures for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

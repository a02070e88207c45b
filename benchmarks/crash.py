"""Kills every command of the journey at every step that it takes, and fills its disk there; then runs it again.

    python -m benchmarks.crash --output docs/crashes.md      all steps
    python -m benchmarks.crash --only risk close --output …  some commands again, into the page that is there
    python -m benchmarks.crash --first 19 --every 97         a sample, as the test suite takes it

After each fault: the source is byte for byte as it was, the new history has all its old refs or all its new ones, a
status can be asked for, and the same command, run again, comes to the same ids and answers as one that nothing
interrupted. A step is a file opened for writing, written, renamed or removed, a folder made or removed, a statement
of SQLite that is no query, or a process: before it starts, once it has, and 5 and 50 milliseconds into its work. POSIX
only.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from fixtures.kit.evidence import digest_tree
from fixtures.kit.faults import Ended, Fault, forked
from opensafe.cli.main import invoke
from opensafe.stories.demo import build_demo

WHO = ("--by", "A Measurer")
_ALL = ("decide", "--all", "--state", "open", *WHO)
_RISK = ("--description", "a key may work", "--subject", "an archive", "--treatment", "it may only read")
_SCORES = ("--likelihood", "3", "--severity", "8", "--new-likelihood", "1", "--new-severity", "8")
_GROUPS = frozenset({"rotate", "risk", "category"})
_NAMED_BY_FLAG = {("--approve",), ("--prepare",), ("--since-last",)}
_CREDENTIALS = "CREDENTIALS"  # stands for their ids, which each case draws by lot
_EVIDENCE = ("--evidence", "ticket 7: looked at by two people")
_OTHER = "Another Measurer"
_SECOND = ("--owner", "IT", "--second", _OTHER)
_ATTEST = ("--answer", "met", "--role", "ig-lead", "--by", _OTHER)
_ATTESTED = ("B3", "B7", "B9", "B10", "B11", "B12", "B13", "B22", "B23")
_OURS = "open.source@example.org"
_ANSWERS = f"""\
description = "Counts how full the wards are."
intended-use = "For analysts who plan beds. It is not for the care of single patients."
data-description = "No data is in this repository."
maintainer = "The analytics team"
regulation = "Not a medical device."
status = "beta"
contact = "{_OURS}"
crown-body = false
"""
_DONE_BEFORE = 2  # of start, decide and release, when the killed run had come to its end: nothing is left to do


@dataclass(frozen=True)
class Command:
    """One command of the journey, with the exit codes that a run which finishes may have.

    Before one that `follows` something, the source has new commits.
    """

    words: tuple[str, ...]
    ok: frozenset[int] = frozenset({0})
    swept: bool = True
    follows: bool = False

    @property
    def name(self) -> str:
        two = self.words[0] in _GROUPS or self.words[1:2] in _NAMED_BY_FLAG
        return " ".join(self.words[: 2 if two else 1])


def commands(source: Path) -> list[Command]:
    """The way to the tag, what is recorded beside it, and the end. Of what is alike (decisions, say), one is swept."""
    again = frozenset({0, _DONE_BEFORE})
    others = [
        ("--category", "name", "--action", "rename"),
        ("--category", "data", "--action", "redact"),
        ("--category", "file", "--detector", "data.notebook-outputs", "--action", "strip-outputs"),
        ("--category", "file", "--action", "remove-file"),
        ("--category", "setting", "--action", "redact"),
    ]
    return [
        Command(("start", str(source), "--organisation", "Example NHS Trust"), again),
        Command(("audit", "--workers", "1"), frozenset({0, 10, 11})),
        Command(("audit", "--since-last", "--workers", "1"), frozenset({0, 10, 11}), follows=True),
        Command((*_ALL, "--category", "secret", "--action", "redact"), again),
        *(Command((*_ALL, *words), again, swept=False) for words in others),
        Command(("rotate", "public", "--since", "2021-03-01", *WHO)),
        Command(("rotate", "sheet")),
        Command(("risk", "add", *_RISK, *_SCORES, *WHO)),
        Command(("category", "set", "open-source", "--reason", "training", *WHO)),
        Command(("plan",)),
        Command(("plan", "--approve", *WHO)),
        Command(("rewrite",)),
        Command(("verify", "--workers", "1")),
        Command(("rotate", "record", _CREDENTIALS, "--state", "revoked", *_SECOND, *_EVIDENCE, *WHO)),
        Command(("scaffold", "--answers", str(source.with_name("answers.toml")), *WHO)),
        Command(("release", "--prepare", *WHO), again),
        *(Command(("attest", row, *_ATTEST, *_EVIDENCE), swept=row == _ATTESTED[0]) for row in _ATTESTED),
        Command(("signoff", "--role", "lead-developer", *WHO)),
        Command(("signoff", "--role", "ig-lead", "--by", _OTHER), swept=False),
        Command(("release", *WHO), again),
        Command(("report",)),
        Command(("close", "--reason", "done", "--destroy-key", "--destroy-backup", "--yes", *WHO)),
    ]


@dataclass
class Outcome:
    """What the faults of one kind in one command came to. `wrong` says what must not be, by step."""

    command: str
    fault: Fault
    steps: Counter[str]
    faults: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


class Sweep:
    """A source and its case in a folder, put back to the state before a command for each fault."""

    def __init__(self, folder: Path, first: int, every: int, only: frozenset[str]) -> None:
        self._stand, self._before, self._told = folder / "stand", folder / "before", folder / "told"
        self._first, self._every, self._only = first, every, only
        self._told.mkdir()
        build_demo(self._stand / "source")
        (self._stand / "answers.toml").write_text(_ANSWERS, encoding="utf-8", newline="\n")
        self._source = digest_tree(self._stand / "source")

    @property
    def commands(self) -> list[Command]:
        return commands(self._stand / "source")

    def run(self) -> Iterator[Outcome]:
        """Every command, with every fault at every step, and then as it should be."""
        for command in self.commands:
            if command.follows:
                _grow(self._stand / "source")
                self._source = digest_tree(self._stand / "source")
            if command.swept and (not self._only or self._only & {command.words[0], command.name}):
                yield from self._swept(command)
            else:
                self._once(command)

    def _once(self, command: Command) -> Ended:
        """The command as it should be. It has to come to its end."""
        whole = self._say(command.words)
        if whole.code not in command.ok:
            raise SystemExit(f"{command.name}: exit {whole.code}\n{whole.err}")
        return whole

    def _swept(self, command: Command) -> Iterator[Outcome]:
        shutil.rmtree(self._before, ignore_errors=True)
        shutil.copytree(self._stand, self._before, symlinks=True)
        whole = self._once(command)
        yield from self._faults(command, whole, self._answers())
        self._put_back()
        self._once(command)

    def _faults(self, command: Command, whole: Ended, expected: list[str]) -> Iterator[Outcome]:
        for fault in (Fault.KILL, Fault.FULL):
            self._put_back()
            steps = whole.kinds if fault is Fault.KILL else self._say(command.words, fault, sys.maxsize).kinds
            outcome = Outcome(command.name, fault, steps)
            for at in range(self._first, steps.total() + 1, self._every):
                self._put_back()
                self._one(command, fault, at, expected, outcome)
            yield outcome

    def _one(self, command: Command, fault: Fault, at: int, expected: list[str], outcome: Outcome) -> None:
        former = self._refs()
        struck = self._say(command.words, fault, at)
        outcome.faults += struck.code < 0
        outcome.refused += struck.code > 0
        problems = list(self._problems(struck, fault, former, expected))
        again = self._say(command.words)
        if again.code not in command.ok:
            problems.append(f"the next run ended with {again.code}: {again.err.strip()}")
        elif self._answers() != expected:
            problems.append("the next run came to something else")
        if self._say(("log", "verify")).code:
            problems.append("the log does not hold")
        if digest_tree(self._stand / "source") != self._source:
            problems.append("the source has changed")
        outcome.wrong += [f"step {at}: {problem}" for problem in problems]

    def _problems(self, struck: Ended, fault: Fault, former: str, expected: list[str]) -> Iterator[str]:
        if fault is Fault.FULL and (struck.code == 0 or "unexpected" in struck.err or "Traceback" in struck.err):
            yield f"a full disk ended with {struck.code}: {struck.err.strip()[:200]}"
        if digest_tree(self._stand / "source") != self._source:
            yield "the source has changed"
        if self._refs() not in {former, expected[0]}:
            yield "the new history has mixed refs"
        if self._case.exists() and (told := self._say(("status",))).code:
            yield f"status ended with {told.code}: {told.err.strip()[:200]}"

    def _answers(self) -> list[str]:
        """What the case holds, apart from times and its random key: refs, findings with their states, all steps."""
        found = [] if not (self._case / "index.sqlite").exists() else [self._ask("findings")]
        return [self._refs(), *found, self._ask("status")]

    def _ask(self, what: str) -> str:
        return self._say((what, "--json")).out

    def _refs(self) -> str:
        """The commits of the new history with their refs, read by plain git; empty where there is none.

        Commits that opensafe adds above it carry the time, so that their ids differ from run to run: their trees count.
        """
        public = self._case / "public.git"
        if not public.exists():
            return ""
        listed = ["git", f"--git-dir={public}", "log", "--all", "--topo-order", "--format=%ce %H %D %T %s"]
        printed = subprocess.run(listed, capture_output=True, check=True, text=True).stdout
        return re.sub(rf"(?m)^{re.escape(_OURS)} [0-9a-f]+", _OURS, printed)

    @property
    def _case(self) -> Path:
        return self._stand / "source.opensafe"

    def _put_back(self) -> None:
        shutil.rmtree(self._stand)
        shutil.copytree(self._before, self._stand, symlinks=True)

    def _say(self, words: Sequence[str], fault: Fault = Fault.NONE, at: int = 0) -> Ended:
        about = [] if words[0] == "start" else ["--case", str(self._case)]
        typed = [each for word in words for each in (self._credentials() if word == _CREDENTIALS else [word])]
        return forked(lambda: int(invoke(["--no-input", *about, *typed])), self._told, fault, at)

    def _credentials(self) -> list[str]:
        return [row["finding"] for row in json.loads(self._say(("rotate", "list", "--json")).out)["rotations"]]


def _grow(source: Path) -> None:
    """Two commits by whoever made the last one, with a name and a value that are known."""
    git = ("git", "-C", str(source))
    told = subprocess.run([*git, "log", "-1", "--format=%an <%ae>%n%ct"], capture_output=True, check=True).stdout
    who, when = told.decode().splitlines()
    stream = ""
    for number in range(2):
        message, content = f"Grow {number}\n\nReviewed-by: {who}\n", f"rows <- {number}  # {who}\n"
        stream += f"commit refs/heads/main\ncommitter {who} {int(when) + 100 + number} +0000\n"
        stream += f"data {len(message.encode())}\n{message}" + ("" if number else "from refs/heads/main^0\n")
        stream += f"M 100644 inline grown/{number}.R\ndata {len(content.encode())}\n{content}\n"
    subprocess.run([*git, "fast-import", "--quiet"], input=stream.encode(), check=True)


def together(first: int, every: int, jobs: int, only: frozenset[str]) -> list[Outcome]:
    """The outcomes of a sweep that is shared out to `jobs` processes, each with a stand of its own."""
    shares = [(first + job * every, every * jobs, only) for job in range(jobs)]
    with ProcessPoolExecutor(jobs) as pool:
        return [_merged(parts) for parts in zip(*pool.map(_share, *zip(*shares, strict=True)), strict=True)]


def _share(first: int, every: int, only: frozenset[str]) -> list[Outcome]:
    with tempfile.TemporaryDirectory(prefix="opensafe-crash-") as folder:
        return list(Sweep(Path(folder).resolve(), first, every, only).run())


def _merged(parts: Sequence[Outcome]) -> Outcome:
    whole = Outcome(parts[0].command, parts[0].fault, parts[0].steps)
    for part in parts:
        whole.faults += part.faults
        whole.refused += part.refused
        whole.wrong += part.wrong
    return whole


_PAGE = """\
# Crashes

Made by `python -m benchmarks.crash --output docs/crashes.md`, on the repository of `opensafe demo`. {about}

Each command of the way from `start` to `release`, of the record beside it, and `close`, was run once for each step that
it takes, and ended there by SIGKILL, with the git that it had started. A step is a file opened for writing, written,
renamed or removed, a folder made or removed, a statement of SQLite that is no query, or a process: before it starts,
once it has, and 5 and 50 milliseconds into its work. Then each was run with a disk that is full from that step on, for
every step that needs room.

After each fault these must hold: the source is byte for byte as it was; the new history has all its old refs or all
its new ones; `status` answers; the same command, run again, finishes and comes to the same ids and findings as a run
that nothing interrupted; the chain of the log holds.

{table}
{rows}{total}
"""
_MIXED = (
    "The rows are of several sweeps, of different days, and of different counts of what a step is; the sum is of all."
)


def page(rows: Mapping[str, Sequence[int]], about: str, *, mixed: bool) -> str:
    """The whole of docs/crashes.md, from the counts of each command; `mixed` where not all are of this sweep."""
    table: list[tuple[str, ...]] = [
        ("Command", "Steps", "Killed", "Full disk", "Something wrong after it"),
        ("---",) * 5,
        *((f"`{name}`", *(f"{count:,}" for count in counts)) for name, counts in rows.items()),
    ]
    _, kills, fulls, wrong = (sum(column) for column in zip(*rows.values(), strict=True))
    return _PAGE.format(
        about=about,
        table="".join("| " + " | ".join(row) + " |\n" for row in table),
        rows="".join(f"{sentence}\n" for sentence in _about_rows(rows, mixed=mixed)) + "\n",
        total=f"Together {kills:,} kills and {fulls:,} full disks, after which {wrong:,} things were wrong.",
    )


def _about_rows(rows: Mapping[str, Sequence[int]], *, mixed: bool) -> Iterator[str]:
    """What the rows are: without it, the table would claim more than was done."""
    if mixed:
        yield _MIXED
    samples = [f"`{name}`" for name, (steps, killed, *_) in rows.items() if killed < steps]
    if samples:
        yield f"Of {', '.join(samples)} samples were taken: every so many of their steps."


def counted(outcomes: Sequence[Outcome]) -> dict[str, list[int]]:
    """For each command: steps, kills, full disks, and what was wrong after them."""
    return {
        killed.command: [killed.steps.total(), killed.faults, full.refused, _wrong([killed, full])]
        for killed, full in zip(outcomes[::2], outcomes[1::2], strict=True)
    }


def counts_of(text: str) -> dict[str, list[int]]:
    """The counts that a page holds already."""
    rows = re.findall(r"^\| `([^`]+)` \| ([\d, |]+) \|$", text, re.MULTILINE)
    return {name: [int(cell.replace(",", "")) for cell in cells.split(" | ")] for name, cells in rows}


def _wrong(outcomes: Sequence[Outcome]) -> int:
    return sum(len(outcome.wrong) for outcome in outcomes)


def _numbers(outcome: Outcome) -> dict[str, object]:
    return {
        "command": outcome.command,
        "fault": outcome.fault.value,
        "steps": outcome.steps.total(),
        "killed": outcome.faults,
        "refused": outcome.refused,
        "wrong": outcome.wrong,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=1, metavar="N", help="begin with the Nth step")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth step")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="sweeps side by side")
    parser.add_argument("--json", action="store_true", help="the counts as JSON on stdout")
    parser.add_argument("--only", nargs="+", default=[], metavar="COMMAND", help="by its name or first word")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    outcomes = together(arguments.first, arguments.every, arguments.jobs, frozenset(arguments.only))
    for outcome in outcomes if arguments.json else ():
        print(json.dumps(_numbers(outcome)))
    if arguments.output:
        git = subprocess.run(["git", "--version"], capture_output=True, check=True, text=True).stdout.strip()
        about = f"{sys.platform}, Python {sys.version.split()[0]}, {git}."
        former = counts_of(arguments.output.read_text(encoding="utf-8")) if arguments.only else {}
        made = counted(outcomes)
        text = page({**former, **made}, about, mixed=not former.keys() <= made.keys())
        arguments.output.write_text(text, encoding="utf-8", newline="\n")
    return 1 if _wrong(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Times an audit against the floor (git reading the same blobs) and against other scanners, in one run.

    python -m benchmarks.audit --output docs/measured.md [--kingfisher PROGRAM] [--betterleaks PROGRAM]
                                  [--gitleaks PROGRAM] [--growth] REPO [REPO …]

For each REPO (work tree or bare): `git cat-file --batch` reads every blob into a pipe that is emptied; then the public
command `audit` in a fresh case; then `audit --since-last` after ten new commits; then each scanner that was given, with
no live checks. `--growth` adds generated histories: how the time grows with commits, bytes, findings and refs. Memory
is the largest sum over all processes of a part at one moment (proportional set size), looked at once a second.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.document import with_section
from benchmarks.journey import machine, table
from opensafe.stories.builder import Content, History, Person
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop

_TITLE = "The audit against reading, and against other scanners"
_ANNA = Person(b"Anna Measurer", b"anna@example.org")
_NEW_COMMITS = 10
_PEERS: dict[str, tuple[str, ...]] = {
    "kingfisher": ("scan", "{}", "--no-validate", "--no-update-check", "--git-history", "full"),
    "betterleaks": ("git", "{}"),
    "gitleaks": ("git", "{}"),
}
_BY_LOG = "git"  # scanners that read what `git log` prints, which ends at the first missing object
_SCANNED = (0, 1, 200, 205)  # exit codes of scanners that came to an end


@dataclass
class Cost:
    """Seconds by the clock and of processors, and the most memory at one moment in bytes."""

    wall: float
    cpu: float
    peak: int


@dataclass
class Audited:
    """What one repository gave."""

    name: str
    commits: int
    blobs: int
    size: int
    costs: dict[str, Cost] = field(default_factory=dict)


def run(vector: list[str], ok: tuple[int, ...] = (0,), stdin: Path | None = None) -> Cost:
    """One command with everything that it starts; its output is read and thrown away."""
    began = time.perf_counter()
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = subprocess.Popen(vector, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    watch = _Watch(process.pid)
    assert process.stdout is not None
    while process.stdout.read(1 << 20):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ok:
        raise SystemExit(f"{vector[0]} ended with {process.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.stop() or usage.ru_maxrss * 1024)


class _Watch:
    """Adds up the memory of a process and all below it, now and then, where the system tells it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._done.wait(1):
            self._peak = max(self._peak, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants, but for those that were forked a moment ago: these show their parent's memory."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            if _command(child) != _command(pid):
                yield from _family(child)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def audited(repo: Path, peers: dict[str, Path]) -> Audited:
    """Everything that is measured of one repository, on a copy that is given ten commits more."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.git"
        shutil.copytree(repo, copy, symlinks=True)
        blobs = blobs_of(copy)
        listed = Path(scratch) / "blobs"
        listed.write_text("".join(f"{oid}\n" for oid, _ in blobs), encoding="ascii")
        name = repo.parent.name if repo.name == "repo" else repo.name
        commits = int(_git(copy, "rev-list", "--all", "--count"))
        found = Audited(name, commits, len(blobs), sum(size for _, size in blobs))
        found.costs["floor"] = run(["git", f"--git-dir={copy}", "cat-file", "--batch", "--buffer"], stdin=listed)
        found.costs["audit"] = _audit(copy, Path(scratch) / "case")
        _grow(copy)
        found.costs["since last"] = _audit(copy, Path(scratch) / "case", "--since-last")
        whole = not _lacks_objects(copy)
        for peer, program in peers.items():
            if not whole and _PEERS[peer][0] == _BY_LOG:
                continue
            words = [word.format(copy) for word in _PEERS[peer]]
            found.costs[peer] = run([str(program), *words], ok=_SCANNED)
        return found


def _audit(repo: Path, case: Path, *flags: str) -> Cost:
    opensafe = [sys.executable, "-P", "-m", "opensafe", "--case", str(case), "--no-input", "--quiet"]
    if not case.exists():
        subprocess.run(
            [*opensafe, "start", str(repo), "--organisation", "Measurement"], check=True, capture_output=True
        )
    return run([*opensafe, "audit", *flags], ok=(0, 10, 11))


def blobs_of(repo: Path) -> list[tuple[str, int]]:
    """Ids and sizes in the order of the packs."""
    form = "--batch-check=%(objecttype) %(objectname) %(objectsize)"
    rows = (line.split() for line in _git(repo, "cat-file", "--batch-all-objects", "--unordered", form).splitlines())
    return [(oid, int(size)) for kind, oid, size in rows if kind == "blob"]


def _lacks_objects(repo: Path) -> bool:
    return "?" in _git(repo, "rev-list", "--all", "--objects", "--missing=print", "--no-object-names")


def _git(repo: Path, *words: str) -> str:
    return subprocess.run(["git", f"--git-dir={repo}", *words], check=True, capture_output=True).stdout.decode()


def _grow(repo: Path) -> None:
    """Ten commits on HEAD's branch, each with a new file."""
    branch = _git(repo, "symbolic-ref", "HEAD").strip()
    lines = []
    for number in range(_NEW_COMMITS):
        message, content = f"Grow {number}\n", f"rows <- {number}\n"
        lines.append(f"commit {branch}\ncommitter Anna <anna@example.org> {2_000_000_000 + number} +0000\n")
        lines.append(f"data {len(message)}\n{message}")
        lines.append(f"from {branch}^0\n" if number == 0 else "")
        lines.append(f"M 100644 inline grown/{number}.R\ndata {len(content)}\n{content}\n")
    stream = "".join(lines).encode()
    subprocess.run(["git", f"--git-dir={repo}", "fast-import", "--quiet"], input=stream, check=True)


def growth() -> list[tuple[str, ...]]:
    """Seconds of `audit` for generated histories, ten times larger in one respect each."""
    rows: list[tuple[str, ...]] = [("what grows", *(f"{step:,}" for step in (100, 1_000, 10_000)))]
    for what, make in _GROWTH.items():
        cells = []
        for amount in (100, 1_000, 10_000):
            with tempfile.TemporaryDirectory() as scratch:
                repo = Path(scratch) / "repo"
                make(repo, amount)
                cells.append(f"{_audit(repo, Path(scratch) / 'case').wall:,.1f}")
        rows.append((what, *cells))
    return rows


def _many_commits(repo: Path, amount: int) -> None:
    history = History(_ANNA)
    for number in range(amount):
        history.commit(b"Change %d\n" % number, {b"R/part-%d.R" % (number % 40): _text(number, 30)})
    Workshop.with_history(repo, history)


def _many_kilobytes(repo: Path, amount: int) -> None:
    files: dict[bytes, Content] = {b"R/part-%d.R" % at: _text(at, 4 * amount) for at in range(10)}
    _one_commit(repo, files)


def _many_findings(repo: Path, amount: int) -> None:
    fakes = Fakes("growth")
    lines = [b"wards_%d,%s\n" % (at, fakes.nhs_number().encode()) for at in range(amount)]
    _one_commit(repo, {b"notes.md": b"".join(b"patient NHS number " + line for line in lines)})


def _many_refs(repo: Path, amount: int) -> None:
    _one_commit(repo, {b"a.R": _text(1, 30)})
    oid = _git(repo / ".git" if (repo / ".git").exists() else repo, "rev-parse", "HEAD").strip()
    git_dir = repo / ".git" if (repo / ".git").exists() else repo
    lines = "".join(f"{oid} refs/tags/t-{at}\n" for at in range(amount))
    with (git_dir / "packed-refs").open("a", encoding="ascii") as packed:
        packed.write(lines)


def _one_commit(repo: Path, files: dict[bytes, Content]) -> None:
    history = History(_ANNA)
    history.commit(b"Begin\n", files)
    Workshop.with_history(repo, history)


def _text(seed: int, lines: int) -> bytes:
    """Code that is like nothing before it."""
    return b"".join(b"value_%d_%d <- compute(%d, part = %d)\n" % (seed, at, at * seed, at) for at in range(lines))


_GROWTH: dict[str, Callable[[Path, int], None]] = {
    "commits": _many_commits,
    "kilobytes of text, no two lines alike": _many_kilobytes,
    "findings": _many_findings,
    "refs": _many_refs,
}


def page(results: list[Audited], grown: list[tuple[str, ...]], title: str) -> str:
    parts = list(dict.fromkeys(part for result in results for part in result.costs))
    rows = [
        ("", *(result.name for result in results)),
        ("commits", *(f"{result.commits:,}" for result in results)),
        ("files' versions", *(f"{result.blobs:,}" for result in results)),
        ("bytes in them", *(f"{result.size:,}" for result in results)),
        *((f"{part}, s", *(_cell(result, part, "wall") for result in results)) for part in parts),
        *((f"{part}, s of processors", *(_cell(result, part, "cpu") for result in results)) for part in parts),
        *((f"audit : {part}", *(_ratio(result, part) for result in results)) for part in parts if part != "audit"),
        *((f"{part}, MiB", *(_cell(result, part, "peak") for result in results)) for part in parts if part != "floor"),
    ]
    head = f"{title}\n\nMade by `python -m benchmarks.audit … REPO …`; {machine()}. {_EXPLAINED}\n\n"
    more = f"\nSeconds of `audit` for generated histories:\n\n{table(grown)}" if grown else ""
    return head + table(rows) + more


_EXPLAINED = (
    "The floor is `git cat-file --batch` reading every blob in the order of the packs. The audit runs all detectors "
    "and writes its index; *since last* is an audit after ten new commits. Other scanners look for credentials only, "
    "and check none of them with its provider; those that read `git log` need every object, and their cells are empty "
    "where one is missing. MiB is the most memory of all processes together at one moment."
)


def _cell(result: Audited, part: str, of: str) -> str:
    if part not in result.costs:
        return ""
    value: float = getattr(result.costs[part], of)
    return f"{value / (1 << 20):,.0f}" if of == "peak" else f"{value:,.1f}"


def _ratio(result: Audited, part: str) -> str:
    return f"{result.costs['audit'].wall / result.costs[part].wall:,.2f}" if part in result.costs else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="*", type=Path, metavar="REPO")
    for peer in _PEERS:
        parser.add_argument(f"--{peer}", type=Path, metavar="PROGRAM")
    parser.add_argument("--growth", action="store_true", help="also generated histories")
    parser.add_argument("--title", default=_TITLE, help="of the section, where a run has one of its own")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    peers = {peer: program for peer in _PEERS if (program := getattr(arguments, peer))}
    results = [audited(repo, peers) for repo in arguments.repositories]
    text = page(results, growth() if arguments.growth else [], f"## {arguments.title}")
    if arguments.output:
        whole = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
        arguments.output.write_text(with_section(whole, text), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()

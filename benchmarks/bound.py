"""What an audit cannot do without: how fast it could be if the detectors' own code cost nothing.

    python -m benchmarks.bound [--output FILE] REPO [REPO …]

For each REPO, in one process: git reads every version of every file (the floor); they are cut into passages, of which
those that are new are found; what is new is searched by the compiled engines alone: expressions (Hyperscan), names
(Aho-Corasick), the catalogue of credentials (Kingfisher). Nothing that they find is looked at. Half of the seconds of
processors is what two of them would need at best.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.audit import Cost, blobs_of, run
from benchmarks.document import with_section
from benchmarks.journey import machine, table
from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import (
    ContentDetector,
    PatternDetector,
    PersonalDetector,
    PreparedDetector,
    SearchDetector,
    TableDetector,
)
from opensafe.detectors.triggers import best_search
from opensafe.git.layout import read_layout
from opensafe.history.passages import Passages
from opensafe.history.people import identities, people_of
from opensafe.history.reading import read_history
from opensafe.model.context import Context
from opensafe.model.place import PlaceKind
from opensafe.model.progress import NoProgress
from opensafe.model.specimen import Specimen
from opensafe.scan.kept import BREAK

_TITLE = "The least that an audit of a long history takes"
_AT_ONCE = 1 << 20  # bytes that are searched together
_TRIGGERED = (PatternDetector, PersonalDetector)
_OF_CONTENTS = (ContentDetector, TableDetector)

Search = Callable[[bytes], object]


@dataclass(frozen=True)
class Parts:
    """Seconds of processors for one repository, and how much text of it is new. The floor by the clock, too."""

    name: str
    size: int
    novel: int
    floor: Cost
    cut: float
    searched: float


def measured(repo: Path) -> Parts:
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "blobs"
        listed.write_text("".join(f"{oid}\n" for oid, _ in blobs_of(repo)), encoding="ascii")
        floor = run(["git", f"--git-dir={repo}", "cat-file", "--batch", "--buffer"], stdin=listed)
        searches = _engines(repo, Path(scratch))
        began = time.process_time()
        size, pieces = _novel(repo, listed)
        cut = time.process_time() - began
    began = time.process_time()
    novel = 0
    for text in _together(pieces):
        novel += len(text)
        for search in searches:
            search(text)
    return Parts(repo.name, size, novel, floor, cut, time.process_time() - began)


def _engines(repo: Path, scratch: Path) -> list[Search]:
    """The compiled searches of all detectors, for the people of the repository."""
    history = read_history(read_layout(repo), scratch / "view", NoProgress())
    context = Context(people_of(identities(history.graph)), str(scratch))
    detectors = all_detectors()
    of_passages = [detector.triggers for detector in detectors if isinstance(detector, _TRIGGERED)]
    of_contents = [detector.triggers for detector in detectors if isinstance(detector, _OF_CONTENTS)]
    return [
        best_search(of_passages).find,
        best_search(of_contents).find,
        *(detector.search for detector in detectors if isinstance(detector, SearchDetector)),
        *map(_look, [detector.prepare(context) for detector in detectors if isinstance(detector, PreparedDetector)]),
    ]


def _look(prepared: Look) -> Search:
    """It gives what it finds one by one: what comes behind the first is left."""

    def search(text: bytes) -> object:
        return next(iter(prepared(Specimen(PlaceKind.BLOB, text))), None)

    return search


def _novel(repo: Path, listed: Path) -> tuple[int, dict[int, bytes]]:
    """The bytes of all contents, and the passages that are in them, each once."""
    known: dict[int, bytes] = {}
    size = 0
    for data in _contents(repo, listed):
        size += len(data)
        passages = Passages(data)
        if not known.keys() >= set(passages.keys):
            known.update(zip(passages.keys, passages.texts, strict=True))
    return size, known


def _contents(repo: Path, listed: Path) -> Iterator[bytes]:
    with listed.open("rb") as given:
        process = subprocess.Popen(
            ["git", f"--git-dir={repo}", "cat-file", "--batch", "--buffer"], stdin=given, stdout=subprocess.PIPE
        )
    assert process.stdout is not None
    while header := process.stdout.readline():
        yield process.stdout.read(int(header.split()[2]) + 1)[:-1]
    process.wait()


def _together(pieces: dict[int, bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for text in pieces.values():
        waiting.append(text)
        size += len(text)
        if size > _AT_ONCE:
            yield BREAK.join(waiting)
            waiting, size = [], 0
    yield BREAK.join(waiting)


def page(results: list[Parts]) -> str:
    rows = [
        ("", *(result.name for result in results)),
        ("bytes in files' versions", *(f"{result.size:,}" for result in results)),
        ("of these in passages that are new", *(f"{result.novel:,}" for result in results)),
        ("the floor: git reads, s", *(f"{result.floor.wall:,.1f}" for result in results)),
        ("git reads, s of processors", *(f"{result.floor.cpu:,.1f}" for result in results)),
        ("and they are cut", *(f"{result.floor.cpu + result.cut:,.1f}" for result in results)),
        ("and searched by compiled engines", *(f"{_least(result):,.1f}" for result in results)),
        ("the least on two processors, s", *(f"{_least(result) / 2:,.1f}" for result in results)),
        ("the least : floor", *(f"{_least(result) / 2 / result.floor.wall:,.2f}" for result in results)),
    ]
    return f"{_TITLE}\n\nMade by `python -m benchmarks.bound … REPO …`; {machine()}. {_EXPLAINED}\n\n{table(rows)}"


_EXPLAINED = (
    "Git reads all contents, they are cut into passages, and those that are new are searched by the compiled engines "
    "for expressions, names and the catalogue of credentials. Nothing that these find is looked at, and nothing else "
    "is done. The last lines are what two processors would need at best, against git on one."
)


def _least(result: Parts) -> float:
    return result.floor.cpu + result.cut + result.searched


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    text = "## " + page([measured(repo) for repo in arguments.repositories])
    if arguments.output:
        before = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
        arguments.output.write_text(with_section(before, text), encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()

"""Times the rewrite against git-filter-repo on the same value, and the proof against an audit, on copies.

    python -m benchmarks.rewrite --output docs/measured.md [--generated] [--value TEXT] REPO [REPO …]

For each REPO (work tree or bare) a value is taken that first occurs late in the history, unless one is given. It is
replaced once by `git filter-repo --replace-text` in a full copy, once by opensafe, which is told the places by a search
that is not counted: the audit has done it by then. The trees of all commits must come out the same. Then the result is
proven and audited again, and the source audited, for the ratio of verification to audit. `--generated` adds a history
with large data files. Each part is a process of its own; times are user and system time of it and all it started.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.document import with_section
from opensafe.git.graph import ObjectGraph, ancestors, load_graph, topological
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES
from opensafe.git.view import ObjectView, open_view, view_of
from opensafe.history.reading import read_history
from opensafe.model.context import Context
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.plan import ApprovedPlan, BlobChange, Option, RewritePlan, RewriteSpec, SpanEdit
from opensafe.model.progress import NoProgress
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.secret import Secret
from opensafe.model.skip import Unread
from opensafe.proof.prove import prove
from opensafe.rewriting.build import build
from opensafe.scan.audit import audit_history
from opensafe.scan.contents import NoMemory
from opensafe.scan.settings import ScanSettings
from opensafe.stories.builder import MAIN, History, Person

PLACEHOLDER = b"REDACTED-1"
_LARGE = 10**9  # bytes: audits of larger histories are measured by benchmarks.audit
_THIS = [sys.executable, "-m", "benchmarks.rewrite"]
_LATE = 0.95  # of the history: where the value is looked for
_TOKEN = re.compile(rb"\b[A-Za-z][A-Za-z_]{14,38}\b")
_TEXT = 8192  # git-filter-repo leaves out what has a NUL byte in so many
_KEY = FingerprintKey(bytes(range(KEY_BYTES)))


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, and the largest process in bytes."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Compared:
    """What one repository gave."""

    name: str
    commits: int
    changed: int
    blobs: int
    bytes: int
    costs: dict[str, Cost]
    same_trees: bool
    passed: bool


def measured(vector: list[str], cwd: Path | None = None) -> Cost:
    """Run a process and wait for it and its children."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(vector, cwd=cwd, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode:
            raise SystemExit(f"{vector[:4]} ended with {process.returncode}\n{said.read().decode()[-2000:]}")
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def compare(source: Path, name: str, scratch: Path, value: bytes | None) -> Compared:
    """One repository: a copy, the search, both rewrites, proof and audits."""
    copy = scratch / "copy.git"
    _git("clone", "--quiet", "--mirror", "--no-hardlinks", str(source), str(copy))
    view, graph = _opened(copy, scratch / "search")
    chosen = value or _late_value(view, graph, OwnedRepository(copy).refs())
    spec = _spec(view, graph, copy, chosen)
    (scratch / "spec.json").write_text(_as_json(spec, chosen), encoding="utf-8")
    (scratch / "expressions").write_bytes(b"literal:" + chosen + b"==>" + PLACEHOLDER + b"\n")
    shutil.copytree(copy, scratch / "filtered.git")
    filter_repo = str(importlib.util.find_spec("git_filter_repo").origin)  # type: ignore[union-attr]
    words = [sys.executable, filter_repo, "--force", "--replace-text", str(scratch / "expressions")]
    costs = {"filter-repo": _told("filter-repo", measured(words, scratch / "filtered.git"))}
    size = sum(graph.sizes[oid] for oid in graph.blobs)
    parts = [part for part in _MEASURED if size <= _LARGE or not part.endswith("audit")]
    costs |= {part: _told(part, measured([*_THIS, "--part", part, str(scratch)])) for part in parts}
    told = json.loads((scratch / "claim.json").read_text(encoding="utf-8"))
    return Compared(
        name,
        commits=len(told["commits"]),
        changed=sum(old != new for old, new in told["commits"].items()),
        blobs=len(graph.blobs),
        bytes=size,
        costs=costs,
        same_trees=_same_trees(scratch),
        passed=json.loads((scratch / "proof.json").read_text(encoding="utf-8")),
    )


def _told(part: str, cost: Cost) -> Cost:
    """A long measurement says where it is."""
    print(f"{part}: {cost.cpu:,.1f} s of processors, {cost.wall:,.1f} s by the clock", file=sys.stderr, flush=True)
    return cost


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, check=True).stdout.decode("utf-8", "surrogateescape")


def _same_trees(scratch: Path) -> bool:
    """Whether every tree is as git-filter-repo made it, or as it was.

    It rewrites file modes of early versions of git (100664) in commits in which nothing was to change.
    """
    ours, theirs, before = (_trees(scratch / name) for name in ("public.git", "filtered.git", "copy.git"))
    return not (ours - theirs) - before and ours.total() == theirs.total()


def _trees(repository: Path) -> Counter[str]:
    """The tree of every commit."""
    return Counter(_git(f"--git-dir={repository}", "log", "--branches", "--tags", "--format=%T").split())


def _opened(repository: Path, folder: Path) -> tuple[ObjectView, ObjectGraph]:
    view = open_view(read_layout(repository), folder)
    return view, load_graph(view)


def _late_value(view: ObjectView, graph: ObjectGraph, refs: dict[bytes, Oid]) -> bytes:
    """A word that a commit brings in late, that its file did not hold before, and that no message holds."""
    messages = b"\n".join(commit.message for commit in graph.commits.values())
    order = topological(graph.commits, ancestors(graph.commits, refs.values()))
    late = order[int(len(order) * _LATE) :]
    pairs = [(_tree_before(graph, oid), graph.commits[oid].tree) for oid in late]
    for difference in tree_differences(view, graph.trees, pairs):
        for change in difference.changes:
            if change.new_mode & 0o100000 and change.old and graph.sizes.get(change.new, _TEXT) < _TEXT * 8:
                old, new = (_data(item) for item in read_objects(view, [change.old, change.new]))
                fresh: set[bytes] = set(_TOKEN.findall(new)) - set(_TOKEN.findall(old))
                fresh = {word for word in fresh if word not in messages}
                if fresh and b"\0" not in new:
                    return max(sorted(fresh), key=len)
    raise SystemExit("no late value was found: give one with --value")


def _data(item: RawObject | Unread) -> bytes:
    return item.data if isinstance(item, RawObject) else b""


def _tree_before(graph: ObjectGraph, oid: Oid) -> Oid:
    parents = graph.commits[oid].parents
    return graph.commits[parents[0]].tree if parents else EMPTY_TREES[len(oid)]


def _spec(view: ObjectView, graph: ObjectGraph, repository: Path, value: bytes) -> RewriteSpec:
    changes = []
    for item in read_objects(view, graph.blobs):
        if isinstance(item, RawObject) and (edits := tuple(_edits(item.data, value))):
            if b"\0" in item.data[:_TEXT]:
                raise SystemExit("the value stands in a binary file, which git-filter-repo leaves out: choose another")
            changes.append(BlobChange(item.oid, None, edits))
    head = _git(f"--git-dir={repository}", "symbolic-ref", "HEAD").strip().encode()
    return RewriteSpec(OwnedRepository(repository).refs(), head, tuple(changes))


def _edits(data: bytes, value: bytes) -> Iterator[SpanEdit]:
    at = data.find(value)
    while at >= 0:
        yield SpanEdit((), at, at + len(value), PLACEHOLDER)
        at = data.find(value, at + len(value))


def _as_json(spec: RewriteSpec, value: bytes) -> str:
    return json.dumps(
        {
            "value": value.decode("latin-1"),
            "head": spec.head.decode("latin-1"),
            "refs": {name.decode("latin-1"): oid for name, oid in spec.refs.items()},
            "blobs": {change.oid: [(edit.start, edit.end) for edit in change.edits] for change in spec.blobs},
        }
    )


def _spec_of(scratch: Path) -> tuple[RewriteSpec, bytes]:
    told = json.loads((scratch / "spec.json").read_text(encoding="utf-8"))
    changes = tuple(
        BlobChange(Oid(oid), None, tuple(SpanEdit((), start, end, PLACEHOLDER) for start, end in spans))
        for oid, spans in told["blobs"].items()
    )
    refs = {name.encode("latin-1"): Oid(oid) for name, oid in told["refs"].items()}
    return RewriteSpec(refs, told["head"].encode("latin-1"), changes), told["value"].encode("latin-1")


def part_rewrite(scratch: Path) -> None:
    """Read the source and build the new history."""
    spec, _ = _spec_of(scratch)
    view, graph = _opened(scratch / "copy.git", scratch / "view")
    plan = ApprovedPlan(RewritePlan(Option.REWRITE, Option.REWRITE, "", "", "", {}, ()), by="", on="")
    built = build(plan, spec, view, graph, scratch / "build", scratch / "public.git", NoProgress())
    claim = built.claim
    refs = {old.hex(): None if new is None else new.hex() for old, new in claim.refs.items()}
    told = {"commits": dict(claim.commits), "tags": dict(claim.tags), "refs": refs}
    (scratch / "claim.json").write_text(json.dumps(told), encoding="utf-8")
    (scratch / "lost.json").write_text(json.dumps([[lost.what, lost.count] for lost in claim.lost]), encoding="utf-8")


def part_proof(scratch: Path) -> None:
    """Read both sides and prove."""
    spec, value = _spec_of(scratch)
    view, graph = _opened(scratch / "copy.git", scratch / "proof-view")
    told = json.loads((scratch / "claim.json").read_text(encoding="utf-8"))
    refs = {bytes.fromhex(old): None if new is None else bytes.fromhex(new) for old, new in told["refs"].items()}
    proven = prove(
        source=view,
        source_graph=graph,
        result=view_of(OwnedRepository(scratch / "public.git")),
        spec=spec,
        claim=RewriteClaim(told["commits"], told["tags"], refs),
        option=Option.REWRITE,
        values=[Secret(value)],
        head="",
        progress=NoProgress(),
    )
    failed = [check.id for check in proven.checks if not check.passed and check.id != "losses"]
    (scratch / "proof.json").write_text(json.dumps(not failed), encoding="utf-8")


def part_audit(scratch: Path) -> None:
    _audit(scratch / "copy.git", scratch / "audit-view")


def part_second_audit(scratch: Path) -> None:
    _audit(scratch / "public.git", scratch / "second-view")


def _audit(repository: Path, folder: Path) -> None:
    history = read_history(read_layout(repository), folder, NoProgress())
    audit_history(history, ScanSettings(Context((), None), _KEY, workers=1), NoMemory(), NoProgress())


_MEASURED: dict[str, Callable[[Path], None]] = {
    "rewrite": part_rewrite,
    "proof": part_proof,
    "audit": part_audit,
    "second audit": part_second_audit,
}


def part_generate(folder: Path, versions: int = 60, rows: int = 600_000) -> None:
    """A small script beside a large table of which every commit has a version; late, the script gets the value."""
    told = History(Person(b"Ada Analyst", b"ada@example.org"))
    table = [b"%08d,%08d,ward-%03d\n" % (row, row * 2654435761 % 10**8, row % 997) for row in range(rows)]
    for version in range(versions):
        for row in range(version, rows, versions * 50):
            table[row] = b"%08d,%08d,ward-%03d\n" % (row, version, row % 997)
        script = b"value = 'TheValueThatGoesAway'\n" if version > versions * _LATE else b"value = None\n"
        told.commit(b"Version %d\n" % version, {b"data/wards.csv": b"".join(table), b"run.py": script})
    repository = OwnedRepository.create(folder)
    repository.run("fast-import", "--quiet", "--force", stdin=told.stream() + b"done\n")
    repository.set_head(MAIN)


_PARTS = {**_MEASURED, "generate": part_generate}


_TITLE = "## The rewrite against git-filter-repo"
_HEAD = f"""\
{_TITLE}

Made by `python -m benchmarks.rewrite --generated REPO …`: one value that first occurs late in the history is replaced.
git-filter-repo runs as `git filter-repo --replace-text`. Seconds of processors (user and system, all processes of a
part together). Both read the repository from disk and write a whole new one. opensafe is told the places, which the
audit knows by then. Verification is the proof and the second audit; for histories of more than a thousand million
bytes the audits are left out here.
"""


def page(results: list[Compared]) -> str:
    rows: list[tuple[str, ...]] = [
        ("", *(result.name for result in results)),
        ("---",) * (1 + len(results)),
        ("commits", *(f"{result.commits:,}" for result in results)),
        ("commits with a new id", *(f"{result.changed:,}" for result in results)),
        ("files' versions", *(f"{result.blobs:,}" for result in results)),
        ("bytes in them", *(f"{result.bytes:,}" for result in results)),
        *((f"{part}, s", *(_seconds(result, part) for result in results)) for part in ("filter-repo", *_MEASURED)),
        ("git-filter-repo : opensafe, processors", *(f"{_ratio(result, 'cpu'):,.1f}" for result in results)),
        ("git-filter-repo : opensafe, clock", *(f"{_ratio(result, 'wall'):,.1f}" for result in results)),
        ("verification : audit, processors", *(_verification(result) for result in results)),
        ("largest process of the rewrite, MiB", *(f"{_peak(r.costs['rewrite']):,.0f}" for r in results)),
        ("largest process of the proof, MiB", *(f"{_peak(r.costs['proof']):,.0f}" for r in results)),
        (
            "every tree as git-filter-repo made it, or untouched",
            *("yes" if result.same_trees else "NO" for result in results),
        ),
        ("proof passed", *("yes" if result.passed else "NO" for result in results)),
    ]
    return _HEAD + "\n" + "".join("| " + " | ".join(row) + " |\n" for row in rows)


def _ratio(result: Compared, of: str) -> float:
    theirs, ours = (getattr(result.costs[part], of) for part in ("filter-repo", "rewrite"))
    return float(theirs / ours)


def _seconds(result: Compared, part: str) -> str:
    return f"{result.costs[part].cpu:,.1f}" if part in result.costs else ""


def _verification(result: Compared) -> str:
    if "audit" not in result.costs:
        return ""
    return f"{(result.costs['proof'].cpu + result.costs['second audit'].cpu) / result.costs['audit'].cpu:.2f}"


def _peak(cost: Cost) -> float:
    return cost.peak / (1 << 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="*", type=Path, metavar="REPO")
    parser.add_argument("--value", help="the value to replace in every REPO")
    parser.add_argument("--generated", action="store_true", help="also a generated history with large data files")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        _PARTS[arguments.part](arguments.repositories[0])
        return
    text = page(list(_all(arguments.repositories, arguments.value, generated=arguments.generated)))
    if arguments.output:
        whole = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
        arguments.output.write_text(with_section(whole, text), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)


def _all(repositories: list[Path], value: str | None, *, generated: bool) -> Iterator[Compared]:
    for repository in repositories:
        name = repository.parent.name if repository.name == "repo" else repository.name
        with tempfile.TemporaryDirectory(prefix="opensafe-rewrite-") as folder:
            yield compare(repository.absolute(), name, Path(folder).resolve(), value.encode() if value else None)
    if generated:
        with tempfile.TemporaryDirectory(prefix="opensafe-rewrite-") as folder:
            made = Path(folder).resolve() / "made.git"
            measured([*_THIS, "--part", "generate", str(made)])  # its memory is not to count
            yield compare(made, "data-heavy", Path(folder).resolve(), b"TheValueThatGoesAway")


if __name__ == "__main__":
    main()

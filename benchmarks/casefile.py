"""How long a large case takes: 100,000 findings with 300,000 places, generated, written, read back and decided about.

    python -m benchmarks.casefile [--findings 100000] [--runs 3] [--output docs/measured.md]

Seconds are of processor time, so that other work on the machine does not count: of this process for the index, and of
a process of its own for each command, with its start (not on Windows, which does not tell). Modules are compiled
beforehand, as those of an installed package are.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks.document import with_section
from benchmarks.openedcase import LATER, Words, opened
from opensafe.casefile.config import CaseConfig
from opensafe.casefile.folder import Case
from opensafe.casefile.json_rows import json_rows
from opensafe.model.audit import AuditRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import Place, PlaceKind
from opensafe.reports.json_findings import MAX_PLACES

_TITLE = "Commands on a large case"
PLACES_EACH = 3
_LATER_CODES = frozenset({0, 13})  # nothing is ready: the rows of the checklist are open
KEY = FingerprintKey(bytes(range(32)))


def place(number: int) -> Place:
    path = f"analysis/part_{number % 997:03}/script_{number % 4999:04}.R"
    return Place(
        kind=PlaceKind.BLOB,
        oid=Oid(f"{number * 2654435761 % 2**64:040x}"),
        path=path,
        path_key=KEY.name(path.encode()),
        ref=None,
        ref_key=None,
        line=number % 1000 + 1,
        column=number % 80 + 1,
        start=number * 7,
        end=number * 7 + 20,
        via=("zip:word/document.xml",) if number % 10 == 0 else (),
        first_commit=Oid(f"{number % 5000:040x}"),
        last_commit=Oid(f"{number % 6000:040x}"),
        in_head=number % 2 == 0,
        published=True,
    )


def finding(number: int) -> Finding:
    category = list(Category)[number % len(Category)]
    return Finding(
        id=KEY.finding(category.value, str(number).encode()),
        category=category,
        detector="secrets.generic-assignment",
        witnesses=("secrets.generic-assignment", "secrets.catalogue"),
        title="A credential in an assignment",
        severity=list(Severity)[number % len(Severity)],
        confidence=Confidence.HIGH,
        form=Form.TOKEN,
        masked="[token, up to 32 characters]",
        why="the name of the setting says that it is a credential",
        person=None,
        occurrences=PLACES_EACH,
        published=True,
        in_head=number % 2 == 0,
        places=tuple(place(number * PLACES_EACH + at) for at in range(PLACES_EACH)),
    )


def record(findings: int) -> AuditRecord:
    source = SourceState("0" * 64, None, "refs/heads/main", 5000, "sha1")
    made = tuple(map(finding, range(findings)))
    return AuditRecord(source, "rules", "0.1.0", "2025-01-01T00:00:00Z", 60.0, made, Coverage(1, 1, 1))


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def commands(some_id: str, some_secret: str, folder: Path) -> dict[str, Words]:
    """What people do all day, as they type it."""
    decide = ("decide", "--all", "--category", "secret", "--severity", "high", "--action", "redact", "--by", "Ann")
    return {
        "status": ("status",),
        "findings": ("findings",),
        "findings --path": ("findings", "--path", "analysis/part_001/*"),
        "findings --group": ("findings", "--group", "detector"),
        "findings --suggest": ("findings", "--suggest"),
        "findings --group path": ("findings", "--group", "path"),
        "show": ("show", some_id[:14]),
        "decide one": ("decide", some_id, "--action", "keep", "--reason", "public", "--by", "Ann"),
        "decide --dry-run": (*decide, "--dry-run"),
        "decide --all": decide,
        "decide --undo": (*decide, "--undo"),
        "decide --sheet, CSV": ("decide", "--sheet", str(folder / "sheet.csv"), "--category", "secret"),
        "decide --sheet, xlsx": ("decide", "--sheet", str(folder / "sheet.xlsx"), "--category", "secret"),
        "decide --from": ("decide", "--from", str(folder / "sheet.csv")),
        "rotate list": ("rotate", "list"),
        "rotate record": ("rotate", "record", some_secret, "--state", "rotating", "--owner", "IT", "--by", "Ann"),
        "rotate sheet": ("rotate", "sheet"),
        "log verify": ("log", "verify"),
        "status, decided": ("status",),
        "report --format statement": ("report", "--format", "statement"),
        "report --format hosting": ("report", "--format", "hosting"),
        "report --format disclosure": ("report", "--format", "disclosure"),
        "report": ("report",),
        "findings --json": ("--json", "findings"),
        "report --format csv": ("report", "--format", "csv"),
        "report --format sarif": ("report", "--format", "sarif"),
        "report --format json": ("report", "--format", "json"),
    }


def fill_in(sheet: Path) -> None:
    """Every row decided, as somebody would who drags one answer down."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "Decision": "redact", "Decided by": "Ann"} for row in rows)


def run(case: Path, words: Words) -> float:
    """Seconds of processor time of one command, from the start of its process to the end."""
    return spent(case, words, frozenset({0}))


def spent(case: Path, words: Words, ok: frozenset[int]) -> float:
    """The same of a command that may end with other codes."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "opensafe", "--no-input", "--case", str(case), *words],
        capture_output=True,
        check=False,
        env=_compiled(),
    )
    after = os.times()
    assert done.returncode in ok, done.stderr.decode()
    return after.children_user + after.children_system - before.children_user - before.children_system


@cache
def _compiled() -> dict[str, str]:
    """The environment of each command: what Python compiles is kept in a folder, and all modules are in it already."""
    told = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="opensafe-compiled-")
    load = "import opensafe, pkgutil; from importlib import import_module; import jinja2, orjson, xlsxwriter\n"
    load += "for module in pkgutil.walk_packages(opensafe.__path__, 'opensafe.'):\n"
    load += "    if not module.name.endswith('__main__'): import_module(module.name)"
    subprocess.run([sys.executable, "-P", "-c", load], check=True, env=told)
    return told


def measured(findings: int, folder: Path) -> tuple[dict[str, float], float]:
    """Seconds of each operation on the index and of each command, in order; and the size of the index in MB."""
    made = record(findings)
    some_id = made.findings[findings // 2].id
    source = folder / "source"
    subprocess.run(["git", "init", "--quiet", str(source)], check=True)
    case = Case.create(folder / "case", CaseConfig(source=str(source), name="large"))
    index = case.index
    work: dict[str, Callable[[], object]] = {
        "index: write": lambda: index.write(made),
        "index: summary": index.summary,
        "index: all findings": index.findings,
        "index: finding by prefix": lambda: index.finding_by_prefix(some_id[:14]),
        "index: places of one": lambda: index.places(some_id),
        "index: all places": index.all_places,
        "index: all findings as JSON": lambda: sum(len(row.text) for row in json_rows(index, MAX_PLACES)),
        "index: digest": index.digest,
    }
    seconds = {name: timed(call) for name, call in work.items()}
    run(case.root, ("status",))  # the first command of all compiles what it alone loads
    some_secret = next(found.id for found in made.findings if found.category is Category.SECRET)
    for title, words in commands(some_id, some_secret, folder).items():
        if title == "decide --from":
            fill_in(folder / "sheet.csv")
        seconds[title] = run(case.root, words)
    seconds |= later(made, folder)
    return seconds, index.path.stat().st_size / 1e6


def later(made: AuditRecord, folder: Path) -> dict[str, float]:
    """Seconds of the commands that need a new history."""
    case = opened(folder, made, run)
    return {title: spent(case, words, _LATER_CODES) for title, words in LATER.items()}


def best_of(runs: int, findings: int) -> tuple[dict[str, float], float]:
    """The same of several runs, of each line the shortest: what else the machine does only adds to it."""
    every = [_one(findings) for _ in range(runs)]
    _, size = every[0]
    return {name: min(seconds[name] for seconds, _ in every) for name in every[0][0]}, size


def _one(findings: int) -> tuple[dict[str, float], float]:
    with tempfile.TemporaryDirectory() as folder:
        return measured(findings, Path(folder))


def section(findings: int, runs: int) -> str:
    seconds, size = best_of(runs, findings)
    rows = "\n".join(f"| {name} | {spent:.2f} |" for name, spent in seconds.items())
    return f"""## {_TITLE}

Made by `python -m benchmarks.casefile --output docs/measured.md`: a generated case with {findings:,} findings in
{findings * PLACES_EACH:,} places, an index of {size:.0f} MB. Seconds of processor time of each operation on the index,
and of each command in a process of its own, with the start of the interpreter; of each, the shortest of {runs} runs.
`decide --all` decides about a fifth of the findings. A sheet of decisions has 5,000 rows, the work sheets 200
credentials; from `rotate list` on, 45,001 decisions are on record. `report` lists 1,000 findings and has a table of all
beside it. The four lines from `findings --json` on write every finding out (SARIF takes 25,000). The lines after them
are of another case of that size, of a small repository whose new version is prepared. From `decide --all, redact` on,
all of its findings are to be redacted: a plan then works out {findings * PLACES_EACH:,} changes, of as many files, for
each option.

Documents of all findings and plans take more than a second, and cannot take less as they are made (decision 0045). A
document has 200 MB: it takes at least the start of the interpreter and `index: all findings as JSON`, its text without
anything else. A plan reads a row for each place, sorts them by blob and makes a change of each: half of its time.
Every other line is to stay below a second.

| What | s |
| --- | --- |
{rows}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    text = section(given.findings, given.runs)
    if given.output is None:
        print(text)
    else:
        before = given.output.read_text("utf-8") if given.output.exists() else ""
        given.output.write_text(with_section(before, text), "utf-8")


if __name__ == "__main__":
    main()

"""How long a large case takes: 100,000 findings with 300,000 places, generated, written, read back and decided about.

Run with: python -m benchmarks.casefile [FINDINGS]

Seconds are of this process's own work (CPU), so that other work on the machine does not count.
"""

import contextlib
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from opensafe.casefile.config import CaseConfig
from opensafe.casefile.folder import Case
from opensafe.cli.main import invoke
from opensafe.model.audit import AuditRecord, SourceState
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import Place, PlaceKind

PLACES_EACH = 3
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


def commands(some_id: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """What people do all day, as they type it."""
    decide = ("decide", "--all", "--category", "secret", "--severity", "high", "--action", "redact", "--by", "Ann")
    return {
        "status": ("status",),
        "findings": ("findings",),
        "findings --path": ("findings", "--path", "analysis/part_001/*"),
        "findings --group": ("findings", "--group", "detector"),
        "findings --suggest": ("findings", "--suggest"),
        "show": ("show", some_id[:14]),
        "decide one": ("decide", some_id, "--action", "keep", "--reason", "public", "--by", "Ann"),
        "decide --dry-run": (*decide, "--dry-run"),
        "decide --all": decide,
        "decide --undo": (*decide, "--undo"),
        "decide --sheet": ("decide", "--sheet", str(folder / "sheet.csv"), "--category", "secret"),
        "rotate list": ("rotate", "list"),
        "status, decided": ("status",),
    }


def run(case: Path, words: tuple[str, ...]) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        code = invoke(["--no-input", "--case", str(case), *words])
    assert code == 0, told.getvalue()


def main(findings: int) -> None:
    made = record(findings)
    some_id = made.findings[findings // 2].id
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        subprocess.run(["git", "init", "--quiet", str(source)], check=True)
        case = Case.create(Path(folder, "case"), CaseConfig(source=str(source), name="large"))
        index = case.index
        work: dict[str, Callable[[], object]] = {
            "write": lambda: index.write(made),
            "summary": index.summary,
            "findings": index.findings,
            "finding_by_prefix": lambda: index.finding_by_prefix(some_id[:14]),
            "places of one": lambda: index.places(some_id),
            "all_places": index.all_places,
            "digest": index.digest,
        }
        print(f"{findings:,} findings, {findings * PLACES_EACH:,} places")
        for name, call in work.items():
            print(f"{name:20}{timed(call):10.3f} s")
        for title, words in commands(some_id, Path(folder)).items():
            print(f"{title:20}{timed(lambda words=words: run(case.root, words)):10.3f} s")  # type: ignore[misc] # bound
        print(f"{'size':20}{index.path.stat().st_size / 1e6:10.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

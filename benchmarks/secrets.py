"""Recall and precision of the secret detectors on labelled, generated source files, line by line.

    python -m benchmarks.secrets --output docs/measured.md [--files N] [--betterleaks PROGRAM]
                                   [--kingfisher PROGRAM]

A line counts as reported when a secret of high or medium confidence begins on it; what is reported with low confidence
is counted apart. Every filter says its reason, so the table of filters counts reasons: what would be reported as well
if only this reason did not count. Other scanners run on the same files with their defaults, without live checks.
"""

import argparse
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.document import with_section
from benchmarks.labelled import Generator, LabelledFile
from opensafe.model.context import Context
from opensafe.model.finding import Category, Confidence
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings

_TITLE = "Secrets in labelled source files"
_SEED = 4
_FOUND = (0, 1, 200, 205)  # exit codes of scanners that came to an end

Lines = set[tuple[str, int]]
"""Path and number of a line, counted from 1."""


@dataclass
class Reported:
    """What one scanner says: lines with confidence, lines without, and for the latter the reasons."""

    sure: Lines = field(default_factory=set)
    low: Lines = field(default_factory=set)
    reasons: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))


def ours(files: Iterable[LabelledFile], detector: str = "") -> Reported:
    """What opensafe reports: all detectors, or one."""
    scanner = ContentScanner(ScanSettings(Context(), FingerprintKey(bytes(KEY_BYTES)), workers=1))
    reported = Reported()
    for file in files:
        for match in scanner.scan(Oid(""), file.data, file.path.encode(), PlaceKind.BLOB).matches:
            verdict = match.verdict
            if verdict.category is not Category.SECRET or detector not in verdict.detector:
                continue
            line = (file.path, match.line)
            if verdict.confidence is not Confidence.LOW:
                reported.sure.add(line)
            else:
                reported.low.add(line)
                reported.reasons[line] |= set(verdict.why.split("; ")[1:])
    reported.low -= reported.sure
    return reported


def _of_betterleaks(program: Path, folder: Path, report: Path) -> list[tuple[str, int]]:
    _run([program, folder, "--no-banner", "--output", report])
    found = json.loads(report.read_text("utf-8"))["findings"]
    return [(item["location"]["path"], item["location"]["start_line"]) for item in found]


def _of_kingfisher(program: Path, folder: Path, report: Path) -> list[tuple[str, int]]:
    _run([program, "scan", folder, "--no-validate", "--no-update-check", "--format", "json", "--output", report])
    found = json.loads(report.read_text("utf-8"))["findings"]
    return [(item["finding"]["path"], item["finding"]["line"]) for item in found]


_PEERS: dict[str, Callable[[Path, Path, Path], list[tuple[str, int]]]] = {
    "kingfisher": _of_kingfisher,
    "betterleaks": _of_betterleaks,
}


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in _FOUND:
        raise SystemExit(f"{command[0]} ended with {done.returncode}")


def theirs(name: str, program: Path, files: Iterable[LabelledFile]) -> Reported:
    """What another scanner reports on the same files."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "files")
        for file in files:
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)
        found = _PEERS[name](program, folder, Path(scratch, "report.json"))
        return Reported(sure={(Path(path).relative_to(folder).as_posix(), line) for path, line in found})


def figures(files: Iterable[LabelledFile], lines: Lines) -> tuple[float, float, float]:
    """Precision, recall and F1 over lines."""
    labelled = {(file.path, number) for file in files for number, line in enumerate(file.lines, 1) if line.holds}
    right = len(labelled & lines)
    precision, recall = right / max(1, len(lines)), right / max(1, len(labelled))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def by_kind(files: Iterable[LabelledFile], reported: Reported) -> list[tuple[str, ...]]:
    """For each kind of value: lines, and how they are reported, credentials first."""
    counted: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for file in files:
        for number, line in enumerate(file.lines, 1):
            at = (file.path, number)
            how = "sure" if at in reported.sure else "low" if at in reported.low else "not"
            counted[not line.holds, line.kind][how] += 1
    return [
        ("no" if is_false else "yes", kind, *(f"{counts[how]:,}" for how in ("sure", "low", "not")))
        for (is_false, kind), counts in sorted(counted.items())
    ]


def by_reason(files: Iterable[LabelledFile], reported: Reported) -> list[tuple[str, ...]]:
    """For each reason against a value: lines that are low by it alone, and by it among others, false and true."""
    holding = {(file.path, number) for file in files for number, line in enumerate(file.lines, 1) if line.holds}
    alone: Counter[tuple[str, bool]] = Counter()
    among: Counter[tuple[str, bool]] = Counter()
    for line in reported.low:
        reasons = reported.reasons[line]
        for reason in reasons:
            (alone if len(reasons) == 1 else among)[reason, line in holding] += 1
    said = sorted({reason for reason, _ in (*alone, *among)})
    return [
        (reason, *(f"{counts[reason, holds]:,}" for counts in (alone, among) for holds in (False, True)))
        for reason in said
    ]


_INTRODUCTION = """\
Made by `python -m benchmarks.secrets`: {files:,} generated files in {paths} kinds, {lines:,} lines, {holding:,} of
which hold a credential. The generator shares no code and no words with the detectors. A line is reported when a secret
of high or medium confidence begins on it. The set is our own, and kinder than the world: it shows what is lost, and
what each filter does, not what to expect elsewhere."""
_KINDS = "How each kind of value is reported by opensafe:"
_REASONS = """\
What each reason against a value does. The first two columns count the lines that are low for this reason alone, and
would be reported without it; the next two those with further reasons."""


def section(files: list[LabelledFile], peers: dict[str, Path]) -> str:
    """The section of the page of figures."""
    reported = ours(files)
    scanners = {"opensafe": reported.sure, "opensafe, low confidence as well": reported.sure | reported.low}
    scanners["opensafe, generic assignment alone"] = ours(files, "generic").sure
    scanners |= {name: theirs(name, program, files).sure for name, program in peers.items()}
    rows = [
        (name, f"{len(lines):,}", *(f"{figure:.2f}" for figure in figures(files, lines)))
        for name, lines in scanners.items()
    ]
    parts = (
        f"## {_TITLE}",
        _introduction(files),
        _table(("Scanner", "lines reported", "precision", "recall", "F1"), rows),
        _KINDS,
        _table(("Credential", "Value", "reported", "low", "not"), by_kind(files, reported)),
        _REASONS,
        _table(("Reason", "others", "credentials", "others, more", "credentials, more"), by_reason(files, reported)),
    )
    return "\n\n".join(parts) + "\n"


def _introduction(files: list[LabelledFile]) -> str:
    return _INTRODUCTION.format(
        files=len(files),
        paths=len({file.path.partition("/")[2] for file in files}),
        lines=sum(len(file.lines) for file in files),
        holding=sum(line.holds for file in files for line in file.lines),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path)
    parser.add_argument("--files", type=int, default=600)
    for name in _PEERS:
        parser.add_argument(f"--{name}", type=Path)
    given = vars(parser.parse_args())
    files = list(Generator(_SEED).files(given["files"]))
    text = section(files, {name: given[name] for name in _PEERS if given[name]})
    if given["output"] is None:
        print(text)
    else:
        output: Path = given["output"]
        before = output.read_text("utf-8") if output.exists() else ""
        output.write_text(with_section(before, text), "utf-8")


if __name__ == "__main__":
    main()

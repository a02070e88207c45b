"""Takes real repositories the whole way, unattended, and writes what was measured. Counts only: nobody's data.

    python -m benchmarks.journey --output docs/measured.md REPO [REPO …]

Each REPO is a clone (work tree or bare). Every step is the public command in a process of its own; the decisions are
the bluntest possible (everything goes), which is the hardest case for rewrite and proof.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.document import with_front

PERSON = "A Measurer"
EVERYTHING = ["decide", "--all", "--state", "open", "--by", PERSON, "--reason", "measurement"]
ATTESTED = ["--answer", "not-applicable", "--by", PERSON, "--role", "ig-lead", "--evidence", "measurement only"]


@dataclass
class Command:
    """One command: wall-clock seconds, peak memory of its largest process (bytes), exit code."""

    name: str
    seconds: float
    peak: int
    code: int


@dataclass
class Journey:
    """What one repository gave."""

    name: str
    commands: list[Command] = field(default_factory=list)
    findings: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    rewrite: dict[str, Any] = field(default_factory=dict)
    verify: dict[str, Any] = field(default_factory=dict)
    tag: str = ""


class Runner:
    """Runs opensafe commands on one case."""

    def __init__(self, case: Path, journey: Journey) -> None:
        self._case = case
        self._journey = journey

    def run(self, *words: str, ok: tuple[int, ...] = (0,)) -> dict[str, Any]:
        """One command with `--json`; its document."""
        vector = [sys.executable, "-P", "-m", "opensafe", "--case", str(self._case), "--json", "--no-input", *words]
        began = time.perf_counter()
        code, peak, out, err = measured(vector)
        self._journey.commands.append(Command(" ".join(words[:2]), time.perf_counter() - began, peak, code))
        if code not in ok:
            raise SystemExit(f"{words}: exit {code}\n{err.decode()}\n{out.decode()[:2000]}")
        document: dict[str, Any] = json.loads(out)
        return document


def measured(vector: list[str]) -> tuple[int, int, bytes, bytes]:
    """Exit code, peak memory in bytes of this process or of the largest that it waited for, stdout, stderr."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(vector, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, usage.ru_maxrss * 1024, out.read(), err.read()


def take(source: Path, scratch: Path) -> Journey:
    """The whole way, from start to the tag."""
    journey = Journey(source.parent.name if source.name == "repo" else source.name)
    runner = Runner(scratch / f"{journey.name}.opensafe", journey)
    runner.run("start", str(source), "--organisation", "Measurement")
    journey.findings = runner.run("audit", ok=(0, 10, 11))
    decide(runner, journey.findings)
    journey.plan = runner.run("plan")
    runner.run("plan", "--approve", "--by", PERSON)
    journey.rewrite = runner.run("rewrite")
    journey.verify = runner.run("verify")
    release(runner, journey)
    return journey


def decide(runner: Runner, found: dict[str, Any]) -> None:
    """Everything goes: secrets and data redacted, people renamed, outputs stripped, data files removed."""
    present = {finding["category"] for finding in found["findings"] if "covered_by" not in finding}
    actions = {"secret": "redact", "name": "rename", "data": "redact"}
    for category in sorted(present & actions.keys()):
        runner.run(*EVERYTHING, "--category", category, "--action", actions[category])
    settings = [f["id"] for f in found["findings"] if f["category"] == "setting"]
    for finding in settings:
        hosts = [f for f in found["findings"] if f["id"] == finding and f["detector"].startswith("secrets.")]
        action = "redact" if hosts else "keep"
        runner.run("decide", finding, "--by", PERSON, "--reason", "measurement", "--action", action)
    if any(f["category"] == "file" and "notebook" in f["detector"] for f in found["findings"]):
        runner.run(
            *EVERYTHING, "--category", "file", "--detector", "data.notebook-outputs", "--action", "strip-outputs"
        )
    if any(f["category"] == "file" and "notebook" not in f["detector"] for f in found["findings"]):
        runner.run(*EVERYTHING, "--category", "file", "--action", "remove-file")
    skips = [skip["id"] for skip in found["coverage"]["skipped"]]
    if skips:
        runner.run("decide", *skips, "--action", "accept", "--by", PERSON, "--reason", "measurement")
    credentials = [row["finding"] for row in runner.run("rotate", "list")["rotations"]]
    if credentials:
        said = ["--owner", "nobody", "--by", PERSON, "--evidence", "measurement only"]
        runner.run("rotate", "record", *credentials, "--state", "never-valid", *said)


def release(runner: Runner, journey: Journey) -> None:
    runner.run("scaffold", "--contact", "open.source@example.org", "--holder", "Measurement", "--no-crown-body")
    runner.run("release", "--prepare")
    for row in runner.run("check", ok=(0, 13))["rows"]:
        if row["level"] == "mandatory" and row["answer"] != "met":
            runner.run("attest", row["id"], *ATTESTED)
    for role in ("lead-developer", "ig-lead"):
        runner.run("signoff", "--role", role, "--by", PERSON)
    journey.tag = runner.run("release")["details"]["tag"]
    runner.run("report", "--format", "html")
    runner.run("log", "verify")


def machine() -> str:
    git = subprocess.run(["git", "--version"], capture_output=True, check=True).stdout.decode().strip()
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {git}"


def table(rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


_HEAD = """\
# Measured

Made by `python -m benchmarks.journey --output docs/measured.md REPO …` on full clones of the public repositories
that the columns name. {machine}. Only counts are shown.

The decisions were the bluntest possible: every credential and every item of personal data redacted, every person
renamed, every notebook's outputs stripped, every data file removed. That is the hardest case for the rewrite and the
proof, not advice.
"""
_FOUND = """\
Distinct values or questions, by category and severity. These repositories are public and hold synthetic data and
their authors' names: a finding is a question, not an accusation.
"""
_COST = """\
Wall-clock seconds of the commands, each in a process of its own, interpreter start included, and the largest process
of the whole journey.
"""


def page(journeys: list[Journey]) -> str:
    """The whole of docs/measured.md."""
    head = ("", *(journey.name for journey in journeys))
    sections = [
        _HEAD.format(machine=machine()),
        "## What was read\n",
        table([head, *reading(journeys)]),
        "## What was found\n",
        _FOUND,
        table([head, *found(journeys)]),
        "## What the rewrite changed\n",
        table([head, *changed(journeys)]),
        "## What the proof compared\n",
        *proof(journeys),
        "## What it cost\n",
        _COST,
        table([head, *cost(journeys)]),
    ]
    return "\n".join(sections)


def reading(journeys: list[Journey]) -> list[tuple[str, ...]]:
    covers = [journey.findings["coverage"] for journey in journeys]
    rows = [
        ("objects present", *(f"{cover['objects']:,}" for cover in covers)),
        ("objects read", *(f"{cover['read']:,}" for cover in covers)),
        *((f"of these {kind}s", *(f"{cover['by_kind'][kind]:,}" for cover in covers)) for kind in covers[0]["by_kind"]),
        ("bytes", *(f"{cover['bytes']:,}" for cover in covers)),
    ]
    reasons = sorted({skip["reason"] for cover in covers for skip in cover["skipped"]})
    counted = [Counter(skip["reason"] for skip in cover["skipped"]) for cover in covers]
    return rows + [(f"skipped: {reason}", *(f"{count[reason]:,}" for count in counted)) for reason in reasons]


def found(journeys: list[Journey]) -> list[tuple[str, ...]]:
    counted = [Counter((f["category"], f["severity"]) for f in journey.findings["findings"]) for journey in journeys]
    severities = ["critical", "high", "medium", "low", "info"]
    keys = sorted({key for count in counted for key in count}, key=lambda k: (k[0], severities.index(k[1])))
    return [
        (f"{category}, {severity}", *(f"{count[category, severity]:,}" for count in counted))
        for category, severity in keys
    ]


def changed(journeys: list[Journey]) -> list[tuple[str, ...]]:
    details = [journey.rewrite["details"] for journey in journeys]
    rows = [
        (title, *(f"{detail[key]:,}" for detail in details))
        for title, key in (
            ("commits published", "commits"),
            ("commits with a new id", "changed"),
            ("file versions changed", "blobs_changed"),
            ("file versions removed", "files_removed"),
        )
    ]
    return [*rows, ("lost", *("; ".join(detail["lost"]) or "nothing" for detail in details))]


def proof(journeys: list[Journey]) -> list[str]:
    """One list for each repository: the figures of the checks, in the product's own words."""
    parts: list[str] = []
    for journey in journeys:
        parts.append(f"### {journey.name}\n")
        checks = journey.verify["checks"]
        parts.append("".join(f"- {c['id']} {_outcome(c)}: {c['figure']}\n" for c in checks))
    return parts


def _outcome(check: dict[str, Any]) -> str:
    return "passed" if check["passed"] else "FAILED"


def cost(journeys: list[Journey]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for step in ("start", "audit", "plan", "rewrite", "verify", "scaffold", "check", "release", "report --format"):
        seconds = [
            sum(c.seconds for c in j.commands if (c.name.split(" ")[0] == step or c.name == step)) for j in journeys
        ]
        rows.append((f"{step.split(' ')[0]}, s", *(f"{value:.1f}" for value in seconds)))
    rows.append(("all commands, s", *(f"{sum(c.seconds for c in j.commands):.1f}" for j in journeys)))
    rows.append(("peak memory, MiB", *(f"{max(c.peak for c in j.commands) / (1 << 20):,.0f}" for j in journeys)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="opensafe-journey-"))
    try:
        journeys = [take(repository.absolute(), scratch) for repository in arguments.repositories]
        text = page(journeys)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if arguments.output:
        whole = arguments.output.read_text(encoding="utf-8") if arguments.output.exists() else ""
        arguments.output.write_text(with_front(whole, text), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()

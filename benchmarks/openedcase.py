"""A case on its last steps that has as many findings as somebody likes: what check, sign-offs and a release cost then.

A small repository is taken to its prepared version; then the index of its case is replaced by a large one.
"""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.model.audit import AuditRecord

WHO = ("--by", "Ann")
_OTHER = ("--by", "Ben", "--role", "ig-lead", "--evidence", "ticket 7: looked at by two people")
_SCORES = ("--likelihood", "3", "--severity", "8", "--new-likelihood", "1", "--new-severity", "8")
_RISK = ("--description", "a key may work", "--subject", "an archive", "--treatment", "it may only read", *_SCORES)

Words = tuple[str, ...]

SCAFFOLD = ("scaffold", "--contact", "open.source@example.org", "--no-crown-body", *WHO)


def way(source: Path) -> list[Words]:
    """From the start to a prepared version: the repository holds nothing that anybody has to decide about."""
    return [
        ("start", str(source)),
        ("audit", "--workers", "1"),
        ("plan",),
        ("plan", "--approve", *WHO),
        ("rewrite",),
        ("verify", "--workers", "1"),
        SCAFFOLD,
        ("release", "--prepare", *WHO),
    ]


LATER: dict[str, Words] = {
    "status, prepared": ("status",),
    "check": ("check",),
    "attest": ("attest", "B3", "--answer", "met", *_OTHER),
    "signoff": ("signoff", "--role", "lead-developer", *WHO),
    "category set": ("category", "set", "open-source", "--reason", "training", *WHO),
    "risk add": ("risk", "add", *_RISK, *WHO),
    "release, refused": ("release", *WHO),
    "log show": ("log", "show"),
    "decide --suggested": ("decide", "--suggested", *WHO),
    "decide --all, redact": ("decide", "--all", "--action", "redact", *WHO),
    "status, all decided": ("status",),
    "check, all decided": ("check",),
    "plan": ("plan",),
    "plan --approve": ("plan", "--approve", *WHO),
    "scaffold": SCAFFOLD,
    "close": ("close", "--reason", "done", "--yes", *WHO),
}
"""What is done with it, by the name under which it is measured."""


def opened(folder: Path, record: AuditRecord, say: Callable[[Path, Words], object]) -> Path:
    """The folder of the case. `say` runs one command on it."""
    source, case = folder / "opened", folder / "opened.case"
    git = ["git", "-C", str(source), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", "--template=", str(source)], check=True)
    (source / "README.md").write_text("# Wards\n\nCounts beds.\n", encoding="utf-8")
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "Count beds"], check=True)
    for words in way(source):
        say(case, words)
    index = Case.open(case).index
    audited = index.summary()
    assert audited is not None
    index.write(replace(record, source=audited.source))  # a plan asks whether the source is as it was
    return case

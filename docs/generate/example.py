"""`docs/example`: a complete case of the demo's repository, as `docs.generate.example_case` goes through it."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from docs.generate.markdown import page, table

_FILES = {
    "report.html": "The page for the IG lead: verdict, findings, decisions, proof, rotation, sign-offs, log",
    "disclosure.html": "The same record for a reader outside: no names of staff, no detail of security",
    "rotation-sheet.html": "Work sheets for the owners of credentials, to print, from the day when work began",
    "rotations.json": "The rotation record at the end (`opensafe rotate list --json`)",
    "risks.csv": "The risk register",
    "statement.md": "What may be said in public: counts and dates",
    "log.jsonl": "The hash-chained log of every step",
}
_HEAD = """\
# A complete case

The repository of `opensafe demo`, taken all the way in sixteen days of September 2021. This folder is generated:
`python -m docs.generate`. The tests make it anew and compare.

The HTML pages are for people who never open a terminal: save one, and open it in a browser. People, trust, tickets and
patients are invented. Clock, account and the key of the case stand still for this example, so that it is the same each
time. A real case draws its key by lot.
"""
_COMMANDS = """\
## What was typed

Two lines were written in `case.toml` as well: who has which role, and when copies are destroyed.
"""


def example_files() -> dict[str, bytes]:
    """Every file of the example by its name, made anew. Raises RuntimeError where a command of it failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        command = [sys.executable, "-m", "docs.generate.example_case", str(folder)]
        top = Path(__file__).parents[2]
        done = subprocess.run(command, check=False, cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        files = {file: (folder / "kept" / file).read_bytes() for file in _FILES}
        typed = (folder / "typed.txt").read_text(encoding="utf-8")
    return {"README.md": _page(typed, files).encode(), **files}


def _page(typed: str, files: Mapping[str, bytes]) -> str:
    rows = ((f"[{name}]({name})", what) for name, what in _FILES.items())
    listed = table(("File", "What it is"), rows)
    commands = re.sub(r"\bF-([a-z2-7]{4})[a-z2-7]{22}\b", r"F-\1", typed)  # people type the beginning of an id
    head = files["log.jsonl"].splitlines()[-1].decode().partition('"hash":"')[2][:64]
    closing = f"The log ends with the head `{head}`."
    return page([_HEAD, *listed, "", _COMMANDS, "```sh", commands.strip(), "```", "", closing])

"""Goes through a whole case of the demo's repository with a clock that stands still.

    python -m docs.generate.example_case DIR

Started by `docs.generate.example`, in a process of its own. Every step is a public command, as a person types it. What
is to be kept lies in `DIR/kept` then, and what was typed in `DIR/typed.txt`.
"""

import importlib
import io
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from docs.generate.stopped_clock import hold_still

LEAD, IG, OWNER = "Dana Demo", "Ira Governance", "Owen Warehouse"
_ANSWERS = """\
description = "Counts how full the wards are, hour by hour, from extracts of the bed management system."
intended-use = "For analysts of NHS trusts who plan beds. It is not for the care of single patients."
data-description = "It expects an extract of bed moves without identifiers. No data is in this repository."
maintainer = "The analytics team of Example NHS Trust"
regulation = "Not a medical device: it supports planning, not care. Reviewed by the IG lead."
status = "beta"
contact = "open.source@example.org"
crown-body = false
"""
_REPORTS = {
    "html": "report.html",
    "disclosure": "disclosure.html",
    "statement": "statement.md",
    "risks": "risks.csv",
}
_DONE = frozenset({0})
_FINDINGS_OPEN = frozenset({0, 10})


class Example:
    """The demo's repository and its case in a folder; every command is kept as it was typed."""

    def __init__(self, folder: Path) -> None:
        self._clock = hold_still()
        self._invoke: Callable[[list[str]], int] = importlib.import_module("opensafe.cli.main").invoke
        importlib.import_module("opensafe.stories.demo").build_demo(folder / "ward-occupancy")
        self._folder = folder
        self._case = folder / "ward-occupancy.opensafe"
        self._kept = folder / "kept"
        self._kept.mkdir()
        self.typed: list[str] = []

    def go(self) -> None:
        """From the first look to the tag, in a little over two weeks."""
        self._first_day()
        self._decisions()
        self._rotation()
        self._rewrite()
        self._readiness()
        self._record()

    def _first_day(self) -> None:
        self._at("2021-09-06 09:00")
        self._run("start", str(self._folder / "ward-occupancy"), "--organisation", "Example NHS Trust", "--by", LEAD)
        self._settle()
        self._at("2021-09-06 09:05")
        self._run("audit", "--workers", "1", "--by", LEAD, ok=_FINDINGS_OPEN)

    def _settle(self) -> None:
        """What a team writes into `case.toml`: who has which role, and when copies are destroyed."""
        tomlkit = importlib.import_module("tomlkit")
        file = self._case / "case.toml"
        config = tomlkit.parse(file.read_text(encoding="utf-8"))
        config["roles"] = {"lead-developer": LEAD, "ig-lead": IG}
        config["answers"] = {"destroy-by": "2021-12-31"}
        file.write_text(tomlkit.dumps(config), encoding="utf-8", newline="\n")

    def _decisions(self) -> None:
        everything = ("decide", "--all", "--state", "open", "--by", LEAD)
        self._at("2021-09-06 10:30")
        self._run(*everything, "--category", "secret", "--action", "redact", "--reason", "no credential is published")
        self._run(*everything, "--category", "name", "--action", "rename", "--reason", "nobody asked for credit")
        self._run(*everything, "--category", "setting", "--action", "redact", "--reason", "inside of the network")
        self._run(*everything, "--category", "file", "--text", "notebook", "--action", "strip-outputs")
        self._run(*everything, "--category", "file", "--action", "remove-file", "--reason", "patients' records")

    def _rotation(self) -> None:
        """A token is revoked, a password rotated; one that nobody can change yet is a risk, on the register."""
        warehouse, test, token = self._credentials()
        self._at("2021-09-07 09:00")
        self._run("rotate", "public", "--never", "--by", LEAD, "--reason", "the host shows its access list since 2020")
        owned = ("rotate", "record", warehouse, test, "--state", "rotating", "--owner", OWNER, "--by", LEAD)
        self._run(*owned, "--opens", "the warehouse of extracts")
        self._run("rotate", "sheet", "--output", str(self._kept / "rotation-sheet.html"), "--by", LEAD)
        self._at("2021-09-10 15:20")
        seen = ("--evidence", "ticket IT-2107: the host lists the token as revoked", "--second", IG)
        self._run(
            "rotate", "record", token, "--state", "revoked", "--owner", LEAD, "--on", "2021-09-08", "--by", LEAD, *seen
        )
        changed = ("--evidence", "ticket DB-311, closed by the warehouse team", "--second", OWNER)
        self._run("rotate", "record", warehouse, "--state", "rotated", "--on", "2021-09-10", "--by", LEAD, *changed)
        self._accept(test)

    def _accept(self, credential: str) -> None:
        self._run(
            "risk", "add", "--description", "the password of the test server still works",
            "--subject", "a server with invented patients", "--likelihood", "4", "--severity", "3",
            "--treatment", "it is reached from inside the network only, and is switched off in December",
            "--new-likelihood", "2", "--new-severity", "2", "--by", LEAD,
        )  # fmt: skip
        accepted = ("--state", "accepted-risk", "--risk", "R-1", "--expires", "2021-12-31", "--by", LEAD)
        self._run("rotate", "record", credential, *accepted, "--evidence", "ticket DB-312", "--second", OWNER)

    def _credentials(self) -> list[str]:
        """Their ids by what they are: two passwords, in the order of the work, then the token."""
        rows = self._ask("rotate", "list")["rotations"]
        passwords = [row for row in rows if row["playbook"] != "github"]
        return [row["finding"] for row in [*passwords, *(row for row in rows if row["playbook"] == "github")]]

    def _rewrite(self) -> None:
        self._at("2021-09-13 11:00")
        self._run("plan")
        self._run("plan", "--approve", "--by", LEAD)
        self._at("2021-09-13 11:10")
        self._run("rewrite", "--by", LEAD)
        self._run("verify", "--workers", "1", "--by", LEAD)

    def _readiness(self) -> None:
        answers = self._folder / "answers.toml"
        answers.write_text(_ANSWERS, encoding="utf-8", newline="\n")
        self._at("2021-09-14 09:40")
        self._run("scaffold", "--answers", str(answers), "--by", LEAD)
        self._run("category", "set", "open-source", "--reason", "training", "--by", LEAD)
        self._run("release", "--prepare", "--by", LEAD)
        self._at("2021-09-20 14:00")
        said = ("--answer", "met", "--role", "ig-lead", "--by", IG, "--evidence", "read on 20 September, ticket IG-88")
        for row in self._ask("check")["rows"]:
            if row["level"] == "mandatory" and row["answer"] == "cannot-tell":
                self._run("attest", row["id"], *said)
        self._at("2021-09-21 16:00")
        self._run("signoff", "--role", "lead-developer", "--by", LEAD)
        self._run("signoff", "--role", "ig-lead", "--by", IG)
        self._at("2021-09-22 09:00")
        self._run("release", "--by", LEAD)

    def _record(self) -> None:
        """Every report of the finished case. The log is kept as it is after the last of them."""
        for form, name in _REPORTS.items():
            self._run("report", "--format", form, "--output", str(self._kept / name), "--by", LEAD)
        self._run("log", "verify")
        rotations = json.dumps(self._ask("rotate", "list"), indent=2) + "\n"
        (self._kept / "rotations.json").write_text(rotations, encoding="utf-8", newline="\n")
        (self._kept / "log.jsonl").write_bytes((self._case / "log.jsonl").read_bytes())

    def _at(self, moment: str) -> None:
        self._clock.set(moment)
        self.typed += [f"# {moment} UTC"]

    def _run(self, *words: str, ok: frozenset[int] = _DONE) -> None:
        code = self._call(words)
        if code not in ok:
            raise SystemExit(f"opensafe {' '.join(words)} ended with {code}")
        self.typed.append(" ".join(["opensafe", *map(self._shown, words)]))

    def _ask(self, *words: str) -> dict[str, Any]:
        with redirect_stdout(io.StringIO()) as out:
            self._call(("--json", *words))
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    def _call(self, words: tuple[str, ...]) -> int:
        case = [] if words[0] == "start" else ["--case", str(self._case)]
        return self._invoke(["--no-input", "--quiet", *case, *words])

    def _shown(self, word: str) -> str:
        """As a person types it: without the folders of this machine, in quotes where a shell needs them."""
        path = Path(word)
        name = path.name if path.is_absolute() else word
        return f'"{name}"' if " " in name or "'" in name else name


def main() -> None:
    folder = Path(sys.argv[1])
    example = Example(folder)
    example.go()
    (folder / "typed.txt").write_text("\n".join(example.typed) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

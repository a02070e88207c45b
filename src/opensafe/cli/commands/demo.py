"""`opensafe demo [DIR]`: the whole way, unattended, through the public commands only."""

import io
import json
import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated, Any

import typer

from opensafe.cli.public_command import run_public, typed
from opensafe.cli.session import Session, session_of
from opensafe.errors import ExitCode, OpensafeError, UsageError
from opensafe.reports.json_results import result_document
from opensafe.stories.demo import build_demo

_LEAD, _IG = "Dana Demo", "Ira Governance"


class DemoFailed(OpensafeError):
    """A command of the demo ended otherwise than it should."""

    exit_code = ExitCode.BUG


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Where to build it; else a temporary folder.")] = None,
) -> None:
    """Take a small Closed repository all the way, unattended."""
    session = session_of(context)
    root = _folder(folder)
    began = time.monotonic()
    tour = _Tour(session, root)
    tour.walk()
    seconds = time.monotonic() - began
    what = f"Done in {seconds:.0f} seconds. The new repository: {tour.case / 'public.git'}"
    if session.json:
        details = {"folder": str(root), "case": str(tour.case), "seconds": round(seconds, 1)}
        session.document(result_document("demo", what, details, ""))
    session.say()
    session.say(what)
    session.say(f"The report for an IG lead: {tour.report}")
    session.say(f"Look around: opensafe --case {tour.case} status")


def _folder(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="opensafe-demo-"))
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty", remedy="name a folder that does not exist yet")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.absolute()


class _Tour:
    """Runs commands one after the other, as a person would type them."""

    def __init__(self, session: Session, root: Path) -> None:
        self._session = session
        self.source = root / "ward-occupancy"
        self.case = root / "ward-occupancy.opensafe"
        self.report = root / "report.html"

    def walk(self) -> None:
        self._session.say("A small Closed repository with a past is built: 3 people, some months of work.")
        build_demo(self.source)
        self._run("start", str(self.source), "--organisation", "Example NHS Trust", "--by", _LEAD)
        self._run("audit", ok=ExitCode.FINDINGS_OPEN)
        self._run("findings", "--category", "secret")
        self._run("findings", "--category", "name", "--group", "person")
        self._decide()
        self._rotate()
        self._run("plan")
        self._run("plan", "--approve", "--by", _LEAD)
        self._run("rewrite")
        self._run("verify")
        self._run("scaffold", "--contact", "open.source@example.org", "--no-crown-body", "--answers", self._answers())
        self._run("release", "--prepare")
        self._run("check", ok=ExitCode.NOT_READY)
        self._attest()
        self._run("signoff", "--role", "lead-developer", "--by", _LEAD)
        self._run("signoff", "--role", "ig-lead", "--by", _IG)
        self._run("release")
        self._run("report", "--output", str(self.report))
        self._run("log", "verify")
        self._run("status")

    def _decide(self) -> None:
        """The patients stand in a table and in the outputs of a notebook only: they go with those."""
        everything = ("decide", "--all", "--state", "open", "--by", _LEAD)
        self._run(*everything, "--category", "secret", "--action", "redact", "--reason", "no credential is published")
        self._run(*everything, "--category", "name", "--action", "rename", "--reason", "nobody asked for credit")
        self._run(*everything, "--category", "setting", "--action", "redact", "--reason", "inside of the network")
        self._run(*everything, "--category", "file", "--text", "notebook", "--action", "strip-outputs")
        self._run(*everything, "--category", "file", "--action", "remove-file", "--reason", "patients' records")

    def _rotate(self) -> None:
        """Every credential is recorded as dead, which in a demo is true: none was ever alive."""
        ids = [row["finding"] for row in self._ask("rotate", "list")["rotations"]]
        evidence = ("--evidence", "ticket DEMO-1: invented for the demo", "--second", _IG)
        self._run("rotate", "record", *ids, "--state", "never-valid", "--owner", "nobody", "--by", _LEAD, *evidence)
        self._run("rotate", "list")

    def _attest(self) -> None:
        self._session.say()
        self._session.say("A person attests what only a person can say:")
        said = ("--answer", "met", "--role", "ig-lead", "--by", _IG, "--evidence", "looked at for the demo")
        for row in self._ask("check")["rows"]:
            if row["level"] == "mandatory" and row["answer"] == "cannot-tell":
                self._run("attest", row["id"], *said)

    def _answers(self) -> str:
        file = self.source.parent / "answers.toml"
        file.write_text(_ANSWERS, encoding="utf-8", newline="\n")
        return str(file)

    def _run(self, *words: str, ok: ExitCode = ExitCode.DONE) -> None:
        """One public command, shown as it would be typed."""
        self._session.say()
        self._session.say(typed(words))
        quiet = ["--quiet"] if self._session.quiet or self._session.json else []
        with redirect_stdout(io.StringIO() if self._session.json else sys.stdout):
            code = self._invoke([*quiet, *words])
        if code not in {ok, ExitCode.DONE}:
            raise DemoFailed(f"opensafe {words[0]} ended with {code}", remedy="this is a bug: please report it")

    def _ask(self, *words: str) -> dict[str, Any]:
        """What a command says with `--json`."""
        with redirect_stdout(io.StringIO()) as out:
            self._invoke(["--json", "--quiet", *words])
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    def _invoke(self, words: list[str]) -> int:
        case = [] if "start" in words else ["--case", str(self.case)]
        return run_public(["--no-input", *case, *words], no_color=self._session.no_color)


_ANSWERS = """\
description = "Counts how full the wards are, hour by hour, from extracts of the bed management system."
intended-use = "For analysts of NHS trusts who plan beds. It is not for the care of single patients."
data-description = "It expects an extract of bed moves without identifiers. No data is in this repository."
maintainer = "The analytics team of Example NHS Trust"
regulation = "Not a medical device: it supports planning, not care. Reviewed by the IG lead."
status = "beta"
"""

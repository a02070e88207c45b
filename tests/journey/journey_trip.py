"""One case on its way: each command is recorded, so that a test can look through all that was ever printed."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.journey.journey_commands import Ran, run

LEAD, IG_LEAD = "Dana Tester", "Ira Tester"
EVIDENCE = "ticket OPEN-7: looked at by two people"

_SOURCE, _CASE = "source", "source.opensafe"
_MADE_UP_ANSWERS = """\
description = "Counts how full the wards are, hour by hour, from extracts of the bed management system."
intended-use = "For analysts of NHS trusts who plan beds. It is not for the care of single patients."
data-description = "It expects an extract of bed moves without identifiers. No data is in this repository."
maintainer = "The analytics team of Example NHS Trust"
regulation = "Not a medical device: it supports planning, not care. Reviewed by the IG lead."
status = "beta"
contact = "open.source@example.org"
crown-body = false
"""


@dataclass
class Trip:
    """A source and its case. `say` runs a command about the case and keeps what it printed."""

    source: Path
    case: Path
    said: list[Ran] = field(default_factory=list)

    @classmethod
    def start(cls, source: Path, *options: str) -> "Trip":
        """Open a case for a repository, beside it."""
        trip = cls(source, source.with_name(source.name + ".opensafe"))
        started = run("start", str(source), "--organisation", "Example NHS Trust", "--by", LEAD, *options)
        assert started.code == 0, started.err
        trip.said.append(started)
        return trip

    @property
    def public(self) -> Path:
        return self.case / "public.git"

    def say(self, *words: str, code: Collection[int] | int = 0) -> Ran:
        """A command with `--no-input`, which must end with (one of) `code`."""
        ran = run("--no-input", "--case", str(self.case), *words)
        self.said.append(ran)
        assert ran.code in ({code} if isinstance(code, int) else code), f"{ran.code} {words}\n{ran.out}\n{ran.err}"
        return ran

    def ask(self, *words: str, code: Collection[int] | int = 0) -> dict[str, Any]:
        """What a command answers with `--json`."""
        return self.say("--json", *words, code=code).document()

    def audit(self, *options: str) -> None:
        self.say("audit", *options, code={ExitCode.DONE, ExitCode.FINDINGS_OPEN, ExitCode.INCOMPLETE})

    def findings(self, **fields: str) -> list[dict[str, Any]]:
        """The findings whose fields have these values."""
        listed = self.ask("findings")["findings"]
        return [finding for finding in listed if all(finding[name] == value for name, value in fields.items())]

    def skips(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("findings")["coverage"]["skipped"]
        return found

    def decide_everything(self) -> None:
        """Redact, rename, strip and remove whatever was found; accept what could not be read; keep settings."""
        for category, action in (("secret", "redact"), ("name", "rename"), ("data", "redact")):
            self._decide_all(action, "--category", category)
        self._decide_all("strip-outputs", "--category", "file", "--text", "notebook")
        self._decide_all("remove-file", "--category", "file")
        for detector in ("settings.history", "secrets.allow-comments"):
            self._decide_all("keep", "--detector", detector)
        self._decide_all("redact", "--category", "setting")
        for skip in self.skips():
            if skip["state"] == "open":
                self.say("decide", skip["id"], "--action", "accept", "--reason", "not needed", "--by", IG_LEAD)

    def _decide_all(self, action: str, *filters: str) -> None:
        """One decision for all that the filters take; where they take nothing, the command says so (2)."""
        reason = ("--reason", "of no use to a stranger") if action == "keep" else ()
        words = ("decide", "--all", "--state", "open", *filters, "--action", action, *reason, "--by", LEAD)
        self.say(*words, code={ExitCode.DONE, ExitCode.USAGE})

    def rotate_everything(self) -> None:
        ids = [row["finding"] for row in self.ask("rotate", "list")["rotations"]]
        if ids:
            record = ("rotate", "record", *ids, "--state", "revoked", "--owner", "IT", "--on", "2020-01-03")
            self.say(*record, "--by", LEAD, "--evidence", EVIDENCE, "--second", IG_LEAD)

    def plan(self, *options: str) -> None:
        """Make the plan and approve it."""
        self.say("plan", *options)
        self.say("plan", "--approve", "--by", LEAD)

    def rewrite(self) -> None:
        self.say("rewrite")
        self.say("verify")

    def scaffold(self) -> None:
        answers = self.source.with_name("answers.toml")
        answers.write_text(_MADE_UP_ANSWERS, encoding="utf-8", newline="\n")
        self.say("scaffold", "--answers", str(answers))
        self.say("release", "--prepare")

    def sign(self) -> None:
        """Attest every mandatory row that is open, then sign in both roles."""
        attest = ("--answer", "met", "--role", "ig-lead", "--by", IG_LEAD, "--evidence", EVIDENCE)
        for row in self.ask("check", code={ExitCode.DONE, ExitCode.NOT_READY})["rows"]:
            if row["level"] == "mandatory" and row["answer"] not in {"met", "not-applicable"}:
                self.say("attest", row["id"], *attest)
        self.say("signoff", "--role", "lead-developer", "--by", LEAD)
        self.say("signoff", "--role", "ig-lead", "--by", IG_LEAD)

    def finish(self) -> None:
        """Everything that is left once a version is prepared: rotation record, attestations, sign-offs, the tag."""
        self.rotate_everything()
        self.sign()
        self.say("release")

    def release(self) -> None:
        """From a new history that is verified to the tag."""
        self.scaffold()
        self.finish()

    def go_all_the_way(self, *plan_options: str) -> None:
        """From a case that was just opened to a release."""
        self.audit()
        self.decide_everything()
        self.plan(*plan_options)
        self.rewrite()
        self.release()

    def keep_as(self, folder: Path) -> None:
        """Keep a copy of source and case as they are now."""
        shutil.copytree(self.source, folder / _SOURCE, symlinks=True)
        shutil.copytree(self.case, folder / _CASE, symlinks=True)

    @classmethod
    def copied(cls, kept: Path, here: Path) -> "Trip":
        """A copy of what was kept, to do with as the test likes; its case knows where its source lies now."""
        trip = cls(here / _SOURCE, here / _CASE)
        shutil.copytree(kept, here, symlinks=True, dirs_exist_ok=True)
        case = Case.open(trip.case)
        case.save_config(replace(case.config, source=str(trip.source)))
        return trip

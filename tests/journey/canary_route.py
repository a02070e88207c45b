"""Every command of opensafe, in every form of its output, along the journey of the demo's repository."""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from opensafe.reports.formats import FORMATS
from tests.guard.guard_kit import OpenRepository
from tests.journey.journey_commands import Ran, run
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD, Trip
from tests.journey.journey_values import CAST

SHEETS = (".xlsx", ".csv", ".html")
_BUG = 1
_RISK = ("--description", "a key may work", "--subject", "an archive", "--treatment", "it may only read")
_SCORES = ("--likelihood", "3", "--severity", "8", "--new-likelihood", "1", "--new-severity", "8")
_PEOPLE = ("--by", LEAD, "--second", IG_LEAD)


class Route:
    """Says commands about a case, each in words and as a document, and keeps all that they printed."""

    def __init__(self, trip: Trip, folder: Path) -> None:
        self.trip, self.folder = trip, folder
        self.said: list[Ran] = []
        folder.mkdir()

    def say(self, *words: str) -> Ran:
        """A command in words. It may be refused; it must not fail in a way that nobody meant."""
        return self._kept(run("--no-input", "--case", str(self.trip.case), *words))

    def both(self, *words: str) -> None:
        self.say(*words)
        self.say("--json", *words)

    def bare(self, *words: str) -> None:
        """A command that is about no case."""
        self._kept(run("--no-input", *words))

    def _kept(self, ran: Ran) -> Ran:
        assert ran.code != _BUG, ran
        self.said.append(ran)
        return ran

    def file(self, name: str) -> str:
        return str(self.folder / name)

    def written(self, name: str, data: bytes) -> str:
        """A file of somebody else's, which holds values: it lies apart from what opensafe writes."""
        path = self.trip.source.with_name("theirs") / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return str(path)


def without_a_case(route: Route) -> None:
    for words in (("detectors",), ("detectors", "--check"), ("profiles",), ("playbooks",), ("playbooks", "aws")):
        route.bare(*words)
        route.bare("--json", *words)
    route.bare("--version")
    route.bare("demo", route.file("demo"))
    copy = route.trip.source.with_name("copy")
    route.bare("start", str(route.trip.source), "--case", str(copy), "--by", LEAD)


def looks(route: Route) -> None:
    """Whatever only looks, at any stage."""
    for words in (("next",), ("status",), ("guide",), ("log", "show"), ("log", "verify"), ("risk", "list"), ("check",)):
        route.both(*words)
    for form in sorted(FORMATS):
        route.say("report", "--format", form, "--output", route.file(f"report.{form}"))
    route.both("report")
    route.both("category", "list")
    route.both("rotate", "list")
    for group in ("person", "value", "path"):
        route.both("findings", "--group", group)
    for flag in ("--skips", "--covered", "--suggest", "--walk"):
        route.both("findings", flag)
    for finding in _ids(route):
        route.both("show", finding)
        route.say("show", finding, "--reveal", "--by", LEAD)
    for credential in _credentials(route):
        route.both("rotate", "show", credential)


def decisions(route: Route) -> None:
    """Deciding in each of its ways, and what is imported from other tools."""
    leaks = [{"RuleID": "github-pat", "File": "R/upload.R", "StartLine": 3, "Secret": CAST.token.decode()}]
    route.both("findings", "--import", route.written("leaks.json", json.dumps(leaks).encode()))
    route.both("audit", "--since-last", "--workers", "1")
    roster = b"name,email\n%s,%s\n" % (CAST.consultant.name, CAST.consultant.email)
    words = route.written("watch.txt", CAST.server + b"\n")
    route.both("audit", "--roster", route.written("roster.csv", roster), "--watch", words, "--workers", "1")
    for suffix in SHEETS:
        route.both("decide", "--all", "--sheet", route.file(f"decide{suffix}"))
    route.both("decide", "--from", route.file("decide.csv"))
    route.both("decide", "--all", "--category", "secret", "--action", "redact", "--dry-run")
    first = _ids(route)[0]
    route.both("decide", first, "--action", "redact", "--to", "neutral", "--reason", "why", *_PEOPLE)
    route.both("decide", first, "--undo", "--by", LEAD)
    route.both("decide", "--suggested", "--by", LEAD)
    route.trip.decide_everything()


def rotations(route: Route) -> None:
    shown = route.written("screenshot.png", CAST.token)
    every = _credentials(route)
    for state in ("found", "rotating", "revoked"):
        record = ("rotate", "record", *every, "--state", state, "--owner", "IT", "--opens", "a server", *_PEOPLE)
        route.both(*record, "--evidence", EVIDENCE, "--evidence-file", shown)
    route.both("rotate", "public", "--since", "2021-03-01", "--by", LEAD, "--reason", "seen on a host")
    for asked in ((), ("--online",)):
        route.both("rotate", "check", *every, *asked, "--by", LEAD)
    route.both("rotate", "record", every[0], "--state", "rotating", "--by", LEAD)
    route.both("rotate", "sheet", "--output", route.file("rotate.html"))
    route.both("risk", "add", *_RISK, *_SCORES, "--by", LEAD)
    route.both("rotate", "record", *every, "--state", "revoked", "--evidence", EVIDENCE, *_PEOPLE)


def planning(route: Route) -> None:
    route.both("plan")
    for what in ("HEAD", "v0.2.0", "HEAD:R/connect.R", "R/upload.R", "notebooks/length_of_stay.ipynb", "nothing"):
        route.both("plan", "--show", what)
    mailmap = route.written("mailmap", b"Somebody <a@example.org> <%s>\n" % CAST.lead.email)
    replace = route.written("replace.txt", CAST.server + b"==>warehouse\n")
    route.both("plan", "--mailmap", mailmap, "--replace-file", replace)
    route.both("plan", "--show", "HEAD")
    route.both("plan", "--approve", "--by", LEAD)
    route.both("rewrite", "--output", route.file("handed-out"))
    route.both("verify", "--workers", "1")
    route.both("verify", "--against", str(route.trip.public), "--workers", "1")


def opening(route: Route) -> None:
    """From the documents to the tag."""
    route.both("scaffold", "--dry-run", "--contact", "open.source@example.org", "--no-crown-body")
    into = OpenRepository.make(route.folder / "into")
    route.both("scaffold", "--into", str(into.path), "--yes", "--contact", "open.source@example.org")
    route.trip.scaffold()
    route.both("release", "--prepare")
    for category in ("coded-in-the-open", "open-source"):
        route.both("category", "set", category, "--path", "R/*", "--reason", "training", "--by", LEAD)
    for command in ("attest", "signoff"):
        for suffix in SHEETS:
            route.both(command, "--sheet", route.file(f"{command}{suffix}"))
        route.both(command, "--from", route.file(f"{command}.csv"))
    route.both("attest", "B5", "--answer", "met", "--role", "maintainer", "--by", LEAD, "--evidence", EVIDENCE)
    route.trip.sign()
    route.both("signoff", "--role", "ig-lead", "--by", IG_LEAD)
    route.both("release", "--by", LEAD)
    route.both("log", "sign", "--key", route.file("no-key"), "--by", LEAD)
    route.both("log", "correct-day", "--by", LEAD, "--reason", "a clock was ahead")


def guarding(route: Route) -> None:
    """A repository that is open, and somebody who is about to put a value into it."""
    theirs = OpenRepository.make(route.trip.source.with_name("open"))
    route.both("guard", "install", str(theirs.path), "--yes")
    theirs.commit({"new.R": b'token <- "%s"\n' % CAST.token}, "Try")
    theirs.stage({"R/connect.R": b'password <- "%s"\n' % CAST.password})
    message = route.written("message", b"Use %s, says %s\n" % (CAST.token, CAST.lead.email))
    for asked in (("--staged",), ("--all-new",), ("--message", message), ()):
        route.both("guard", "run", str(theirs.path), *asked)
    route.both("guard", "install", str(theirs.path), "--remove", "--yes")


def typed_by_mistake(route: Route) -> None:
    """A value in the place of an id, a filter or a reason, as people paste it.

    In the place of a command, of a choice or of a file it is told back to whoever typed it, as what is not known.
    """
    first = _ids(route)[0]
    for flag, value in ((), CAST.token.decode()), (("--json",), CAST.password.decode()):
        for words in (
            ("show", value),
            ("findings", "--text", value),
            ("findings", "--in", value),
            ("findings", "--import", value),
            ("decide", value, "--action", "redact", "--by", LEAD),
            ("decide", first, "--action", "keep", "--reason", value, *_PEOPLE),
            ("decide", first, "--action", "redact", "--to", value, "--by", LEAD),
            ("decide", "--from", value),
            ("rotate", "show", value),
            ("rotate", "record", value, "--state", "found", "--by", LEAD),
            ("rotate", "record", first, "--state", "revoked", "--evidence", value, *_PEOPLE),
            ("rotate", "record", first, "--state", "found", "--owner", value, "--by", LEAD),
            ("rotate", "check", value, "--online", "--by", LEAD),
            ("rotate", "public", "--since", value, "--by", LEAD),
            ("rotate", "public", "--never", "--by", LEAD, "--reason", value),
            ("risk", "add", *_RISK[2:], "--description", value, *_SCORES, "--by", LEAD),
            ("category", "set", "open-source", "--reason", value, "--by", LEAD),
            ("plan", "--show", value),
            ("scaffold", "--contact", value, "--licence", value),
            ("attest", value, "--answer", "met", "--role", "ig-lead", "--by", LEAD),
            ("attest", "B3", "--answer", "met", "--role", "ig-lead", "--by", LEAD, "--evidence", value),
            ("release", "--version", value),
            ("report", "--format", value),
            ("log", "verify", "--expect-head", value),
            ("log", "correct-day", "--by", LEAD, "--reason", value),
            ("close", "--by", LEAD, "--reason", value, "--yes"),
            ("playbooks", value),
            ("detectors", value),
        ):
            route.say(*flag, *words)


def broken_files(route: Route) -> None:
    """Files that are given in, and do not hold what they should, but values."""
    for number, broken in enumerate(_BROKEN):
        file = route.written(f"broken-{number}", broken)
        for words in (
            ("findings", "--import", file),
            ("audit", "--roster", file, "--workers", "1"),
            ("audit", "--watch", file, "--workers", "1"),
            ("decide", "--from", file),
            ("attest", "--from", file),
            ("signoff", "--from", file),
            ("plan", "--mailmap", file),
            ("plan", "--replace-file", file),
            ("scaffold", "--answers", file),
            ("detectors", "--check", file),
            ("guard", "run", str(route.trip.source), "--rules", file),
            ("log", "verify", "--signers", file),
            ("log", "sign", "--key", file, "--by", LEAD),
        ):
            route.say(*words)
    _as_it_was(route)


_BROKEN = (
    CAST.token + b"\n",
    b"%s==>%s\nregex:(%s\n" % (CAST.token, CAST.password, CAST.token),
    b'{"RuleID": "%s", "Secret": [' % CAST.token,
    b'[[rules]]\nvalue = "%s\n' % CAST.token,
    b"rules:\n  - id: %s\n    words: [%s\n" % (CAST.token, CAST.password),
    b"Finding,Action,%s\n%s,%s,%s\n" % (CAST.token, CAST.token, CAST.password, CAST.token),
    b"Name <%s> <\n%s %s\n" % (CAST.lead.email, CAST.lead.name, CAST.token),
    b"PK\x03\x04" + CAST.token,
)
"""Each is a form that some command expects, cut off or wrong, with values where a message might quote it."""


def damage(route: Route) -> None:
    """A case whose files were bent, with values in them; each is put back."""
    for name in ("case.toml", "decisions.jsonl", "log.jsonl", "plan.json", "index.sqlite", "key", "verification.json"):
        file = route.trip.case / name
        before = file.read_bytes()
        for bent in (before + b"\n%s = [\n" % CAST.token, b'{"a": "%s"' % CAST.token, CAST.token):
            file.write_bytes(bent)
            for words in (
                ("status",),
                ("findings",),
                ("log", "verify"),
                ("plan", "--approve", "--by", LEAD),
                ("check",),
            ):
                route.say(*words)
            file.write_bytes(before)


def _as_it_was(route: Route) -> None:
    """A list that was remembered is forgotten."""
    file = route.trip.case / "case.toml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(("roster", "watch"))]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
    route.trip.audit("--workers", "1")


def closing(route: Route) -> None:
    end = ("close", "--by", LEAD, "--reason", "done", "--destroy-key", "--destroy-backup")
    route.both(*end)
    route.both(*end, "--yes")
    route.both("status")
    route.both("report", "--output", route.file("closed.html"))


LEGS: tuple[Callable[[Route], None], ...] = (
    without_a_case,
    looks,
    typed_by_mistake,
    broken_files,
    decisions,
    looks,
    rotations,
    planning,
    damage,
    opening,
    guarding,
    looks,
    closing,
)
"""The whole way, in its order, from a case that was audited."""


def typed_commands(said: Collection[Ran], known: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The commands among `known` that were typed."""
    return {command for ran in said for command in _called(ran.words, known)}


def _called(words: tuple[str, ...], known: Collection[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The longest command that the words begin with, after options that are no command's own."""
    rest = list(words)
    while rest and rest[0].startswith("--"):
        del rest[: 2 if rest[0] == "--case" else 1]
    yield from (name for name in (tuple(rest[:2]), tuple(rest[:1])) if name in known)


def _ids(route: Route) -> list[str]:
    """Some findings of each kind."""
    found = route.trip.findings()
    return [finding["id"] for finding in [*found[:6], *found[6::12]]]


def _credentials(route: Route) -> list[str]:
    return [row["finding"] for row in route.trip.ask("rotate", "list")["rotations"]]

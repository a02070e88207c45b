"""A case in other hands: one that may only be read, one on another machine, one of the format before."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from opensafe.casefile.create import ADDED_BY_FORMAT
from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.casework.sheet_kit import head_and_rows
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_sheets import sent_back
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

_NOBODY = 65534
_SCORES = ("--likelihood", "1", "--severity", "1", "--new-likelihood", "1", "--new-severity", "1")
LOOKS = (
    ("next",),
    ("status",),
    ("findings",),
    ("findings", "--group", "person"),
    ("findings", "--suggest"),
    ("rotate", "list"),
    ("risk", "list"),
    ("category", "list"),
    ("plan", "--show", "HEAD"),
    ("check",),
    ("log", "show"),
    ("log", "verify"),
)
WRITES = (
    ("audit",),
    ("decide", "--all", "--category", "secret", "--action", "redact", "--by", LEAD),
    ("rotate", "public", "--never", "--by", LEAD),
    ("findings", "--walk"),
    ("risk", "add", "--description", "a", "--subject", "b", *_SCORES, "--treatment", "c", "--by", LEAD),
    ("category", "set", "open-source", "--reason", "training", "--by", LEAD),
    ("plan",),
    ("rewrite",),
    ("verify",),
    ("scaffold",),
    ("release", "--prepare"),
    ("attest", "B3", "--answer", "met", "--role", "ig-lead", "--by", LEAD, "--evidence", "read"),
    ("signoff", "--role", "lead-developer", "--by", LEAD),
    ("release",),
    ("log", "sign", "--key", "nowhere", "--by", LEAD),
    ("log", "correct-day", "--by", LEAD, "--reason", "a clock was ahead"),
    ("close", "--by", LEAD, "--reason", "done", "--yes"),
)
GIVES = (
    (("report", "--format", "html", "--output"), "report.html"),
    (("report", "--format", "json", "--output"), "report.json"),
    (("report", "--format", "csv", "--output"), "report.csv"),
    (("rotate", "sheet", "--output"), "owners.html"),
    (("decide", "--state", "redact", "--sheet"), "decide.xlsx"),
    (("decide", "--state", "redact", "--sheet"), "decide.csv"),
    (("attest", "--sheet"), "attest.csv"),
    (("signoff", "--sheet"), "signoff.html"),
)
"""What is made of a case, and the file that it is put into."""

_READ_ONLY = "this case can only be read here"


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every account can reach, as those of pytest are not."""
    folder = Path(tempfile.mkdtemp()).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def _only_to_be_read(folder: Path, files: int = 0o444) -> Iterator[None]:
    """Nobody may put a file below the folder; root, whom no mode stops, is nobody for as long."""
    before = {path: path.stat().st_mode for path in (folder, *folder.rglob("*")) if not path.is_symlink()}
    for path in before:
        path.chmod(0o555 if path.is_dir() else files)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode)


def _say(case: Path, words: tuple[str, ...]) -> Ran:
    return run("--no-input", "--case", str(case), *words)


@pytest.mark.skipif(os.name != "posix", reason="modes of folders mean nothing on Windows")
def test_a_case_that_may_only_be_read_answers_and_refuses_to_write(stage: Stage, shared: Path) -> None:
    trip = stage("released")
    elsewhere = shared / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    gives = [(*words, str(elsewhere / name)) for words, name in GIVES]
    for words in (*LOOKS, *gives, *WRITES):  # modules that are imported late may lie where nobody is let in
        _say(Trip.copied(trip.case.parent, shared / "warm").case if words == LOOKS[0] else shared / "warm", words)
    here = Trip.copied(trip.case.parent, shared / "case")
    expected = [(words, ran.code, ran.out) for words in LOOKS for ran in [_say(here.case, words)]]
    before = digest_tree(here.case)
    for warm in elsewhere.iterdir():
        warm.unlink()
    with _only_to_be_read(here.case.parent):
        assert [(words, ran.code, ran.out) for words in LOOKS for ran in [_say(here.case, words)]] == expected
        for words in WRITES:
            assert_refused(_say(here.case, words), ExitCode.USAGE, _READ_ONLY, "give yourself permission")
        assert_refused(_say(here.case, ("report",)), ExitCode.USAGE, _READ_ONLY, "opensafe report --output FILE")
        assert_refused(_say(here.case, ("rotate", "sheet")), ExitCode.USAGE, _READ_ONLY, "rotate sheet --output FILE")
        for words, name in GIVES:
            inside = (*words, str(here.case / "reports" / name))
            assert_refused(_say(here.case, inside), ExitCode.USAGE, _READ_ONLY, "needs a place outside it")
        made = [_say(here.case, words) for words in gives]
    assert [ran for ran in made if ran.code] == []
    assert [ran for ran in made if f"{_READ_ONLY}: its log does not say that th" not in ran.err.replace("T", "t")] == []
    assert {path.name for path in elsewhere.iterdir()} == {name for _, name in GIVES}
    assert "Sanitisation report" in (elsewhere / "report.html").read_text("utf-8")
    assert digest_tree(here.case) == before


@pytest.mark.skipif(os.name != "posix", reason="modes of folders mean nothing on Windows")
def test_a_folder_that_takes_no_new_file_gives_a_sheet_that_comes_back(stage: Stage, shared: Path) -> None:
    trip = stage("audited")
    sheet = ("decide", "--category", "secret", "--sheet")
    trip.say(*sheet, str(trip.source.with_name("warm.csv")))
    here = Trip.copied(trip.case.parent, shared / "case")
    elsewhere = shared / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    with _only_to_be_read(here.case.parent, files=0o666):
        assert_refused(_say(here.case, WRITES[1]), ExitCode.USAGE, _READ_ONLY)
        made = _say(here.case, (*sheet, str(elsewhere / "sheet.csv")))
    assert (made.code, "its log does not say that this sheet was made" in made.err) == (0, True)
    head, rows = head_and_rows(elsewhere / "sheet.csv")
    back = sent_back(here, head, [{**row, "Decision": "redact", "Decided by": LEAD} for row in rows])
    here.say("decide", "--from", str(back))
    assert {finding["state"] for finding in here.findings(category="secret")} == {"redact"}


@pytest.mark.skipif(os.name != "posix", reason="modes of folders mean nothing on Windows")
def test_documents_beside_a_case_that_may_only_be_read_are_written_and_not_recorded(stage: Stage, shared: Path) -> None:
    trip = stage("audited")
    for name in ("warm", "into"):
        subprocess.run(["git", "init", "--quiet", str(shared / name)], check=True)
    words = ("scaffold", "--yes", "--contact", "open.source@example.org", "--into")
    _say(Trip.copied(trip.case.parent, shared / "warmed").case, (*words, str(shared / "warm")))
    here = Trip.copied(trip.case.parent, shared / "case")
    before = digest_tree(here.case)
    (shared / "into").chmod(0o777)
    with _only_to_be_read(here.case.parent):
        ran = _say(here.case, (*words, str(shared / "into")))
    assert (ran.code, (shared / "into" / "LICENCE").is_file()) == (0, True)
    assert "The log of the case does not say that: the case is closed, or can only be read here." in ran.err
    assert digest_tree(here.case) == before


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing on Windows")
def test_nobody_else_may_read_a_file_of_the_case(stage: Stage) -> None:
    case = stage("released").case
    files = [path for path in case.rglob("*") if path.is_file() and "public.git" not in path.parts]
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in files if path.stat().st_mode & 0o077} == {}


def test_a_case_on_another_machine_says_what_it_lacks_and_goes_on_to_the_tag(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied by another account, to other folders; the copy brings the holder of a lock that was held at home."""
    trip = stage("approved")
    monkeypatch.setenv("LOGNAME", "colleague")
    monkeypatch.setattr("opensafe.casefile.machine.platform.node", lambda: "another-machine")
    (trip.case / "lock.holder").write_bytes(
        b'{"pid":1,"host":"home","os_user":"dana","since":"2020-01-02T09:00:00Z","what":"audit"}'
    )
    shutil.copytree(trip.case, tmp_path / "there" / "the.case")
    shutil.move(trip.source, tmp_path / "there" / "analysis")
    there = Trip(tmp_path / "there" / "analysis", tmp_path / "there" / "the.case")
    there.say("status")
    there.say("findings")
    assert_refused(_say(there.case, ("rewrite",)), ExitCode.USAGE, "case.toml")
    config = there.case / "case.toml"
    config.write_text(config.read_text(encoding="utf-8").replace(str(trip.source), str(there.source)), encoding="utf-8")
    there.rewrite()
    there.release()
    told = {entry["os_user"] for entry in there.ask("log", "show")["entries"]}
    assert "colleague" in told
    assert len(told) > 1
    there.say("log", "verify")


def test_a_case_of_the_format_before_goes_all_the_way(stage: Stage) -> None:
    """As it was left by the version before: without the ledgers that came since, read by every command that looks."""
    trip = stage("started")
    newest = max(ADDED_BY_FORMAT)
    config = Case.open(trip.case).config
    for name in ADDED_BY_FORMAT[newest]:
        (trip.case / name).unlink()
    text = (trip.case / "case.toml").read_text(encoding="utf-8")
    (trip.case / "case.toml").write_text(text.replace(f"format = {newest}", f"format = {newest - 1}"), encoding="utf-8")
    assert Case.open(trip.case).config == replace(config, format=newest - 1)
    before = digest_tree(trip.case)
    for words in (("status",), ("log", "show"), ("log", "verify"), ("risk", "list")):
        trip.say(*words)
    assert digest_tree(trip.case) == before
    trip.go_all_the_way()
    assert Case.open(trip.case).config.format == newest
    steps = [entry["step"] for entry in trip.ask("log", "show")["entries"]]
    assert (steps[1], steps.count("upgrade")) == ("upgrade", 1)
    trip.say("log", "verify")

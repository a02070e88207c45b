"""Names and messages that a terminal would obey are shown as text, by every command that shows them."""

import re
from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from opensafe.stories.builder import History
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.journey.journey_commands import run
from tests.journey.journey_trip import LEAD, Trip

_FAKES = Fakes("hostile text")
# A terminal would obey these, and rich would take the last three for markup of its own.
NAMES = {
    "esc\x1b[31mred.R": r"esc\x1b[31mred.R",
    "title\x1b]0;owned\x07.R": r"title\x1b]0;owned\x07.R",
    "c1\u009b31m.R": r"c1\x9b31m.R",
    "bidi\u202egpj.R": r"bidi\u202egpj.R",
    "zero\u200bwidth.R": r"zero\u200bwidth.R",
    "line\nbreak.R": r"line\x0abreak.R",
    "back\rreturn.R": r"back\x0dreturn.R",
    "a[/b]c.R": "a[/b]c.R",
    "[link=https:example.org]x.R": "[link=https:example.org]x.R",
    "[bold red]x[/].R": "[bold red]x[/].R",
    ":smiley: x.R": ":smiley: x.R",
}
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Trip:
    """A repository whose every file has such a name and a token, with such a message, branch and tag, audited."""
    author = _FAKES.person()
    history = History(author)
    files = {name.encode(): b'token <- "%s"\n' % _FAKES.github_token() for name in NAMES}
    message = f"Fix \x1b]8;;https://example.org\x07[/b] \u202e with {_FAKES.github_token().decode()}\n"
    last = history.commit(message.encode(), files)
    history.ref("refs/heads/fix/\u202egpj".encode(), last)
    path = tmp_path_factory.mktemp("hostile") / "hostile"
    workshop = Workshop.open(path, bare=True)
    workshop.tell(history)
    trip = Trip.start(path)
    trip.audit()
    return trip


LOOKS = [
    "findings",
    "findings --group path",
    "status",
    "log show",
    "rotate list",
    "audit",
    "plan",
    "report --format csv",
]


@pytest.mark.parametrize("words", LOOKS)
def test_nothing_that_a_terminal_obeys_is_printed(hostile: Trip, words: str) -> None:
    for flag in ((), ("--json",)):
        ran = run("--case", str(hostile.case), *words.split(), *flag)
        assert ran.code in {ExitCode.DONE, ExitCode.FINDINGS_OPEN}
        assert OBEYED.findall(ran.out + ran.err) == []


def test_every_name_is_shown_in_full_as_text(hostile: Trip) -> None:
    listed = run("--case", str(hostile.case), "findings", "--group", "path").out
    assert [shown for shown in NAMES.values() if f"{shown} (" not in listed] == []


def test_one_finding_is_shown_with_its_surroundings_as_text(hostile: Trip) -> None:
    for finding in hostile.findings(category="secret"):
        ran = hostile.say("show", finding["id"])
        assert OBEYED.findall(ran.out) == []
        assert any(shown in ran.out for shown in NAMES.values()) or "commit-message" in ran.out


def test_names_are_what_filters_match_as_they_are_shown(hostile: Trip) -> None:
    for shown in NAMES.values():
        pattern = re.sub(r"([\[\]*?])", r"[\1]", shown)
        found = hostile.ask("findings", "--path", pattern)["findings"]
        assert [place["path"] for finding in found for place in finding["places"]] == [shown]


WRONG = ["\x1b[31mred", "a[/b]c", "[link=x]y[/link]", "\u202eredro", "\u009b2J", "new\nline", ":smiley:"]


@pytest.mark.parametrize("wrong", WRONG, ids=ascii)
def test_what_people_mistype_is_shown_as_text_too(hostile: Trip, wrong: str, tmp_path: Path) -> None:
    case = ("--no-input", "--case", str(hostile.case))
    tried = [
        ("--case", str(tmp_path / wrong), "status"),
        ("start", str(tmp_path / wrong)),
        (wrong,),
        (*case, "show", wrong),
        (*case, "findings", "--category", wrong),
        (*case, "findings", "--" + wrong),
        (*case, "attest", wrong, "--answer", "met", "--role", "ig-lead", "--by", LEAD),
        (*case, "report", "--format", wrong),
        (*case, "audit", "--roster", str(tmp_path / wrong)),
        (*case, "scaffold", "--answers", str(tmp_path / wrong)),
    ]
    for words in tried:
        ran = run(*words)
        assert ran.code == ExitCode.USAGE, ran
        assert OBEYED.findall(ran.err) == []
        assert "unexpected" not in ran.err


def test_what_people_say_is_kept_as_it_is_and_shown_as_text(hostile: Trip) -> None:
    said = "seen [/b] \x1b[31m by \u202e us"
    finding = hostile.findings(category="secret")[0]["id"]
    hostile.say("decide", finding, "--action", "keep", "--reason", said, "--by", "Ann [link=x] \u202e")
    shown = [hostile.say("show", finding).out, hostile.say("log", "show").out]
    assert [text for text in shown if r"seen [/b] \x1b[31m by \u202e us" not in text] == []
    assert [text for text in shown if r"Ann [link=x] \u202e" not in text] == []
    assert hostile.ask("report")["decisions"][0]["reason"] == said

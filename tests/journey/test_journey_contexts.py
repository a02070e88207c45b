"""The line around a finding: readable, and without the value."""

from pathlib import Path

import pytest

from opensafe.stories.builder import History
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.journey.journey_trip import Trip

_TOKEN = Fakes("context").github_token()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (b"\ttoken <-\t'%b'  # of\tthe job\r\n", "load.R:2: token <- '█████' # of the job"),
        (b"token <- '%b' # \x1b[31m\x07\n", "load.R:2: token <- '█████' # \\x1b[31m\\x07"),
    ],
    ids=["white space is one space", "what a terminal would obey is escaped"],
)
def test_the_line_of_a_finding(line: bytes, shown: str, tmp_path: Path) -> None:
    history = History(Fakes("context").person())
    history.commit(b"Begin\n", {b"load.R": b"x <- 1\n" + line % _TOKEN})
    Workshop.with_history(tmp_path / "source", history)
    trip = Trip.start(tmp_path / "source")
    trip.audit()
    (finding,) = trip.findings(category="secret")
    lines = trip.say("show", finding["id"]).out.splitlines()
    assert [text.strip() for text in lines if "█" in text] == [shown]

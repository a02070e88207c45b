"""A row of the index that holds what opensafe never wrote is damage with a remedy, in every command that reads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import run
from tests.journey.journey_stages import Stage

_READS = (
    ("status",),
    ("findings",),
    ("findings", "--group", "path"),
    ("findings", "--json"),
    ("rotate", "list"),
    ("rotate", "sheet"),
    ("decide", "--all", "--action", "redact", "--by", "Ann"),
    ("decide", "--all", "--undo", "--by", "Ann"),
    ("plan", "--approve", "--by", "Ann"),
    ("report", "--format", "html"),
    ("report", "--format", "statement"),
    ("report", "--format", "csv"),
    ("plan",),
)


def _damage(index: Path, column: str) -> None:
    with closing(sqlite3.connect(index)) as database, database:
        database.execute(f"UPDATE finding SET {column} = '[never'")  # noqa: S608 - names of ours


@pytest.mark.parametrize("column", ["category", "severity", "confidence", "form", "witnesses", "profile", "covered_by"])
def test_a_word_that_opensafe_never_wrote_is_told_as_damage(stage: Stage, column: str) -> None:
    case = stage("approved").case
    _damage(case / "index.sqlite", column)
    told = {words: run("--no-input", "--case", str(case), *words) for words in _READS}
    assert {words: ran.err for words, ran in told.items() if "unexpected" in ran.err} == {}
    refused = [ran for ran in told.values() if "index.sqlite cannot be read" in ran.err]
    assert len(refused) > 0
    assert {ran.code for ran in refused} == {ExitCode.VERIFICATION_FAILED}
    assert all("make it again: opensafe audit" in ran.err for ran in refused)

"""What the measurement of the detectors rests on: values stand where it says, and nothing is shared with a detector."""

import ast
import csv
import gzip
import io
import json
import pickle
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.detectors import EXACT, LOW, MISSED, Judge, counted_by, distinct_bytes, planted, recall
from benchmarks.planting.chance import Chance
from benchmarks.planting.families import IDENTIFIER
from benchmarks.planting.repository import FAMILIES, Planter
from benchmarks.planting.surfaces import FILES_OF_LINES, TABLES
from tests.guard.guard_kit import OpenRepository

_FOLDER = Path(__file__).parents[2] / "benchmarks" / "planting"
_TEAM = "number of the trust (a rule of the team)"
_VALUES = ["ZQ" + "1234", "ZQ" + "é&5", "ZQ" + "'6"]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return planted(1, tmp_path_factory.mktemp("planted"))


def _cells(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(map(archive.read, archive.namelist()))


def _stored(data: bytes) -> str:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(data)
        return "\n".join(row[1] for row in opened.execute("SELECT * FROM moves"))


def _of_notebook(data: bytes) -> str:
    cell = json.loads(data)["cells"][0]
    outputs = [output["text"] if "text" in output else output["data"]["text/html"] for output in cell["outputs"]]
    return "".join([*cell["source"], *chain(*outputs)])


# Each read by something that is not of opensafe.
_READERS: dict[str, Callable[[bytes], str]] = {
    "csv": lambda data: "\n".join(cell for row in csv.reader(io.StringIO(data.decode())) for cell in row),
    "csv, semicolons, Latin-1": lambda data: data.decode("latin-1"),
    "hidden sheet": lambda data: _cells(data).decode().replace("&amp;", "&"),
    "SQL insert": lambda data: data.decode().replace("''", "'"),
    "sqlite": _stored,
    "pickle": lambda data: "\n".join(row["unit"] for row in pickle.loads(data)),  # noqa: S301 - it is our own
    "rds": lambda data: gzip.decompress(data).decode("utf-8", "replace"),
    "JSON": lambda data: "\n".join(row["unit"] for row in json.loads(data)),
    "table of a notebook": lambda data: _of_notebook(data).replace("&amp;", "&").replace("&#x27;", "'"),
    "UTF-16 SQL": lambda data: data.decode("utf-16"),
    "notebook source": _of_notebook,
    "notebook output": _of_notebook,
    "page": lambda data: data.decode().replace("&amp;", "&").replace("&#x27;", "'"),
    "docx": lambda data: _cells(data).decode().replace("&amp;", "&").replace("&#x27;", "'"),
    "zip": lambda data: _cells(data).decode(),
}


@pytest.mark.parametrize("surface", TABLES)
def test_a_column_holds_its_values(surface: str) -> None:
    text = _READERS[surface](TABLES[surface][1]("unit", _VALUES))
    assert [value for value in _VALUES if value not in text] == []


@pytest.mark.parametrize("surface", FILES_OF_LINES)
def test_lines_stand_in_their_file(surface: str) -> None:
    text = _READERS.get(surface, bytes.decode)(FILES_OF_LINES[surface][1](_VALUES))
    assert [value for value in _VALUES if value not in text] == []


def test_the_generator_shares_nothing_with_the_detectors() -> None:
    imported = {
        name
        for file in _FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else _names(node))
        if name and name.startswith("opensafe")
    }
    assert imported == {"opensafe.stories.builder", "opensafe.stories.workshop"}


def _names(node: ast.AST) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_same_seed_plants_the_same(tmp_path: Path) -> None:
    first, second, other = Planter("a", 1), Planter("a", 1), Planter("b", 1)
    ids = [planter.plant(tmp_path / str(number)) for number, planter in enumerate((first, second, other))]
    assert (first.spots, ids[0]) == (second.spots, ids[1])
    assert {spot.values for spot in first.spots if spot.family == "key assignment"}.isdisjoint(
        spot.values for spot in other.spots
    )


def test_every_family_has_a_way_to_stand_somewhere(judge: Judge) -> None:
    assert {spot.family for spot in judge.seen} >= {family.id for family in FAMILIES}
    assert all(value in family.line(Chance("any"), value) for family in FAMILIES if family.lines for value in ["V" * 9])


def test_a_rule_of_the_team_finds_its_values_on_every_surface_exactly(judge: Judge) -> None:
    counted = counted_by(judge, lambda spot: f"{spot.family}, {spot.surface}", [IDENTIFIER])
    mine = {name: outcomes for name, outcomes in counted.items() if name.startswith(_TEAM)}
    assert len(mine) == len(FILES_OF_LINES) + len(TABLES) + len(("deleted", "commit", "tag", "note", "path", "ref"))
    assert {name: outcomes[EXACT] for name, outcomes in mine.items()} == dict.fromkeys(mine, 1)
    assert {recall(outcomes) for outcomes in mine.values()} == {1.0}


def test_what_is_not_seen_is_missed(judge: Judge) -> None:
    spot = next(spot for spot in judge.seen if spot.family == _TEAM)
    assert judge.outcome(spot, spot.values[0]) == EXACT
    assert judge.outcome(spot, "RX" + "Z000000") == MISSED
    negative = next(spot for spot in judge.seen if spot.family == "commit id")
    assert judge.outcome(negative, negative.values[0]) in {LOW, MISSED}


def test_text_that_is_there_twice_is_counted_once(tmp_path: Path) -> None:
    repository = OpenRepository.make(tmp_path / "open")
    repository.commit({"a.R": b"x <- 1\ny <- 2\n", "b.bin": b"\0" * 90})
    assert distinct_bytes(repository.path) == len("x <- 1\ny <- 2\n" + "\n")

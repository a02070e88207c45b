"""The watch-list: what the organisation watches for is found in contents, messages and paths."""

from pathlib import Path

import pytest

from opensafe.casework.watching import watched
from opensafe.detectors.team.detector import team_detectors
from opensafe.errors import UsageError
from opensafe.model.context import Context
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen


def rule_file(folder: Path, text: str) -> Path:
    file = folder / "watch.txt"
    file.write_text(text, encoding="utf-8")
    return file


ENTRIES = "# of the policy team\nProject Kestrel\ndrafts/tariff*  # a folder\nfraudscore\n\nÉté\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the PROJECT KESTREL paper", ["PROJECT KESTREL"]),
        ("project_kestrel.R and project-kestrel", ["project_kestrel", "project-kestrel"]),
        ("src/drafts/tariff_2027.md", ["drafts/tariff_2027.md"]),
        ("x <- fraudscore(y)", ["fraudscore"]),
        ("my_fraudscore_v2", ["fraudscore"]),
        ("fraudscores and projectkestrel", []),
        ("fraudscore", ["fraudscore"]),
        ("Project\nKestrel", []),
        ("un Été", ["Été"]),
    ],
)
def test_entries_are_found_as_words_in_any_case(text: str, found: list[str], tmp_path: Path) -> None:
    rules = watched(rule_file(tmp_path, ENTRIES))
    specimen = Specimen(PlaceKind.BLOB, text.encode())
    hits = [hit for rule in rules for detector in team_detectors(rule) for hit in detector.detect(specimen, Context())]
    assert [hit.value.reveal().decode() for hit in hits] == found


def test_no_list_is_no_rule() -> None:
    assert watched(None) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "names nothing"), ("# only\n*\n", "names nothing"), ("ab\n", "fewer than 3"), ("x" * 201, "more than 200")],
)
def test_a_list_that_would_find_nothing_or_everything_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        watched(rule_file(tmp_path, text))


def test_a_list_that_is_gone_fails_closed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read") as caught:
        watched(tmp_path / "gone.txt")
    assert "--watch FILE" in str(caught.value.remedy)

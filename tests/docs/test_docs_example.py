"""The example in `docs/example` is what the commands of today make, holds together, and holds no planted value."""

import json
import re
from pathlib import Path

from docs.generate.example import example_files
from fixtures.kit.evidence import search_bytes
from opensafe.casefile.chain import follow
from tests.docs.docs_kit import ROOT
from tests.journey.journey_values import CAST, PLANTED

FOLDER = ROOT / "docs" / "example"


def _log() -> list[bytes]:
    return (FOLDER / "log.jsonl").read_bytes().splitlines()


def test_the_example_is_what_is_made_today() -> None:
    made = example_files()
    assert {file.name for file in FOLDER.iterdir()} == set(made)
    assert [name for name, data in made.items() if (FOLDER / name).read_bytes() != data] == []


def test_the_example_holds_no_planted_value() -> None:
    assert search_bytes(FOLDER, PLANTED) == []


def test_the_search_for_planted_values_sees_one(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_bytes((FOLDER / "report.html").read_bytes() + CAST.token)
    assert search_bytes(tmp_path, PLANTED) == [tmp_path / "report.html"]


def test_the_log_of_the_example_holds_and_its_heads_are_on_the_reports() -> None:
    verdict = follow(_log())
    assert (verdict.ok, verdict.entries) == (True, len(_log()))
    hashes = {json.loads(line)["hash"] for line in _log()}
    for name in ("report.html", "disclosure.html", "rotation-sheet.html", "statement.md"):
        stated = set(re.findall(r"\b[0-9a-f]{64}\b", (FOLDER / name).read_text(encoding="utf-8")))
        assert stated & hashes, name


def test_a_changed_line_of_its_log_would_be_noticed() -> None:
    lines = [line.replace(b"revoked", b"rotated") for line in _log()]
    assert not follow(lines).ok


def test_the_disclosure_copy_names_nobody_who_signed() -> None:
    told = (FOLDER / "report.html").read_text(encoding="utf-8")
    disclosed = (FOLDER / "disclosure.html").read_text(encoding="utf-8")
    names = ("Dana Demo", "Ira Governance", "Owen Warehouse", "ddemo")
    assert [name for name in names[:3] if name not in told] == []
    assert [name for name in names if name in disclosed] == []

"""The generated documents are what the program says today. To write them anew: python -m docs.generate."""

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from docs.generate.commands import command_names, commands_page
from docs.generate.detectors import detectors_page
from docs.generate.documents import COMMANDS, json_page
from docs.generate.proof import proof_page
from docs.generate.robustness import robustness_page
from docs.generate.tour import blocks, with_tour
from opensafe.cli.main import invoke
from opensafe.reports.json_schemas import SCHEMAS
from tests.docs.docs_kit import Demo

Text = Callable[[str], str]


def test_commands_page_shows_the_help_of_today(text: Text) -> None:
    assert text("docs/commands.md") == commands_page()


def test_detectors_page_shows_the_cards_of_today(text: Text) -> None:
    assert text("docs/detectors.md") == detectors_page()


def test_json_page_shows_the_schemas_of_today(text: Text) -> None:
    assert text("docs/json.md") == json_page()


def test_proof_page_counts_the_sabotage_of_today(text: Text) -> None:
    assert text("docs/proof.md") == proof_page()


def test_robustness_page_counts_the_tests_of_today(text: Text) -> None:
    assert text("docs/robustness.md") == robustness_page()


def test_tour_shows_what_the_demo_prints_today(text: Text, demo: Demo) -> None:
    assert text("README.md") == with_tour(text("README.md"), demo.output)


def test_tour_of_a_command_that_the_demo_does_not_run_is_an_error() -> None:
    with pytest.raises(KeyError, match="no command"):
        with_tour("<!-- tour: fly -->\n<!-- end of tour -->", "$ opensafe start\nOpened.")


def test_what_differs_from_run_to_run_is_not_in_the_tour() -> None:
    first, second = "F-" + "a" * 26, "F-" + "b" * 26
    one = f"$ opensafe show\n{first}  red  {'0' * 40}\n{second}  blue  2026-11-22\nof 11,127 bytes"
    other = f"$ opensafe show\n{first}  blue  2027-01-01\n{second}  red  {'1' * 40}\nof 11,128 bytes"
    assert (
        blocks(one) == blocks(other) == {"show": "$ opensafe show\nF-…  blue  <date>\nF-…  red  <commit>\nof <n> bytes"}
    )


def test_every_command_prints_a_document_that_the_page_names() -> None:
    printing = {command for name in COMMANDS if name != "error" for command in _printing(name)}
    groups = {path[0] for path in command_names() if len(path) > 1}
    assert printing == {" ".join(path) for path in command_names()} - groups
    assert set(COMMANDS) == set(SCHEMAS)


def _printing(name: str) -> set[str]:
    """The commands that print a document, without the options that make them do so."""
    return {command.partition(" --")[0] for command in COMMANDS[name]}


@pytest.fixture
def case(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo's case, which a command may change."""
    copied = tmp_path / "copy.opensafe"
    shutil.copytree(demo.case, copied)
    return copied


_ASKED = {
    "findings": "findings",
    "verification": "verify",
    "check": "check",
    "plan": "plan --approve --by Dana",
    "preview": "plan --show HEAD",
    "suggestions": "findings --suggest",
    "log": "log show",
    "status": "status",
    "rotations": "rotate list",
    "risks": "risk list",
    "categories": "category list",
    "report": "report",
    "detectors": "detectors",
    "detector-check": "detectors --check",
    "profiles": "profiles",
    "result": "log verify",
    "error": "show F-none",
}
"""One cheap call for each document, on a case that has been through everything."""


@pytest.mark.parametrize("name", SCHEMAS)
def test_command_prints_the_document_that_the_page_says(name: str, case: Path) -> None:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()):
        invoke(["--json", "--no-input", "--case", str(case), *_ASKED[name].split()])
    document: dict[str, Any] = json.loads(out.getvalue())
    assert document["schema"] == f"opensafe/{name}/v1"
    assert name == "error" or _ASKED[name].partition(" --")[0] in _printing(name)

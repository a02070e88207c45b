"""What the documents state about the program is so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.generate.commands import command_names, help_of
from opensafe.casefile.create import MADE_AT_START
from opensafe.errors import ExitCode
from tests.docs.docs_kit import Demo

Text = Callable[[str], str]

_GLOBAL = {"--case", "--json", "--no-input", "--quiet", "--no-color", "--version", "--help"}
_CALL = re.compile(r"\bopensafe ((?:(?!opensafe )[a-z]+ ?)*)((?:(?!opensafe )[^`\n|]|\|(?! ))*)")
_FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def _section(document: str, title: str) -> str:
    match = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", document, re.DOTALL | re.MULTILINE)
    assert match, title
    return match[1]


def _rows(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_exit_codes_are_those_of_the_program(text: Text) -> None:
    rows = _rows(_section(text("README.md"), "Exit codes"))[2:]
    stated = {int(code.strip("`")): name for code, name, _ in rows}
    assert stated == {int(code): code.name.lower().replace("_", " ") for code in ExitCode}


def test_steps_are_those_of_status_in_their_order(text: Text, demo: Demo) -> None:
    stated = [row[0].replace(" ", "") for row in _rows(_section(text("README.md"), "The steps"))[2:] if len(row) > 2]
    printed = demo.output.rpartition("$ opensafe status\n")[2]
    assert stated == re.findall(r"^([a-z]+) +done ", printed, re.MULTILINE)


def test_every_command_stands_in_the_steps(text: Text) -> None:
    section = _section(text("README.md"), "The steps")
    groups = {path[0] for path in command_names() if len(path) > 1}
    missing = [path for path in command_names() if path[0] not in groups or len(path) > 1]
    assert [path for path in missing if f"`opensafe {' '.join(path)}" not in section] == []


def test_every_file_of_a_finished_case_is_described(text: Text, demo: Demo) -> None:
    described = set(re.findall(r"`([\w.]+)`", _section(text("README.md"), "Where things lie")))
    there = {file.name for file in demo.case.iterdir()}
    ours = {"work", "lock", "log.lock", "lock.holder", "added.json", "backup.json", "claim.json"}  # nobody reads these
    assert there - ours <= described
    assert described >= set(MADE_AT_START)
    assert {name for name in described if re.search(r"\.(jsonl?|sqlite|git|bundle)$", name)} <= there


def _calls(document: str) -> list[tuple[tuple[str, ...], str]]:
    """Every command that a document shows, as (command, the rest of the line)."""
    known = set(command_names())
    code = re.findall(r"```.*?```|`[^`\n]+`", document, re.DOTALL)
    calls: list[tuple[tuple[str, ...], str]] = []
    for words, rest in _CALL.findall("\n".join(code)):
        path = tuple(words.split())
        member = path[:2] if path[:2] in known else path[:1]
        calls += [(member, rest)] if path else []
    return calls


@pytest.fixture(scope="module")
def options() -> dict[tuple[str, ...], set[str]]:
    """The options that each command takes."""
    return {path: set(_FLAG.findall(help_of(path))) | _GLOBAL for path in command_names()}


def test_commands_and_options_that_documents_show_exist(
    prose: str, text: Text, options: dict[tuple[str, ...], set[str]]
) -> None:
    wrong = [
        (path, rest)
        for path, rest in _calls(text(prose))
        if path not in options or not set(_FLAG.findall(rest)) <= options[path]
    ]
    assert wrong == []


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert _calls("Say `opensafe fly --high` and `opensafe log verify --expect-head H. opensafe status --exit`.") == [
        (("fly",), "--high"),
        (("log", "verify"), "--expect-head H. "),
        (("status",), "--exit"),
    ]


def test_every_room_is_on_the_map(root: Path, text: Text) -> None:
    rooms = {file.parent.name for file in (root / "src" / "opensafe").glob("*/__init__.py")}
    mapped = re.findall(r"^\| \[(\w+)\]\(src/opensafe/\1\)", text("ARCHITECTURE.md"), re.MULTILINE)
    assert set(mapped) == rooms
    drawn = text("ARCHITECTURE.md").partition("```text\n")[2].partition("```")[0]
    assert [room for room in rooms if not re.search(rf"\b{room}\b", drawn)] == []


_FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?)`")


def _files_named(markdown: str) -> list[str]:
    return _FILE.findall(re.sub(r"```.*?```", "", markdown, flags=re.DOTALL))


def test_files_that_documents_name_exist(prose: str, root: Path, text: Text) -> None:
    folders = (root, root / "src" / "opensafe")
    named = _files_named(text(prose))
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []


def test_a_file_that_is_named_is_noticed() -> None:
    assert _files_named("See `scan/nowhere.py` and `docs/`, not `F-…/x` or `index.sqlite`.") == ["scan/nowhere.py"]


def test_every_decision_record_is_listed_and_has_the_same_form(root: Path, text: Text) -> None:
    listed = text("docs/decisions/README.md")
    for file in sorted((root / "docs" / "decisions").glob("0*.md")):
        lines = file.read_text(encoding="utf-8").splitlines()
        number, title = lines[0].removeprefix("# ").split(". ", 1)
        assert file.name.startswith(f"{int(number):04}-")
        assert f"| [{file.name[:4]}]({file.name}) | {title} |" in listed
        assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]


_FRAGMENT = re.compile(r"\d+-[a-z0-9-]+\.(added|changed|deprecated|removed|fixed|security)\.md")


def test_fragments_of_the_changelog_are_named_as_their_page_says(root: Path) -> None:
    names = [file.name for file in (root / "changelog.d").iterdir() if file.name != "README.md"]
    assert [name for name in names if not _FRAGMENT.fullmatch(name)] == []


@pytest.mark.parametrize("name", ["the-journey.added.md", "2-the-journey.md", "2-the-journey.new.md"])
def test_a_fragment_that_is_named_otherwise_is_noticed(name: str) -> None:
    assert not _FRAGMENT.fullmatch(name)

"""The changelog grows, and no line that somebody wrote is lost; notes from messages are harmless Markdown."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from semver import Version
from syrupy.assertion import SnapshotAssertion

from opensafe.readiness.release_notes import notes_from_messages
from opensafe.readiness.versions import update_changelog

VERSION = Version(0, 2, 0)
DAY = date(2026, 1, 31)
NOTES = ("Added: beds by ward", "Fixed: the count of beds")


@pytest.mark.parametrize(
    ("existing", "r_package"),
    [
        pytest.param(None, False, id="new"),
        pytest.param(None, True, id="new R"),
        pytest.param(
            b"# Changelog\n\nIntro.\n\n## [Unreleased]\n\n### Added\n\n- by hand\n\n## [0.1.0]\n\n- old\n",
            False,
            id="unreleased",
        ),
        pytest.param(b"# beds (development version)\n\n* By hand.\n\n# beds 0.1.0\n\n* Old.\n", True, id="development"),
        pytest.param(b"# Changelog\r\n\r\n## v0.1.0\r\n\r\n- old\r\n", False, id="windows"),
        pytest.param(b"# Changelog\n\n```\n## 0.0.1 in code\n```\n", False, id="code"),
        pytest.param(b"Words only.", False, id="words"),
    ],
)
def test_whole_changelogs(existing: bytes | None, r_package: bool, snapshot: SnapshotAssertion) -> None:
    path, data = update_changelog(existing, VERSION, DAY, NOTES, r_package)
    assert path == ("NEWS.md" if r_package else "CHANGELOG.md")
    assert data.decode() == snapshot


_LINES = st.sampled_from(
    [
        "# Changelog",
        "## [Unreleased]",
        "## 0.1.0",
        "## v0.3.0 - 2020",
        "- a",
        "",
        "```",
        "# pkg (development version)",
        "text",
        "\xe9",
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(_LINES, max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from([(), NOTES]))
def test_no_line_is_lost_and_a_second_run_changes_nothing(
    lines: list[str], newline: str, r_package: bool, notes: tuple[str, ...]
) -> None:
    existing = newline.join(lines).encode()
    _, data = update_changelog(existing, VERSION, DAY, notes, r_package)
    remaining = iter(data.splitlines())
    assert all(any(line == other for other in remaining) for line in existing.strip().splitlines())
    assert data.count(b"0.2.0") == 1
    assert update_changelog(data, VERSION, DAY, notes, r_package)[1] == data


def test_bytes_that_are_not_utf_8_stay() -> None:
    _, data = update_changelog(b"# Changelog\n\n## 0.1.0\n\n- caf\xe9\n", VERSION, DAY, (), r_package=False)
    assert data.endswith(b"## 0.1.0\n\n- caf\xe9\n")


def test_notes_are_grouped_and_harmless(snapshot: SnapshotAssertion) -> None:
    messages = [
        "Merge branch 'main' of host",
        "wip",
        "fix: the count of beds (#12)\n\nLong story.",
        "Add beds by ward, closes #7",
        "Fix the count of beds",
        "docs: how to <install>",
        "Remove the old *report*",
        "Security: check the certificate",
        "Use [the](http://evil.example) new table | @team",
        "Add beds by ward",
        "x" * 300,
        "",
    ]
    assert notes_from_messages(messages) == snapshot


def test_notes_are_bounded_and_say_so() -> None:
    notes = notes_from_messages([f"Count the beds of ward {number}" for number in range(100)])
    assert len(notes) == 41
    assert notes[-1] == "and 60 further changes"


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_a_note_is_one_line(messages: list[str]) -> None:
    for note in notes_from_messages(messages):
        assert len(note.splitlines()) == 1

"""Release documents: whole texts for two projects, gaps that are marked, files that are never touched."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from opensafe.errors import UsageError
from opensafe.readiness.documents import Answers, advice, missing_documents
from opensafe.readiness.licences import identify, licence_text
from opensafe.readiness.placeholders import placeholders
from opensafe.readiness.readme import missing_sections
from opensafe.readiness.security_policy import security_gaps
from tests.readiness.readiness_builders import FULL_ANSWERS, PYTHON_PROJECT, R_PROJECT, scaffolded

ALL_FILES = ["README.md", "LICENCE", "NOTICE", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"]
WITH_NOTICE = replace(FULL_ANSWERS, notice=True)
NOBODY_ANSWERED = Answers(project="Beds", year=2026, notice=True)
OWN_WORDS = replace(
    FULL_ANSWERS,
    prerequisites="Access to the warehouse.",
    installation="Install the two packages.",
    usage="Run the cells in turn.",
)
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": ["import pandas\\n", "import polars"], "outputs": []}]}'
MIT = licence_text("MIT").encode()


@pytest.mark.parametrize(
    ("files", "answers"),
    [
        pytest.param(PYTHON_PROJECT, WITH_NOTICE, id="python"),
        pytest.param(R_PROJECT, replace(WITH_NOTICE, accepts_contributions=False), id="r"),
        pytest.param({"a.sql": b""}, NOBODY_ANSWERED, id="nobody answered"),
        pytest.param({"analysis/beds.ipynb": NOTEBOOK}, OWN_WORDS, id="notebooks, own words"),
    ],
)
def test_whole_documents(files: Mapping[str, bytes], answers: Answers, snapshot: SnapshotAssertion) -> None:
    documents = {new.path: new.data.decode() for new in missing_documents(files, answers)}
    assert documents == snapshot


def test_the_order_and_names_of_the_documents() -> None:
    assert [new.path for new in missing_documents({}, WITH_NOTICE)] == ALL_FILES
    assert [new.path for new in missing_documents({}, FULL_ANSWERS)] == [name for name in ALL_FILES if name != "NOTICE"]


def test_full_answers_leave_no_gap_that_a_check_would_find() -> None:
    files = scaffolded(PYTHON_PROJECT, WITH_NOTICE)
    assert [path for path, data in files.items() if placeholders(data.decode())] == []
    assert missing_sections(files["README.md"].decode()) == ()
    assert security_gaps(files["SECURITY.md"].decode()) == ()
    assert identify(files["LICENCE"]) == "MIT"


def test_what_nobody_said_is_marked_and_never_made_up() -> None:
    files = scaffolded({}, NOBODY_ANSWERED)
    gaps = {path: placeholders(data.decode()) for path, data in files.items()}
    assert gaps == {
        "README.md": 9,
        "LICENCE": 0,
        "NOTICE": 1,
        "CONTRIBUTING.md": 1,
        "SECURITY.md": 1,
        "CODE_OF_CONDUCT.md": 2,
    }
    assert b"<copyright holders>" in files["LICENCE"]


@pytest.mark.parametrize("licence", ["MIT", "mit", "Apache-2.0", "GPL-3.0", "GPL-3.0-or-later", "OGL-UK-3.0"])
def test_a_licence_file_is_one_text_and_one_copyright_line(licence: str) -> None:
    text = scaffolded({}, replace(FULL_ANSWERS, licence=licence))["LICENCE"]
    assert identify(text).lower().startswith(licence.lower()[:7])
    assert text.count(b"Copyright (c) 2026 Example Hospitals NHS Foundation Trust\n") == 1


def test_a_licence_that_opensafe_has_not_is_refused() -> None:
    with pytest.raises(UsageError, match="no text of the licence"):
        missing_documents({}, replace(FULL_ANSWERS, licence="Proprietary"))


@pytest.mark.parametrize(
    "present",
    [
        {"License.txt": b"x"},
        {"COPYING": b"x"},
        {"UNLICENSE": b"x"},
        {"LICENSES/GPL-3.0-only.txt": b"x"},
        {"DESCRIPTION": b"Package: x\nLicense: GPL-3\n"},
        {"LICENCE/MIT.txt": b"x"},
    ],
)
def test_a_second_licence_is_never_written(present: Mapping[str, bytes]) -> None:
    assert "LICENCE" not in {new.path for new in missing_documents(present, FULL_ANSWERS)}


@pytest.mark.parametrize(
    ("present", "absent"),
    [
        ("readme.rst", "README.md"),
        (".github/CONTRIBUTING.md", "CONTRIBUTING.md"),
        ("docs/Security.md", "SECURITY.md"),
        ("code-of-conduct.md", "CODE_OF_CONDUCT.md"),
        ("README.Rmd", "README.md"),
    ],
)
def test_documents_are_found_where_code_hosts_look(present: str, absent: str) -> None:
    assert absent not in {new.path for new in missing_documents({present: b""}, FULL_ANSWERS)}
    assert absent in {new.path for new in missing_documents({"deep/down/" + present: b""}, FULL_ANSWERS)}


_EXISTING = [
    *ALL_FILES,
    "readme.txt",
    "Licence.md",
    "docs/SECURITY.md",
    ".github/contributing.md",
    "notice/a",
    "DESCRIPTION",
]


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(_EXISTING), st.binary(max_size=30)), st.booleans())
def test_nothing_that_is_there_is_changed_and_a_second_run_adds_nothing(
    existing: dict[str, bytes], notice: bool
) -> None:
    answers = replace(FULL_ANSWERS, notice=notice)
    new = missing_documents(existing, answers)
    taken = {path.lower() for path in existing} | {path.lower().partition("/")[0] for path in existing}
    assert {file.path.lower() for file in new if not file.kept} & taken == set()
    assert all(existing[file.path] == file.data[: file.kept] for file in new if file.kept)
    assert missing_documents({**existing, **{file.path: file.data for file in new}}, answers) == ()


_HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "](http://evil.example)",
        "# x\n# y",
        "|a|b|",
        "`x`",
        "<!-- -->",
        "![a](b)",
        "@team",
        "1. a",
        "--- \n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(_HOSTILE, _HOSTILE)
def test_answers_and_file_names_stay_text(answer: str, name: str) -> None:
    answers = replace(FULL_ANSWERS, project=answer, description=answer, contact=answer, maintainer=answer)
    files = {f"data/{name}.csv": b"", f"{name}/a.R": b"", "requirements.txt": b"pandas\n"}
    expected = {new.path: _structure(new.data) for new in missing_documents({"d/a.R": b"", **files}, answers)}
    plain = replace(FULL_ANSWERS, project="x", description="x", contact="x", maintainer="x")
    harmless = missing_documents(
        {"d/a.R": b"", "data/n.csv": b"", "n/a.R": b"", "requirements.txt": b"pandas\n"}, plain
    )
    assert {path: parts[0] for path, parts in expected.items()} == {n.path: _structure(n.data)[0] for n in harmless}
    assert all(not parts[1] for parts in expected.values())


def _structure(data: bytes) -> tuple[int, list[str]]:
    """The number of headings, and everything that a browser would take for a tag (opensafe's own marks aside)."""
    text = data.decode()
    tags = re.findall(r"(?<!\\)<(?![a-z ]{1,20}>\n)[a-zA-Z/!](?!-- opensafe:)", re.sub(r"`[^`\n]*`|`` .* ``", "", text))
    return len(re.findall(r"^#{1,6} ", text, re.MULTILINE)), [] if "GNU" in text or "OGL" in text else tags


def test_sentences_are_short() -> None:
    documents = missing_documents(PYTHON_PROJECT, WITH_NOTICE) + missing_documents(PYTHON_PROJECT, NOBODY_ANSWERED)
    for new in documents:
        if new.path != "LICENCE":
            prose = re.sub(
                r"```.*?```|^\|.*$|^[#-].*$|<!--.*?-->", "\n\n", new.data.decode(), flags=re.MULTILINE | re.DOTALL
            )
            for sentence in re.split(r"(?<=[.:])\s+|\n\n+", prose):
                assert len(sentence.split()) <= 25, sentence


def test_advice_for_documents_that_are_there(snapshot: SnapshotAssertion) -> None:
    files = {
        **R_PROJECT,
        "README.md": b"# Beds\n\n## Installation\n\nx\n",
        "LICENSE": MIT,
        "COPYING": b"x",
        "SECURITY.md": b"Hello.",
    }
    assert advice(files, replace(FULL_ANSWERS, contact="")) == snapshot


def test_advice_names_a_manifest_that_says_otherwise() -> None:
    said = advice({"DESCRIPTION": b"Package: x\nLicense: GPL-3\n", ".Rbuildignore": b"^SECURITY"}, FULL_ANSWERS)
    assert said[0] == "DESCRIPTION names another licence than the one that was asked for (MIT): make them agree"
    assert said[1].endswith(" licence")


def test_no_advice_where_all_is_well() -> None:
    assert advice(scaffolded(PYTHON_PROJECT), FULL_ANSWERS) == ()

"""A README that lacks sections: they are added below, as if it had always been so, and only once."""

import codecs
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from opensafe.model.readiness import AnswerValue
from opensafe.readiness.checks import all_checks
from opensafe.readiness.documents import Answers, NewFile, advice, missing_documents
from opensafe.readiness.placeholders import placeholders
from opensafe.readiness.readme import SECTIONS, Section, missing_sections
from opensafe.readiness.text import text_of
from tests.readiness.readiness_builders import FULL_ANSWERS, PYTHON_PROJECT, R_PROJECT, READY_FACTS

NOBODY_ANSWERED = Answers(project="Beds", year=2026)
CALLS = "How full the wards are, by ward and month, for planners who do not know it yet.\n\n"
ATX = b"# Beds\n\n## How to run it\n\nRun it."
SETEXT = b"Beds\r\n====\r\n\r\nUsage\r\n-----\r\n\r\nRun it.\r\n"
RST = b"====\nBeds\n====\n\nUsage\n~~~~~\n\n.. note:: Run it.\n"
PLAIN = b"Beds\n\nUsage\n\nRun it.\n"


def _completed(path: str, data: bytes, answers: Answers, files: Mapping[str, bytes] = PYTHON_PROJECT) -> NewFile | None:
    new = missing_documents({**files, path: data}, answers)
    return next((file for file in new if file.path == path), None)


@pytest.mark.parametrize(
    ("path", "data", "answers", "files"),
    [
        pytest.param("README.md", ATX, FULL_ANSWERS, R_PROJECT, id="hashes"),
        pytest.param("readme.markdown", SETEXT, NOBODY_ANSWERED, PYTHON_PROJECT, id="underlined"),
        pytest.param("README.rst", RST, FULL_ANSWERS, R_PROJECT, id="rst"),
        pytest.param("README", PLAIN, NOBODY_ANSWERED, {"a.sql": b"", "b.sql": b""}, id="plain"),
        pytest.param("docs/README.md", ATX, FULL_ANSWERS, {"docs/SECURITY.md": b"x", "NEWS.md": b""}, id="in a folder"),
    ],
)
def test_whole_readmes(
    path: str, data: bytes, answers: Answers, files: Mapping[str, bytes], snapshot: SnapshotAssertion
) -> None:
    file = _completed(path, data, answers, files)
    assert file is not None
    assert (file.why, text_of(file.data)) == snapshot


@pytest.mark.parametrize(
    ("path", "data", "heading"),
    [
        ("README.md", b"# Beds\n\n# Usage\n\nx\n", "\n# Contact\n"),
        ("README.md", b"Beds\n\n### Usage\n\nx\n", "\n### Contact\n"),
        ("README.md", b"Counts beds.\n", "\n## Contact\n"),
        ("README.md", b"Beds\n====\n", "\nContact\n-------\n"),
        ("README.md", b"# Beds\n\nUsage\n=====\n", "\nContact\n=======\n"),
        ("README.txt", b"# Beds\n\n## Usage\n", "\n## Contact\n"),
        ("README.txt", b"Counts beds.\n", "\nContact\n-------\n"),
        ("README.rst", b"Beds\n----\n", "\nContact\n=======\n"),
        ("README.rst", b"Beds\n####\n\n====\nUsage\n====\n\n====\nData\n====\n", "\n=======\nContact\n=======\n"),
    ],
)
def test_headings_look_like_those_that_are_there(path: str, data: bytes, heading: str) -> None:
    file = _completed(path, data, FULL_ANSWERS)
    assert file is not None
    assert heading in file.data.decode()


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"# Beds\n\n```sh\nmake\n", b"```\n\n## "),
        (b"# Beds\n\n<!-- later\n", b"-->\n\n## "),
        (b"# Beds\n\n```sh\nmake\n```\n", b"\n## "),
        (b"# Beds", b"\n\n## "),
    ],
)
def test_a_block_that_is_still_open_does_not_swallow_the_sections(data: bytes, start: bytes) -> None:
    file = _completed("README.md", data, FULL_ANSWERS)
    assert file is not None
    assert file.added.startswith(start)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("README.adoc", b"= Beds\n"),
        ("README.Rmd", b"# Beds\n"),
        ("README.md", b""),
        ("README.md", codecs.BOM_UTF8 + b"\n"),
        ("README.md", b"# Beds\n\x00\x01"),
    ],
    ids=["AsciiDoc", "R Markdown", "a link or nothing", "blank", "binary"],
)
def test_what_opensafe_does_not_write_to_stays_advice(path: str, data: bytes) -> None:
    assert _completed(path, data, FULL_ANSWERS) is None
    assert f"{path} has no section on: a contact" in advice({**PYTHON_PROJECT, path: data}, FULL_ANSWERS)


def test_a_readme_that_has_everything_is_left_alone() -> None:
    whole = READY_FACTS.files["README.md"]
    assert _completed("README.md", whole, NOBODY_ANSWERED) is None


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Write to a@example.org.", False),
        ("git clone git@example.org:beds/beds.git", True),
        ("Written by person-1@example.invalid.", True),
        ("See https://example.org.", True),
    ],
)
def test_a_contact_is_an_address_that_people_answer(text: str, lacking: bool) -> None:
    assert ("contact" in [section.id for section in missing_sections(f"# Beds\n\n{text}\n")]) is lacking


def test_the_document_that_the_readme_is_made_from_is_named() -> None:
    files = {**PYTHON_PROJECT, "README.Rmd": b"# Beds\n", "README.md": b"# Beds\n"}
    assert missing_documents(files, FULL_ANSWERS)[0].path == "README.md"
    assert advice(files, FULL_ANSWERS) == ("README.md is made from README.Rmd: add the new sections there too",)


def test_advice_names_only_what_is_still_open() -> None:
    files = {**PYTHON_PROJECT, "README.md": b"# Beds\n\n## Intended use\n\n" + CALLS.encode()}
    open_answers = replace(FULL_ANSWERS, intended_use="", description="", regulation="")
    assert advice(files, open_answers) == ("not answered yet, and marked in the documents that are added: regulation",)
    done = {**files, **{file.path: file.data for file in missing_documents(files, open_answers)}}
    assert advice(done, open_answers) == ("README.md has 1 part that is still to be completed",)


_PIECES = [
    "# Beds",
    "## Usage",
    "Contact",
    "=======",
    "-----",
    "~~~~~",
    "```",
    "~~~",
    "<!--",
    "---",
    "- ```",
    "",
    "",
    "Data",
    "text about wards that is too long to be taken for a heading of any kind at all",
    "1. Run it.",
    "[a](https://example.org)",
    "a@example.org",
    "\x0c",
    "Zoë",
]
_TEXTS = st.tuples(
    st.lists(st.sampled_from(_PIECES), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
).map(lambda drawn: drawn[1].join(drawn[0]).encode(drawn[2]))
_NAMES = st.sampled_from(["README.md", "readme.markdown", "README.rst", "README.txt", "README", ".github/README.md"])
_ANSWERS = st.sampled_from([FULL_ANSWERS, NOBODY_ANSWERED, replace(FULL_ANSWERS, contact="# Usage", usage="```")])


@settings(deadline=None, max_examples=200)
@given(_NAMES, _TEXTS | st.binary(max_size=40), _ANSWERS)
def test_every_byte_stays_and_a_second_run_adds_nothing(path: str, data: bytes, answers: Answers) -> None:
    file = _completed(path, data, answers)
    if file is None:
        return
    assert file.data.startswith(data)
    assert file.data == data + file.added
    assert missing_sections(text_of(file.data)) == ()
    assert _completed(path, file.data, answers) is None


@settings(deadline=None, max_examples=100)
@given(_NAMES, _TEXTS)
def test_the_check_passes_with_all_answers_and_fails_on_every_gap(path: str, data: bytes) -> None:
    for answers in (FULL_ANSWERS, NOBODY_ANSWERED):
        file = _completed(path, data, answers)
        if file is None:
            continue
        outcome = all_checks()["ownership.readme"](replace(READY_FACTS, files={**PYTHON_PROJECT, path: file.data}))
        gaps = placeholders(text_of(file.data))
        assert outcome.answer is (AnswerValue.NOT_MET if gaps else AnswerValue.MET), outcome.evidence
        assert answers is NOBODY_ANSWERED or not gaps


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_the_heading_of_each_section_stands_for_it_and_for_no_other(section: Section) -> None:
    assert [other for other in SECTIONS if other.heading.search(section.name.lower())] == [section]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_only_the_section_that_is_missing_is_added(section: Section) -> None:
    whole = READY_FACTS.files["README.md"].decode().replace("analytics@example.org", "")
    without = whole.replace(f"## {section.name}\n", "")
    file = _completed("README.md", without.encode(), FULL_ANSWERS)
    assert file is not None
    assert file.why == f"gets the sections that it lacks: {section.name.lower()}"
    assert file.added.decode().count("\n## ") == 1

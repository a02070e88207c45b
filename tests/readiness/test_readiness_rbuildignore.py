"""R packages: the new documents are listed for R's checks, and nothing else is."""

import pytest

from opensafe.readiness.documents import missing_documents
from opensafe.readiness.newfile import NewFile
from tests.readiness.readiness_builders import FULL_ANSWERS, PYTHON_PROJECT, R_PROJECT, scaffolded

LISTED = b"^CONTRIBUTING\\.md$\n^SECURITY\\.md$\n^CODE_OF_CONDUCT\\.md$\n"


def _build_ignore(**changes: bytes) -> NewFile | None:
    new = missing_documents(
        {**R_PROJECT, **{name.replace("_", "."): data for name, data in changes.items()}}, FULL_ANSWERS
    )
    return next((file for file in new if file.path == ".Rbuildignore"), None)


@pytest.mark.parametrize(
    ("present", "whole"),
    [
        (b"^data-raw$\n", b"^data-raw$\n" + LISTED),
        (b"^SECURITY\\.md$\r\n^a$", b"^SECURITY\\.md$\r\n^a$\r\n^CONTRIBUTING\\.md$\r\n^CODE_OF_CONDUCT\\.md$\r\n"),
    ],
)
def test_missing_lines_are_added_below_those_that_are_there(present: bytes, whole: bytes) -> None:
    file = _build_ignore(_Rbuildignore=present)
    assert file is not None
    assert file.data == whole
    assert file.data[: file.kept] == present


def test_the_file_is_made_where_there_is_none() -> None:
    file = _build_ignore()
    assert file is not None
    assert (file.data, file.added) == (LISTED, LISTED)


def test_what_was_there_already_is_not_listed() -> None:
    file = _build_ignore(SECURITY_md=b"x", CONTRIBUTING_md=b"x")
    assert file is not None
    assert file.data == b"^CODE_OF_CONDUCT\\.md$\n"


def test_nothing_is_listed_twice_or_without_need() -> None:
    assert _build_ignore(_Rbuildignore=LISTED) is None
    assert missing_documents(scaffolded(R_PROJECT), FULL_ANSWERS) == ()
    assert ".Rbuildignore" not in scaffolded(PYTHON_PROJECT)
    assert ".Rbuildignore" not in scaffolded({"DESCRIPTION": b"Title: no package\n"})

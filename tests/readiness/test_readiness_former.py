"""The documents that make up for a history that was given up."""

from dataclasses import replace

from opensafe.model.former import FormerHistory, LostMessage
from opensafe.model.identifiers import Oid
from opensafe.model.option import Option
from opensafe.readiness.documents import missing_documents
from tests.readiness.readiness_builders import FULL_ANSWERS, PYTHON_PROJECT

SQUASHED = FormerHistory(
    option=Option.SQUASH,
    made="2026-11-22",
    commits=412,
    first_year=2019,
    last_year=2024,
    contributors=("Ann Example", "Zoë *Star* <b>"),
    unnamed=3,
    messages=(LostMessage("Add the model", Oid("1" * 40)),),
    reason="nobody can review the early commits",
)
MOVED = replace(SQUASHED, option=Option.NEW_REPOSITORY, messages=())
R_PACKAGE = {"DESCRIPTION": b"Package: beds\nVersion: 0.1.0\n"}


def _documents(former: FormerHistory | None, files: dict[str, bytes] | None = None) -> dict[str, str]:
    found = missing_documents(dict(PYTHON_PROJECT) if files is None else files, FULL_ANSWERS, former)
    return {file.path: file.data.decode() for file in found}


def test_a_history_that_is_kept_needs_none_of_them() -> None:
    assert {"CONTRIBUTORS.md", "PROVENANCE.md"} & _documents(None).keys() == set()


def test_contributors_are_named_and_the_others_are_counted() -> None:
    assert _documents(SQUASHED)["CONTRIBUTORS.md"] == (
        "# Contributors\n\n"
        "Bed occupancy was written before it was opened, in 412 commits that are not part of this repository.\n"
        "These people wrote it and agreed to be named:\n\n"
        "- Ann Example\n- Zoë \\*Star\\* \\<b>\n\n"
        "3 more people contributed and are not named here.\n"
    )


def test_one_person_is_one_person() -> None:
    text = _documents(replace(SQUASHED, unnamed=1, commits=1))["CONTRIBUTORS.md"]
    assert "1 more person contributed and is not named here." in text
    assert "in 1 commit that" in text
    assert "more" not in _documents(replace(SQUASHED, unnamed=0))["CONTRIBUTORS.md"]


def test_where_nobody_agreed_nobody_is_listed() -> None:
    assert "CONTRIBUTORS.md" not in _documents(replace(SQUASHED, contributors=(), unnamed=5))


def test_a_new_repository_says_where_its_code_comes_from() -> None:
    text = _documents(MOVED)["PROVENANCE.md"]
    assert "| Taken from there | 2026-11-22 |\n" in text
    assert "step 4)" in text
    assert "| Time of development | 2019 to 2024 |\n" in text
    assert "| Commits before | 412 |\n| People before | 5 |\n" in text
    assert "for this reason: nobody can review the early commits\n" in text
    assert "[CONTRIBUTORS.md](CONTRIBUTORS.md)" in text
    assert "PROVENANCE.md" not in _documents(SQUASHED)


def test_a_reason_that_leads_back_is_left_to_the_record() -> None:
    text = _documents(replace(MOVED, reason="", contributors=(), first_year=2024))["PROVENANCE.md"]
    assert "stand in the record of the opening" in text
    assert "| Time of development | 2024 |\n" in text
    assert "CONTRIBUTORS" not in text


def test_what_is_there_is_never_overwritten() -> None:
    files = {"Contributors.md": b"ours", "PROVENANCE.md": b"ours"}
    assert {"CONTRIBUTORS.md", "PROVENANCE.md"} & _documents(MOVED, files).keys() == set()


def test_a_new_readme_points_to_the_notes_that_are_to_come() -> None:
    assert "[`CHANGELOG.md`](CHANGELOG.md)" in _documents(SQUASHED)["README.md"]
    assert "[`NEWS.md`](NEWS.md)" in _documents(SQUASHED, R_PACKAGE)["README.md"]
    assert "CHANGELOG" not in _documents(None)["README.md"]
    assert "CHANGELOG" not in _documents(MOVED)["README.md"]


def test_an_r_package_keeps_them_out_of_what_it_builds() -> None:
    ignored = _documents(MOVED, R_PACKAGE)[".Rbuildignore"]
    assert "CONTRIBUTORS" in ignored
    assert "PROVENANCE" in ignored

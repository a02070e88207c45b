"""`guard run --staged`: what differs from HEAD in the index, read from git's objects."""

import base64
from pathlib import Path

import pytest

from opensafe.detectors.catalogue import all_detectors
from opensafe.errors import ExitCode
from tests.guard.guard_kit import ADDRESS, FAKES, OpenRepository, assignment, patient_table
from tests.journey.journey_commands import assert_refused, run

_NOTEBOOK = (
    b'{"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["1"], "outputs": [%s]}],'
    b' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
_REMEDY = next(d.card.remedy for d in all_detectors() if d.card.id == "secrets.generic-assignment")
_OUTPUT = b'{"output_type": "stream", "name": "stdout", "text": ["1"]}'


def test_nothing_staged_is_said_and_is_no_failure(repository: OpenRepository) -> None:
    ran = repository.guard("--staged")
    assert (ran.code, ran.out, ran.err) == (ExitCode.DONE, "Nothing was read: nothing is new.\n", "")


def test_a_credential_is_named_by_place_and_never_shown(repository: OpenRepository) -> None:
    password = FAKES.password()
    repository.stage({"analysis.R": b"x <- 1\n\n" + assignment(password)})
    ran = repository.guard("--staged")
    assert ran.code == ExitCode.FINDINGS_OPEN
    assert ran.out.splitlines() == [
        "analysis.R:3: Password, secret or key assigned to a name (high)",
        "  [secret, up to 16 characters]",
        "  why: assigned to a telling name; nothing speaks against it",
        f"  what to do: {_REMEDY}",
        "Read 1 of 1 new objects (1 blob); stopped by 1 finding.",
    ]
    assert password.decode() not in ran.out + ran.err
    assert ran.err.startswith("next: ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("patients.csv", patient_table()),
        ("wards.csv", b"ward,beds,month\n" + b"A,12,May\n" * 8),
        ("run.ipynb", _NOTEBOOK % _OUTPUT),
        ("deep/er/notes.md", f"Ask {ADDRESS} first.\n".encode()),
        ("settings.b64", base64.b64encode(assignment(FAKES.password()) * 3)),
        (f"from {ADDRESS}", b"x <- 2\n"),
    ],
)
def test_what_stops_a_commit(repository: OpenRepository, name: str, data: bytes) -> None:
    repository.stage({name: data})
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wards.R", b"beds <- c(12, 13)\n"),
        ("run.ipynb", _NOTEBOOK % b""),
        ("read.R", b"pass" + b'word <- Sys.getenv("DB_PASS' + b'WORD")\n'),
        ("notes.md", b"Write to open-source@example.org, or to the team.\n"),
        ("authors.md", b"Author: Jo Bloggs\n"),
    ],
)
def test_what_does_not(repository: OpenRepository, name: str, data: bytes) -> None:
    repository.stage({name: data})
    ran = repository.guard("--staged")
    assert (ran.code, ran.out) == (
        ExitCode.DONE,
        "Read 1 of 1 new objects (1 blob); nothing in it stops this.\n",
    )


def test_the_index_counts_and_not_the_file(repository: OpenRepository) -> None:
    repository.stage({"a.R": assignment(FAKES.password())})
    (repository.path / "a.R").write_bytes(b"x <- 2\n")
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN
    repository.stage({"a.R": b"x <- 2\n"})
    (repository.path / "a.R").write_bytes(assignment(FAKES.password()))
    assert repository.guard("--staged").code == ExitCode.DONE


def test_what_head_has_already_is_not_asked_again(repository: OpenRepository) -> None:
    repository.commit({"old.R": assignment(FAKES.password()), "d/e/f.R": b"x <- 3\n"})
    repository.stage({"new.R": b"x <- 4\n"})
    ran = repository.guard("--staged")
    assert (ran.code, ran.out) == (0, "Read 1 of 1 new objects (1 blob); nothing in it stops this.\n")


def test_a_value_alone_is_found_where_the_same_commit_gives_it_away(repository: OpenRepository) -> None:
    password = FAKES.password()
    repository.stage({"a.R": assignment(password), "b.log": b"started with " + password + b"\n"})
    places = [place["path"] for place in repository.guard("--staged", "--json").document()["findings"][0]["places"]]
    assert places == ["a.R", "b.log"]


def test_the_document_says_what_was_read(repository: OpenRepository) -> None:
    repository.stage({"a.R": assignment(FAKES.password()), "b.R": b"x <- 5\n"})
    ran = repository.guard("--staged", "--json")
    document = ran.document()
    assert ran.code == ExitCode.FINDINGS_OPEN
    coverage = document["coverage"]
    assert (coverage["objects"], coverage["read"], coverage["complete"]) == (2, 2, True)
    assert [finding["state"] for finding in document["findings"]] == ["open"]


def test_a_missing_object_is_no_pass(repository: OpenRepository) -> None:
    entry = f"100644,{'5eed' * 10},gone.R"
    assert repository.git("update-index", "--add", "--cacheinfo", entry).code == 0
    ran = repository.guard("--staged")
    assert ran.code == ExitCode.INCOMPLETE
    assert "missing  gone.R" in ran.out
    assert "Read 0 of 1 new objects" in ran.out


def test_content_that_lies_elsewhere_is_no_pass(repository: OpenRepository) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n"
    repository.stage({"model.bin": pointer % (b"5eed" * 16)})
    ran = repository.guard("--staged")
    assert ran.code == ExitCode.INCOMPLETE
    assert "LFS content absent  model.bin" in ran.out
    repository.stage({"model.bin": b"not a %s" % pointer[:20]})
    assert repository.guard("--staged").code == ExitCode.DONE


@pytest.mark.parametrize("damage", ["cut", "garbage", "split"])
def test_an_index_that_cannot_be_read_whole_is_no_pass(repository: OpenRepository, damage: str) -> None:
    repository.stage({"a.R": b"x <- 6\n", "b.R": b"x <- 7\n"})
    index = repository.path / ".git" / "index"
    if damage == "split":
        assert repository.git("update-index", "--split-index").code == 0
        repository.stage({"c.R": b"x <- 8\n"})
    else:
        index.write_bytes(index.read_bytes()[:-90] if damage == "cut" else b"garbage" * 20)
    ran = repository.guard("--staged")
    assert ran.code == ExitCode.INCOMPLETE
    assert "the index is" in ran.out


def test_folders_of_a_sparse_index(repository: OpenRepository) -> None:
    repository.commit({"kept/a.R": b"x <- 6\n", "away/b.R": assignment(FAKES.password())})
    assert repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "kept").code == 0
    assert b"away/\0" in (repository.path / ".git" / "index").read_bytes()
    assert repository.guard("--staged").out == "Nothing was read: nothing is new.\n"
    repository.stage({"kept/a.R": b"x <- 7\n"})
    assert "Read 1 of 1" in repository.guard("--staged").out
    assert repository.git("reset", "--quiet", "--soft", "HEAD~1").code == 0
    assert repository.guard("--staged").out.startswith("away/b.R:1: Password")


def test_a_submodule_and_a_link(repository: OpenRepository) -> None:
    (repository.path / "link").symlink_to("/home/" + "jblog" + "gs7/data")
    assert repository.git("add", "link").code == 0
    assert repository.git("update-index", "--add", "--cacheinfo", f"160000,{'5eed' * 10},lib").code == 0
    document = repository.guard("--staged", "--json").document()
    assert document["coverage"]["complete"] is True
    assert [place["kind"] for finding in document["findings"] for place in finding["places"]] == ["symlink-target"]


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    repository = OpenRepository(tmp_path / "new")
    repository.git("init", "--quiet")
    assert repository.guard("--staged").out == "Nothing was read: nothing is new.\n"
    repository.stage({"a.R": assignment(FAKES.password())})
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN


def test_outside_a_repository_and_two_questions_at_once(tmp_path: Path, repository: OpenRepository) -> None:
    assert_refused(run("guard", "run", str(tmp_path), "--staged"), ExitCode.USAGE, "no git repository")
    assert_refused(repository.guard("--staged", "--all-new"), ExitCode.USAGE, "one run checks one thing")

"""`scaffold --into DIR`: files in a work tree of somebody's, after a yes, and nothing else."""

from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.guard.guard_kit import FAKES, OpenRepository
from tests.journey.journey_commands import Ran, assert_refused, run

_DOCUMENTS = {"README.md", "LICENCE", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"}
_HOLDER = ("--holder", "Example NHS Trust", "--contact", "open.source@example.org")


def _scaffold(repository: OpenRepository, *options: str) -> Ran:
    return run("scaffold", "--into", str(repository.path), *_HOLDER, *options)


def _files(repository: OpenRepository) -> dict[str, bytes]:
    files = (file for file in repository.path.rglob("*") if file.is_file())
    return {file.relative_to(repository.path).as_posix(): file.read_bytes() for file in files}


def test_missing_documents_are_written_and_nothing_else_is_touched(repository: OpenRepository) -> None:
    before = _files(repository)
    ran = _scaffold(repository, "--yes")
    assert ran.code == 0
    assert f"This will be written to {repository.path}:\n  README.md: says what" in ran.err
    assert "git add -- README.md LICENCE" in ran.err
    after = _files(repository)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == _DOCUMENTS
    assert b"Example NHS Trust" in after["LICENCE"]
    assert b"\r" not in b"".join(after[name] for name in _DOCUMENTS)
    again = _scaffold(repository, "--yes")
    assert (again.out.splitlines()[0], _files(repository)) == ("No document is missing.", after)


@pytest.mark.parametrize(("options", "code"), [((), ExitCode.USAGE), (("--dry-run",), ExitCode.DONE)])
def test_nothing_is_written_without_a_yes(repository: OpenRepository, options: tuple[str, ...], code: ExitCode) -> None:
    before = _files(repository)
    ran = _scaffold(repository, *options)
    assert (ran.code, _files(repository)) == (code, before)
    assert "give it with --yes" in ran.err or "  + # " in ran.out


def test_a_file_that_is_there_is_never_changed(repository: OpenRepository) -> None:
    (repository.path / "readme.md").write_bytes(b"# Beds\n\nCounts beds.\n")
    ran = _scaffold(repository, "--yes", "--json")
    details = ran.document()["details"]
    assert set(details["files"]) == _DOCUMENTS - {"README.md"}
    assert details["left"] == ["readme.md"]
    assert (repository.path / "readme.md").read_bytes() == b"# Beds\n\nCounts beds.\n"
    said = _scaffold(repository, "--dry-run")
    assert "  readme.md stays as it is; these lines are missing at its end:\n  + " in said.out


def test_a_link_counts_as_a_file_that_is_there(repository: OpenRepository, tmp_path: Path) -> None:
    (repository.path / "README.md").symlink_to(tmp_path / "nowhere")
    assert _scaffold(repository, "--yes").code == 0
    assert not (tmp_path / "nowhere").exists()
    assert set(_files(repository)) >= _DOCUMENTS - {"README.md"}


def test_an_answer_that_is_a_finding_is_refused_before_anything_is_written(
    repository: OpenRepository, tmp_path: Path
) -> None:
    before = _files(repository)
    (tmp_path / "a.toml").write_text(f'usage = "Log in with pass{"word"} = {FAKES.password().decode()}"\n', "utf-8")
    ran = _scaffold(repository, "--yes", "--answers", str(tmp_path / "a.toml"))
    assert_refused(ran, ExitCode.USAGE, "README.md would hold a [secret")
    assert _files(repository) == before


def test_the_answers_of_a_case_are_used_where_there_is_one(repository: OpenRepository) -> None:
    assert run("start", str(repository.path), "--organisation", "Trust of the Case").code == 0
    assert run("scaffold", "--into", str(repository.path), "--yes").code == 0
    assert b"Trust of the Case" in (repository.path / "LICENCE").read_bytes()
    case = repository.path.with_name(repository.path.name + ".opensafe")
    assert "Wrote 5 documents into a work tree" in run("--case", str(case), "log", "show").out


def test_a_bare_repository_and_a_folder_that_is_none(repository: OpenRepository, tmp_path: Path) -> None:
    repository.clone(tmp_path / "bare.git", "--bare")
    bare = run("scaffold", "--into", str(tmp_path / "bare.git"), "--yes")
    assert_refused(bare, ExitCode.USAGE, "bare repository")
    assert_refused(run("scaffold", "--into", str(tmp_path), "--yes"), ExitCode.USAGE, "not a git repository")


def test_a_case_that_is_closed_says_nothing_more(repository: OpenRepository) -> None:
    case = repository.path.with_name(repository.path.name + ".opensafe")
    for words in (("start", str(repository.path)), ("--case", str(case), "audit", "--workers", "1")):
        assert run(*words).code in {ExitCode.DONE, ExitCode.FINDINGS_OPEN}
    assert run("--case", str(case), "close", "--reason", "done", "--yes", "--by", "Ann").code == 0
    before = (case / "log.jsonl").read_bytes()
    ran = _scaffold(repository, "--yes")
    assert (ran.code, set(_files(repository)) >= _DOCUMENTS) == (0, True)
    assert "The log of the case does not say that: the case is closed" in ran.err
    assert (case / "log.jsonl").read_bytes() == before

"""Which case a command is about."""

from pathlib import Path

import pytest

from opensafe.casefile.find import default_case_folder, find_case, location_warnings
from opensafe.casefile.folder import Case
from opensafe.errors import NoCase
from tests.casefile import casefile_kit as kit


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "analysis" / ".git").mkdir(parents=True)
    (tmp_path / "analysis" / "R" / "deep").mkdir(parents=True)
    return tmp_path / "analysis"


def bare(folder: Path) -> Path:
    for name in ("HEAD", "objects", "refs"):
        (folder / name).mkdir(parents=True)
    return folder


@pytest.mark.parametrize("part", ["", "R", "R/deep", ".git", ".git/objects"])
def test_the_default_folder_is_beside_the_work_tree(repository: Path, part: str) -> None:
    assert default_case_folder(repository / part) == repository.with_name("analysis.opensafe")


def test_the_default_folder_of_other_sources(tmp_path: Path) -> None:
    assert default_case_folder(bare(tmp_path / "x.git")) == tmp_path / "x.git.opensafe"
    assert default_case_folder(tmp_path / "x.git" / "refs") == tmp_path / "x.git.opensafe"
    assert default_case_folder(tmp_path / "no-repository") == tmp_path / "no-repository.opensafe"


def test_the_default_folder_follows_links_to_the_repository(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "link").symlink_to(repository, target_is_directory=True)
    assert default_case_folder(tmp_path / "other" / "link") == tmp_path / "analysis.opensafe"


def test_the_option_wins_over_the_environment_and_that_over_the_folder(repository: Path, tmp_path: Path) -> None:
    beside = kit.new_case(tmp_path).root
    option = Case.create(tmp_path / "option", kit.config(repository)).root
    named = Case.create(tmp_path / "named", kit.config(repository)).root
    environment = {"OPENSAFE_CASE": str(named)}

    assert find_case(option, environment, repository) == option
    assert find_case(None, environment, repository) == named
    assert find_case(None, {"OPENSAFE_CASE": ""}, repository) == beside
    assert find_case(None, {}, repository) == beside


@pytest.mark.parametrize("part", ["", "reports", "work", "public.git/refs"])
def test_inside_a_case_that_case_is_meant(tmp_path: Path, part: str) -> None:
    case = kit.new_case(tmp_path)
    bare(case.public_git)
    assert find_case(None, {}, case.root / part) == case.root


@pytest.mark.parametrize("part", ["", "R/deep", ".git"])
def test_inside_the_repository_the_case_beside_it_is_meant(repository: Path, part: str, tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    assert find_case(None, {}, repository / part) == case.root


def test_in_a_repository_within_another_the_outer_case_is_found_too(repository: Path, tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    (repository / "vendor" / ".git").mkdir(parents=True)
    assert find_case(None, {}, repository / "vendor") == case.root


def test_a_case_that_a_repository_brings_along_is_taken_only_when_named(repository: Path, tmp_path: Path) -> None:
    planted = kit.new_case(tmp_path).root.rename(repository / "R.opensafe")
    with pytest.raises(NoCase, match=r"inside a repository: used only when named with --case"):
        find_case(None, {}, planted)
    (repository / "R" / ".git").mkdir()
    with pytest.raises(NoCase):
        find_case(None, {}, repository / "R")
    assert find_case(planted, {}, repository) == planted


@pytest.mark.parametrize("by", ["--case", "OPENSAFE_CASE"])
def test_a_named_folder_that_is_no_case_says_who_named_it(tmp_path: Path, by: str) -> None:
    option, environment = (tmp_path, {}) if by == "--case" else (None, {"OPENSAFE_CASE": str(tmp_path)})
    with pytest.raises(NoCase, match=rf"\(named by {by}\) is not a case") as caught:
        find_case(option, environment, tmp_path)
    assert "opensafe start REPO" in caught.value.remedy


def test_without_a_case_everything_that_was_looked_at_is_named(repository: Path) -> None:
    with pytest.raises(NoCase) as caught:
        find_case(None, {}, repository / "R")
    assert caught.value.cause == f"no case found; looked at {repository / 'R'}, {repository}.opensafe"
    assert "opensafe start REPO" in caught.value.remedy


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/home/a/OneDrive/x.opensafe", "OneDrive"),
        (r"C:\Users\a\OneDrive - An NHS Trust\Documents\x.opensafe", "OneDrive"),
        ("/Users/a/Dropbox (Team)/x.opensafe", "Dropbox"),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x.opensafe", "iCloud"),
        (r"C:\Users\a\iCloudDrive\x.opensafe", "iCloud"),
        ("/Users/a/Google Drive/x.opensafe", "Google Drive"),
        (r"G:\My Drive\x.opensafe", "Google Drive"),
        (r"\\server\share\x.opensafe", "network share"),
        ("//server/share/x.opensafe", "network share"),
    ],
)
def test_folders_that_others_see_are_warned_about(
    path: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # off Windows, its paths are relative ones
    warnings = location_warnings(Path(path))
    assert len(warnings) == 1
    assert word in warnings[0]


@pytest.mark.parametrize(
    "path", ["/home/a/x.opensafe", "/home/a/onedrivers/x.opensafe", r"C:\Users\a\x", "/srv/my driver/x"]
)
def test_other_folders_are_not(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert location_warnings(Path(path)) == []


def test_a_folder_in_a_work_tree_is_warned_about(repository: Path) -> None:
    assert location_warnings(repository / "x") == ["the case lies inside a git work tree: a commit could publish it"]

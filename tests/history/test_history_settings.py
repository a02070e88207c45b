"""What hides or bends history, and what tells tools to look away, is told; its neighbours are not."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from fixtures.kit.story import Tell
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.refs import read_refs
from opensafe.history.scanner_files import scanner_settings
from opensafe.history.setting import HistorySetting
from opensafe.history.settings import history_settings
from opensafe.model.finding import Severity
from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from tests.git.git_kit import as_usual
from tests.history.history_kit import read

_TOKEN = "invented" + "-0123456789"


def _parents(commits: Mapping[Oid, Commit]) -> dict[Oid, tuple[Oid, ...]]:
    return {oid: commit.parents for oid, commit in commits.items()}


def _told(git_dir: Path) -> dict[str, HistorySetting]:
    layout = read_layout(git_dir)
    return {setting.id: setting for setting in history_settings(layout, read_refs(layout))}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("replaced_and_grafted", ["replace-refs", "grafts"]),
        ("borrowed_objects", ["alternates"]),
        ("shallow_repository", ["shallow-clone"]),
        ("hostile_source", ["partial-clone", "programs-in-config", "hooks"]),
        ("forged_commit_graph", ["forged-commit-graph"]),
        ("clean_repository", []),
    ],
)
def test_what_bends_history_is_told(story: Tell, tmp_path: Path, name: str, expected: list[str]) -> None:
    history = read(story(name).path, tmp_path)
    found = list(history_settings(history.layout, history.refs, partial(_parents, history.graph.commits)))
    assert [setting.id for setting in found] == expected
    assert all(setting.title and setting.why and setting.remedy for setting in found)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("[transfer]\n\thideRefs = refs/x\n", "hidden-refs"),
        ("[uploadpack]\n\thideRefs = refs/x\n", "hidden-refs"),
        ("[core]\n\tfsmonitor = ./run\n", "programs-in-config"),
        ('[filter "x"]\n\tclean = ./run\n', "programs-in-config"),
        ('[diff "x"]\n\ttextconv = ./run\n', "programs-in-config"),
        ("[alias]\n\tx = !./run\n", "programs-in-config"),
        ('[credential "https://x"]\n\thelper = !./run\n', "programs-in-config"),
        ("[core]\n\thooksPath = ../hooks\n", "hooks-elsewhere"),
        ("[include]\n\tpath = ../more\n", "included-configuration"),
        ('[includeIf "gitdir:/x"]\n\tpath = ../more\n', "included-configuration"),
        (f'[remote "o"]\n\turl = https://ward:{_TOKEN}@git.example.org/x\n', "credentials-in-config"),
        (f'[remote "o"]\n\turl = https://{_TOKEN}@git.example.org/x\n', "credentials-in-config"),
        (f'[url "https://ward:{_TOKEN}@git.example.org/"]\n\tinsteadOf = x:\n', "credentials-in-config"),
        (f'[http "https://x"]\n\textraHeader = Authorization: Basic {_TOKEN}\n', "credentials-in-config"),
    ],
)  # fmt: skip
def test_what_the_configuration_tells(tmp_path: Path, config: str, expected: str) -> None:
    git_dir = OwnedRepository.create(tmp_path / "r").git_dir
    (git_dir / "config").write_text(config, newline="\n")
    told = _told(git_dir)
    assert list(told) == [expected]
    assert told[expected].paths == (b".git/config",)
    assert _TOKEN not in told[expected].explained, "names of settings are shown, no values"


@pytest.mark.parametrize(
    "config",
    [
        '[core]\n\tfsmonitor = true\n[filter "lfs"]\n\tclean = git-lfs clean -- %f\n[credential]\n\thelper = store\n',
        '[alias]\n\tst = status\n[diff "x"]\n\tbinary = true\n[transfer]\n\tfsckObjects = true\n',
        '[remote "o"]\n\turl = https://ward@git.example.org/x\n\tfetch = +refs/heads/*:refs/remotes/o/*\n',
        '[remote "o"]\n\turl = git@git.example.org:x/y.git\n[http]\n\textraHeader = X-Trace: yes\n',
        '[url "https://git.example.org/"]\n\tinsteadOf = x:\n[includeIf "x"]\n',
    ],
)
def test_what_is_usual_in_a_configuration(tmp_path: Path, config: str) -> None:
    git_dir = OwnedRepository.create(tmp_path / "r").git_dir
    (git_dir / "config").write_text(config, newline="\n")
    assert _told(git_dir) == {}


def test_settings_of_a_linked_work_tree_count(tmp_path: Path) -> None:
    git_dir = OwnedRepository.create(tmp_path / "r").git_dir
    (git_dir / "worktrees" / "x").mkdir(parents=True)
    for folder in (git_dir, git_dir / "worktrees" / "x"):
        (folder / "config.worktree").write_text("[core]\n\tpager = ./run\n")
    paths = (b".git/config.worktree", b".git/worktrees/x/config.worktree")
    assert _told(git_dir)["programs-in-config"].paths == paths


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("hooks/pre-push", b"#!/bin/sh\n", ["hooks"]),
        ("hooks/pre-push.sample", b"#!/bin/sh\n", []),
        ("info/attributes", b"*.R -diff\n", ["hidden-diffs"]),
        ("info/attributes", b"*.R binary\n", ["hidden-diffs"]),
        ("info/attributes", b"# *.R -diff\n*.R text eol=lf\n", []),
    ],
)
def test_files_of_the_git_folder_that_tell_something(
    tmp_path: Path, name: str, data: bytes, expected: list[str]
) -> None:
    git_dir = OwnedRepository.create(tmp_path / "r").git_dir
    (git_dir / name).parent.mkdir(parents=True, exist_ok=True)
    (git_dir / name).write_bytes(data)
    told = _told(git_dir)
    assert list(told) == expected
    assert [setting.paths for setting in told.values()] == [(b".git/" + name.encode(),)] * len(expected)


def test_a_damaged_commit_graph_is_told_and_a_true_one_is_not(story: Tell, tmp_path: Path) -> None:
    path = story("clean_repository").path
    as_usual(path, "commit-graph", "write", "--reachable")
    history = read(path, tmp_path)
    commits = history.graph.commits
    assert list(history_settings(history.layout, history.refs, partial(_parents, commits))) == []
    graph = history.layout.objects / "info" / "commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(b"CGPH" + b"\1" * 40)
    (told,) = history_settings(history.layout, history.refs, partial(_parents, commits))
    assert (told.id, told.severity) == ("forged-commit-graph", Severity.HIGH)


@pytest.mark.parametrize(
    ("path", "tool"),
    [
        (b".gitleaks.toml", "gitleaks"),
        (b"config/gitleaks.toml", "gitleaks"),
        (b".gitleaksignore", "gitleaks"),
        (b".secrets.baseline", "detect-secrets"),
        (b"sub/.secrets.baseline", "detect-secrets"),
        (b".trufflehog-ignore.txt", "trufflehog"),
        (b".gitguardian.yaml", "gitguardian"),
        (b".ggshield.yml", "gitguardian"),
        (b".talismanrc", "talisman"),
        (b".semgrepignore", "semgrep"),
        (b".kingfisher.yaml", "kingfisher"),
        (b".gitallowed", "git-secrets"),
        (b".secretlintrc.json", "secretlint"),
        (b".bandit", "bandit"),
        (b".github/secret_scanning.yml", "github-secret-scanning"),
    ],
)
def test_rules_for_scanners_are_told_with_their_paths(path: bytes, tool: str) -> None:
    (told,) = scanner_settings([path, b"README.md"])
    assert (told.id, told.paths) == (f"scanner-rules-{tool}", (path,))


def test_one_setting_for_each_tool() -> None:
    paths = [b"b/.gitleaks.toml", b".gitleaksignore", b".gitleaksignore", b".talismanrc"]
    told = {setting.id: setting.paths for setting in scanner_settings(paths)}
    assert told == {
        "scanner-rules-gitleaks": (b".gitleaksignore", b"b/.gitleaks.toml"),
        "scanner-rules-talisman": (b".talismanrc",),
    }


@pytest.mark.parametrize(
    "path", [b"gitleaks.md", b"R/bandit.R", b".gitleaks.toml/x.R", b"secrets.baseline", b"kingfisher.R", b".gitignore"]
)
def test_other_files_are_no_rules(path: bytes) -> None:
    assert list(scanner_settings([path])) == []

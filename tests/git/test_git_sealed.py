"""Nothing of the caller's or of the source's is in force when git runs, and nothing of the source changes."""

import subprocess
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.story import Tell
from opensafe.errors import GitFailed
from opensafe.git.environment import sealed_environment
from opensafe.git.graph import load_graph
from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.process import run_git
from opensafe.git.refs import read_reflogs, read_refs
from opensafe.git.stream import ObjectReader, read_objects
from opensafe.git.view import open_view, view_of
from tests.git.git_kit import as_usual

INHERITED = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR",
    "GIT_TRACE", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EXTERNAL_DIFF", "GIT_SHALLOW_FILE", "GIT_PROXY_COMMAND",
    "LD_PRELOAD", "PYTHONPATH",
)  # fmt: skip
WRITING = (
    "hash-object", "update-ref", "index-pack", "unpack-objects", "commit-tree", "mktree", "gc", "repack", "prune",
    "fetch", "config", "symbolic-ref", "fast-import", "update-index", "read-tree", "checkout", "status", "log", "diff",
)  # fmt: skip


def test_no_variable_of_the_caller_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sealed_environment()
    for name in INHERITED:
        monkeypatch.setenv(name, "/somewhere/else")
    assert sealed_environment() == before
    assert not set(INHERITED) & set(before)


def test_git_stays_in_the_repository_that_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = (OwnedRepository.create(tmp_path / name) for name in ("ours", "theirs"))
    untouched = digest_tree(theirs.git_dir)
    monkeypatch.setenv("GIT_DIR", str(theirs.git_dir))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(theirs.git_dir / "objects"))
    oid = ours.write_object("blob", b"mine\n")
    assert ours.run("cat-file", "blob", oid) == b"mine\n"
    assert digest_tree(theirs.git_dir) == untouched


def test_the_configuration_of_the_user_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".gitconfig").write_text('[user]\n\tname = Planted\n[alias]\n\tcat-file = "!touch planted"\n')
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / ".gitconfig"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings = OwnedRepository.create(tmp_path / "r").run("config", "--list").decode()
    assert "planted" not in settings.lower()
    assert "core.fsmonitor=false" in settings.splitlines()


def test_a_careless_git_starts_what_is_planted(story: Tell) -> None:
    built = story("hostile_source")
    subprocess.run(["git", "status"], cwd=built.path, capture_output=True, check=False)
    assert list(built.markers.iterdir())


def test_reading_a_hostile_source_starts_nothing_and_changes_nothing(story: Tell, tmp_path: Path) -> None:
    built = story("hostile_source")
    untouched = digest_tree(built.path)
    layout = read_layout(built.path)
    view = open_view(layout, tmp_path / "view")
    graph = load_graph(view)
    objects = list(read_objects(view, graph.order))
    with ObjectReader(view) as reader:
        again = [reader.read(oid) for oid in graph.order]
    refs = read_refs(layout)
    staged = staged_blobs(layout.git_dir / "index", layout.object_format)
    list(read_reflogs(layout))
    assert again == objects
    assert (len(graph.commits), len(refs.refs), len(staged)) == (4, 3, 12)
    assert layout.promisor
    assert list(built.markers.iterdir()) == []
    assert digest_tree(built.path) == untouched


@pytest.mark.parametrize("name", ["replaced_and_grafted", "shallow_repository", "forged_commit_graph"])
def test_what_hides_history_from_git_hides_nothing_from_the_view(story: Tell, tmp_path: Path, name: str) -> None:
    layout = read_layout(story(name).path)
    view = open_view(layout, tmp_path / "view")
    commits = load_graph(view).commits
    walked = view.run("rev-list", *read_refs(layout).refs.values()).decode().split()
    as_git_walks = as_usual(layout.root, "rev-list", "--all").decode().split()
    assert sorted(walked) == sorted(commits)
    assert set(as_git_walks) < set(walked)


@pytest.mark.parametrize("command", WRITING)
def test_a_view_runs_reading_commands_only(tmp_path: Path, command: str) -> None:
    view = view_of(OwnedRepository.create(tmp_path / "r"))
    for given in (command, command.encode()):
        with pytest.raises(ValueError, match="not a reading command"):
            view.run(given, "--stdin")
        with pytest.raises(ValueError, match="not a reading command"):
            view.start(given)


def test_even_a_stray_write_lands_in_our_own_folder(story: Tell, tmp_path: Path) -> None:
    built = story("clean_repository")
    untouched = digest_tree(built.path)
    view = open_view(read_layout(built.path), tmp_path / "view")
    written = run_git(view.git_dir, ["hash-object", "-w", "--stdin"], stdin=b"stray\n").decode().strip()
    assert (view.git_dir / "objects" / written[:2] / written[2:]).is_file()
    assert digest_tree(built.path) == untouched


def test_a_folder_with_odd_characters_can_be_borrowed_from(story: Tell, tmp_path: Path) -> None:
    odd = tmp_path / 'a "b" c;d:e\\f#g'
    story("utf16_sql").path.rename(odd)
    view = open_view(read_layout(odd), tmp_path / "view")
    assert len(load_graph(view).commits) == 1


def test_a_failure_says_what_git_said_and_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match="rev-parse ended with 128") as failed:
        OwnedRepository.create(tmp_path / "r").run("rev-parse", "--verify", b"no\x1b[31m\xff")
    assert "\x1b" not in failed.value.cause

"""The walks over commits and trees are those of plain git."""

import pytest
from hypothesis import given, settings

from fixtures.kit.damage import flip, remove
from fixtures.kit.plain_git import git
from opensafe.git.graph import ancestors, load_graph, peel, topological, walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import view_of
from opensafe.model.gitobjects import Commit, Identity, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread
from tests.git.git_kit import Tale, full_tree, tales, tell


@settings(max_examples=12)
@given(tale=tales())
def test_any_history_is_walked_as_git_walks_it(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    told = tell(tale, tmp_path_factory.mktemp("graph") / "r")
    graph = load_graph(view_of(told.workshop.repository))
    for commit in set(told.commits):
        assert ancestors(graph.commits, [commit]) == set(git(told.git_dir, "rev-list", commit).decode().split())
        walked = {path: (f"{e.mode:06o}", e.oid) for path, e in walk_tree(graph.trees, graph.commits[commit].tree)}
        assert walked == full_tree(told.git_dir, commit)
    for oid in told.tags.values():
        assert peel(graph, oid) == git(told.git_dir, "rev-parse", f"{oid}^{{}}").decode().strip()
    listed = git(told.git_dir, "cat-file", "--batch-all-objects", "--batch-check").decode().splitlines()
    kinds = [line.split()[1] for line in listed]
    assert graph.kinds() == {kind: kinds.count(kind) for kind in ("blob", "commit", "tree", "tag")}
    assert graph.sizes == {Oid(line.split()[0]): int(line.split()[2]) for line in listed}
    assert graph.unread == []


@settings(max_examples=25)
@given(tale=tales())
def test_parents_come_first_then_the_oldest_then_the_id(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    commits = {
        Oid(f"{number:040x}"): _commit(Oid(f"{number:040x}"), step.parents, step.when)
        for number, step in enumerate(tale.steps)
    }
    expected: list[Oid] = []
    while len(expected) < len(commits):
        free = [c for oid, c in commits.items() if oid not in expected and set(c.parents) <= set(expected)]
        expected.append(min(free, key=lambda c: (c.committer.timestamp, c.oid)).oid)
    assert topological(commits, commits) == topological(commits, reversed(expected)) == expected


def _commit(oid: Oid, parents: tuple[int, ...], when: int) -> Commit:
    anna = Identity(b"Anna", b"anna@example.org", b"%d +0000" % when)
    return Commit(oid, Oid(""), tuple(Oid(f"{parent:040x}") for parent in parents), anna, anna, (), b"", 0)


def test_a_walk_that_remembers_gives_each_place_once() -> None:
    file, folder, first, second = (Oid(f"{number:040x}") for number in range(4))
    trees = {
        folder: (TreeEntry(0o100644, b"f", file),),
        first: (TreeEntry(0o040000, b"d", folder),),
        second: (TreeEntry(0o040000, b"d", folder), TreeEntry(0o040000, b"e", folder)),
    }
    seen: set[tuple[Oid, bytes]] = set()
    assert [path for path, _ in walk_tree(trees, first, seen=seen)] == [b"d/f"]
    assert [path for path, _ in walk_tree(trees, second, seen=seen)] == [b"e/f"]
    assert sorted(path for path, _ in walk_tree(trees, second)) == [b"d/f", b"e/f"]


def test_damaged_commits_and_trees_are_named_and_the_rest_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    repository = OwnedRepository.create(tmp_path_factory.mktemp("damaged") / "r")
    blob = repository.write_object("blob", b"x\n")
    tree = repository.write_object("tree", b"100644 f\0" + bytes.fromhex(blob))
    who = b"A <a> 1 +0000"
    text = b"tree %s\nauthor %s\ncommitter %s\n\nA message that is long enough\n" % (tree.encode(), who, who)
    lost = repository.write_object("commit", text)
    sound = repository.write_object("commit", text + b"again\n")
    flip(repository.git_dir, lost)
    flip(repository.git_dir, tree)
    remove(repository.git_dir, blob)
    graph = load_graph(view_of(repository))
    assert set(graph.unread) == {Unread(SkipReason.CORRUPT, lost), Unread(SkipReason.CORRUPT, tree)}
    assert (set(graph.commits), graph.trees, graph.blobs) == ({sound}, {}, [])
    assert topological(graph.commits, graph.commits) == [sound]

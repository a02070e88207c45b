"""What differs between trees is what a slow comparison of their files says, however strange the trees are."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from fixtures.kit.damage import remove
from opensafe.git import treediff
from opensafe.git.graph import ObjectGraph, load_graph, walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES, Change, Differing, Pair, differing
from opensafe.git.view import ObjectView, view_of
from opensafe.model.gitobjects import MODE_TREE, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason
from tests.git.git_kit import Tale, tales, tell

EMPTY = EMPTY_TREES[40]
FILE = 0o100644


def _files(graph: ObjectGraph, tree: Oid) -> set[tuple[bytes, int, Oid]]:
    return {(path, entry.mode, entry.oid) for path, entry in walk_tree(graph.trees, tree)}


def _sides(found: Differing) -> tuple[set[tuple[bytes, int, Oid]], set[tuple[bytes, int, Oid]]]:
    gone = {(change.path, change.old_mode, change.old) for change in found.changes if change.old_mode}
    return gone, {(change.path, change.new_mode, change.new) for change in found.changes if change.new_mode}


def _pairs(graph: ObjectGraph) -> list[Pair]:
    trees = [EMPTY, *(commit.tree for commit in graph.commits.values())]
    return [(old, new) for old in trees for new in trees]


@pytest.fixture(autouse=True, params=[0, 200], ids=["by git", "by our own reading"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(treediff, "_FEW", request.param)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tale=tales())
def test_any_two_trees_differ_as_their_files_do(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    told = tell(tale, tmp_path_factory.mktemp("differ") / "r")
    view = view_of(told.workshop.repository)
    graph = load_graph(view)
    pairs = _pairs(graph)
    for (old, new), found in zip(pairs, tree_differences(view, graph.trees, pairs), strict=True):
        before, after = _files(graph, old), _files(graph, new)
        assert _sides(found) == (before - after, after - before)
        ours = differing(graph.trees, old, new)
        assert (_sides(ours), sorted(ours.folders)) == (_sides(found), sorted(found.folders))


@pytest.fixture
def store(tmp_path: Path) -> OwnedRepository:
    return OwnedRepository.create(tmp_path / "store.git")


def _write(store: OwnedRepository, kind: str, data: bytes) -> Oid:
    written = store.run("hash-object", "-w", "--literally", "-t", kind, "--stdin", stdin=data)
    return Oid(written.decode().strip())


def _tree(store: OwnedRepository, *entries: tuple[int, bytes, Oid]) -> Oid:
    """A tree as it is given, in an order and with names that git would refuse."""
    raw = b"".join(b"%o %s\0%s" % (mode, name, bytes.fromhex(oid)) for mode, name, oid in entries)
    return _write(store, "tree", raw)


def _compare(view: ObjectView, pairs: list[Pair]) -> list[Differing]:
    return list(tree_differences(view, load_graph(view).trees, pairs))


def test_many_pairs_are_shared_out_and_come_back_in_order(store: OwnedRepository) -> None:
    blobs = [_write(store, "blob", b"%d" % number) for number in range(3)]
    trees = [_tree(store, (FILE, b"f", blob)) for blob in blobs]
    pairs = [(trees[number % 3], trees[(number + 1) % 3]) for number in range(30)]
    changes = [found.changes for found in _compare(view_of(store), pairs)]
    expected = [[Change(b"f", FILE, blobs[number % 3], FILE, blobs[(number + 1) % 3])] for number in range(30)]
    assert changes == expected


def test_a_lost_folder_is_named_and_the_next_pairs_are_compared(store: OwnedRepository) -> None:
    blob = _write(store, "blob", b"x")
    folder = _tree(store, (FILE, b"f", blob))
    broken, whole = _tree(store, (MODE_TREE, b"d", folder)), _tree(store, (FILE, b"g", blob))
    remove(store.git_dir, folder)
    lost, fine = _compare(view_of(store), [(EMPTY, broken), (EMPTY, whole)])
    assert [(item.reason, item.oid, item.path) for item in lost.unread] == [(SkipReason.MISSING, folder, b"d")]
    assert (lost.changes, fine.changes) == ([], [Change(b"g", 0, Oid(""), FILE, blob)])


def test_a_lost_tree_is_named(store: OwnedRepository) -> None:
    absent = Oid("1" * 40)
    (found,) = _compare(view_of(store), [(EMPTY, absent)])
    assert [(item.reason, item.oid) for item in found.unread] == [(SkipReason.MISSING, absent)]


@pytest.mark.parametrize("name", [b"..", b".git", b"a/b", b"-x", b"\xff\n\t\x1b"])
def test_names_that_git_refuses_are_listed(store: OwnedRepository, name: bytes) -> None:
    blob = _write(store, "blob", b"x")
    (found,) = _compare(view_of(store), [(EMPTY, _tree(store, (FILE, name, blob)))])
    assert found.changes == [Change(name, 0, Oid(""), FILE, blob)]


def test_twice_the_same_name_gives_both(store: OwnedRepository) -> None:
    one, two = _write(store, "blob", b"1"), _write(store, "blob", b"2")
    (found,) = _compare(view_of(store), [(EMPTY, _tree(store, (FILE, b"f", one), (FILE, b"f", two)))])
    assert {change.new for change in found.changes} == {one, two}


class _Nested(Mapping[Oid, tuple[TreeEntry, ...]]):
    """Trees that hold the next one ten times over: ten to the power of `depth` paths."""

    def __init__(self, depth: int) -> None:
        self._depth = depth

    def __getitem__(self, oid: Oid) -> tuple[TreeEntry, ...]:
        level = int(oid, 16)
        if level == self._depth:
            return (TreeEntry(FILE, b"f", Oid("f" * 40)),)
        return tuple(TreeEntry(MODE_TREE, b"%d" % number, Oid(f"{level + 1:040x}")) for number in range(10))

    def __iter__(self) -> Iterator[Oid]:
        return (Oid(f"{level:040x}") for level in range(self._depth + 1))

    def __len__(self) -> int:
        return self._depth + 1


def test_folders_without_end_are_listed_to_a_bound_and_named() -> None:
    found = differing(_Nested(12), Oid(""), Oid(f"{1:040x}"), most=1000)
    assert 1000 <= len(found.changes) < 1200
    assert len(found.folders) < 20_000
    assert {change.new for change in found.changes} == {"f" * 40}
    assert [item.reason for item in found.unread] == [SkipReason.ARCHIVE_BUDGET]


def test_folders_that_are_few_enough_are_all_listed() -> None:
    found = differing(_Nested(3), Oid(""), Oid(f"{1:040x}"), most=1000)
    assert (len(found.changes), found.unread) == (100, [])


def test_deep_folders_are_followed_to_a_bound_and_named() -> None:
    class Deep(_Nested):
        def __getitem__(self, oid: Oid) -> tuple[TreeEntry, ...]:
            return tuple(entry for entry in super().__getitem__(oid) if entry.name in {b"0", b"f"})

    within, beyond = differing(Deep(30_000), Oid(""), Oid("1")), differing(Deep(40_000), Oid(""), Oid("1"))
    assert (len(within.changes), within.unread) == (1, [])
    assert (beyond.changes, [item.reason for item in beyond.unread]) == ([], [SkipReason.ARCHIVE_BUDGET])

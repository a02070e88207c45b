"""Where each file stands, against a slow and obvious reading of every commit's whole tree."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings

from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from opensafe.history.provenance import Provenance
from opensafe.history.standing import Standing
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.stories.builder import History
from opensafe.stories.workshop import LogLine, Workshop
from tests.git.git_kit import ANNA, MAIN, SUBMODULE, Tale, Told, full_tree, tales, tell
from tests.history.history_kit import read

_PUBLISHED = (b"refs/heads/", b"refs/tags/", b"refs/notes/", b"refs/remotes/origin/")


def _blobs(provenance: Provenance) -> dict[Oid, list[Standing]]:
    return {oid: provenance.standings(oid) for oid, _ in provenance.files()}


class Reference:
    """Every question answered by looking at all commits and all of their files."""

    def __init__(self, told: Told) -> None:
        self.told = told
        refs = {name: told.commits[at] for name, at in told.tale.refs.items()} | dict(told.tags)
        self.refs = {name: self._peeled(oid) for name, oid in refs.items()}
        self.parents = {oid: self._parents(number) for number, oid in enumerate(told.commits)}
        self.trees = {oid: told.tree(oid) for oid in told.commits}
        public = [oid for name, oid in self.refs.items() if name.startswith(_PUBLISHED)]
        self.published = self._reachable(public)
        self.referenced = self._reachable([*self.refs.values(), told.head])
        self.logged = self._reachable([told.commits[at] for at in told.tale.logged])
        self.notes = self._reachable([oid for name, oid in self.refs.items() if name.startswith(b"refs/notes/")])
        self.head = self._reachable([told.head])
        self.order = self._in_order()

    def standings(self) -> dict[Oid, set[Standing]]:
        places = {(oid, path) for tree in self.trees.values() for path, (_, oid) in tree.items()}
        found: dict[Oid, set[Standing]] = defaultdict(set)
        for oid, path in places:
            found[oid].add(self._standing(oid, path))
        for name, target in sorted(self.refs.items(), key=lambda ref: not ref[0].startswith(_PUBLISHED)):
            is_public = name.startswith(_PUBLISHED)
            for path, oid in self._without_commit(target):
                _add(found[oid], Standing(path, PlaceKind.BLOB, None, None, in_head=False, published=is_public))
        for path, data in self.told.tale.staged.items():
            oid = Oid(git(self.told.git_dir, "hash-object", "--stdin", stdin=data).decode().strip())
            _add(found[oid], Standing(path, PlaceKind.INDEX, None, None, in_head=False, published=False))
        return {oid: standings for oid, standings in found.items() if standings}

    def _standing(self, oid: Oid, path: bytes) -> Standing:
        holders = [commit for commit in self.order if self.trees[commit].get(path, ("", ""))[1] == oid]
        nearest = min(holders, key=self._distance)
        head_tree = {} if self.told.head is None else self.trees[self.told.head]
        return Standing(
            path,
            self._kind(nearest, path, self.trees[nearest][path][0]),
            holders[0],
            holders[-1],
            in_head=head_tree.get(path, ("", ""))[1] == oid,
            published=any(commit in self.published for commit in holders),
        )

    def _distance(self, commit: Oid) -> int:
        return 0 if commit in self.published else 1 if commit in self.referenced else 2 if commit in self.logged else 3

    def _kind(self, commit: Oid, path: bytes, mode: str) -> PlaceKind:
        if commit in self.notes:
            return PlaceKind.NOTE
        if commit not in self.referenced:
            return PlaceKind.REFLOG if commit in self.logged else PlaceKind.UNREACHABLE
        if path == b".gitmodules":
            return PlaceKind.SUBMODULE_URL
        return PlaceKind.SYMLINK_TARGET if mode == "120000" else PlaceKind.BLOB

    def _in_order(self) -> list[Oid]:
        ordered: list[Oid] = []
        when = {oid: step.when for oid, step in zip(self.told.commits, self.told.tale.steps, strict=True)}
        while len(ordered) < len(self.parents):
            free = [oid for oid in self.parents if oid not in ordered and self.parents[oid] <= set(ordered)]
            ordered.append(min(free, key=lambda oid: (when[oid], oid)))
        return ordered

    def _parents(self, number: int) -> set[Oid]:
        return {self.told.commits[parent] for parent in self.told.tale.steps[number].parents}

    def _reachable(self, tips: Iterable[Oid | None]) -> set[Oid]:
        found: set[Oid] = set()
        todo = [tip for tip in tips if tip is not None and tip in self.parents]
        while todo:
            oid = todo.pop()
            if oid not in found:
                found.add(oid)
                todo += self.parents[oid]
        return found

    def _peeled(self, oid: Oid) -> Oid:
        return Oid(git(self.told.git_dir, "rev-parse", f"{oid}^{{}}").decode().strip())

    def _without_commit(self, target: Oid) -> list[tuple[bytes, Oid]]:
        """What a ref that leads to no commit shows."""
        if target in self.parents:
            return []
        if git(self.told.git_dir, "cat-file", "-t", target) == b"blob\n":
            return [(b"", target)]
        return [(path, oid) for path, (_, oid) in full_tree(self.told.git_dir, target).items()]


def _add(known: set[Standing], new: Standing) -> None:
    """A place without a commit counts where no other says as much of the same path."""
    if not any(other.path == new.path and other.published >= new.published for other in known):
        known.add(new)


@settings(max_examples=60)
@given(tale=tales())
def test_any_history_is_traced_as_the_slow_reading_says(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tale")
    told = tell(tale, folder / "r")
    expected = Reference(told)
    history = read(folder / "r", folder)
    provenance = history.provenance
    found = {oid: set(standings) for oid, standings in _blobs(provenance).items()}
    assert found == expected.standings()
    assert all(len(set(standings)) == len(standings) for standings in _blobs(provenance).values())
    assert (provenance.order, provenance.published, provenance.head) == (
        expected.order, expected.published, expected.head,
    )  # fmt: skip
    nowhere = [oid for oid in history.graph.blobs if oid not in found]
    assert all([s.kind for s in provenance.standings(oid)] == [PlaceKind.UNREACHABLE] for oid in nowhere)


def test_a_submodule_stands_at_its_path(story: Tell, tmp_path: Path) -> None:
    history = read(story("lfs_and_submodule").path, tmp_path)
    (tip,) = history.provenance.order
    expected = Standing(b"lib", PlaceKind.BLOB, tip, tip, in_head=True, published=True)
    assert history.provenance.standings(SUBMODULE) == [expected]


def test_the_files_of_a_tree_that_nothing_leads_to_have_paths(tmp_path: Path) -> None:
    workshop = Workshop.open(tmp_path / "r")
    blob = workshop.blob(b"x\n")
    inner = workshop.repository.write_object("tree", b"100644 name.txt\0" + bytes.fromhex(blob))
    workshop.repository.write_object("tree", b"40000 folder\0" + bytes.fromhex(inner))
    provenance = read(tmp_path / "r", tmp_path).provenance
    assert _blobs(provenance) == {
        blob: [Standing(b"folder/name.txt", PlaceKind.UNREACHABLE, None, None, in_head=False, published=False)]
    }


def test_what_only_a_detached_head_holds_is_no_lost_file(tmp_path: Path) -> None:
    history = History(ANNA)
    root = history.commit(b"One\n", {b"a": b"1\n"})
    detached = history.commit(b"Two\n", {b"b": b"2\n"}, branch=b"refs/heads/gone", after=(root,))
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    workshop.unreferenced(ids[detached], b"refs/heads/gone")
    (workshop.git_dir / "HEAD").write_text(ids[detached] + "\n")
    found = {s.path: s for standings in _blobs(read(tmp_path / "r", tmp_path).provenance).values() for s in standings}
    two = ids[detached]
    assert found[b"b"] == Standing(b"b", PlaceKind.BLOB, two, two, in_head=True, published=False)
    assert found[b"a"].published


def test_a_file_that_was_lost_and_found_again_is_not_lost(tmp_path: Path) -> None:
    """The first commit with it is in the reflog only, a later one is on a pull request."""
    history = History(ANNA)
    root = history.commit(b"One\n", {b"a": b"1\n"})
    amended = history.commit(b"Two\n", {b"b": b"2\n"}, branch=b"refs/heads/gone", after=(root,))
    history.commit(b"Again\n", {b"b": b"2\n"}, branch=b"refs/pull/7/head", after=(root,))
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    workshop.unreferenced(ids[amended], b"refs/heads/gone")
    workshop.reflog("HEAD", [LogLine(ids[amended], b"commit: Two")], ANNA)
    kinds = {s.path: s.kind for found in _blobs(read(tmp_path / "r", tmp_path).provenance).values() for s in found}
    assert kinds == {b"a": PlaceKind.BLOB, b"b": PlaceKind.BLOB}


def test_the_branch_of_a_linked_work_tree_counts_when_detached(tmp_path: Path) -> None:
    history = History(ANNA)
    history.commit(b"One\n", {b"a": b"1\n"})
    workshop = Workshop.with_history(tmp_path / "r", history)
    workshop.repository.run("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    workshop.repository.run("update-ref", "-d", MAIN.decode())
    (workshop.git_dir / "index").unlink()
    (standings,) = _blobs(read(tmp_path / "r", tmp_path).provenance).values()
    assert [(s.kind, s.published, s.in_head) for s in standings] == [(PlaceKind.BLOB, False, False)]

"""Requests and objects of Git LFS that a push leaves on the old host."""

import hashlib
from dataclasses import replace
from pathlib import Path

from opensafe.git.graph import walk_tree
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, Option, RewriteSpec
from opensafe.rewriting.left_behind import Requests, lfs_objects, requests_of
from opensafe.rewriting.measures import File, surviving
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import ALICE, World, world


def _pointer(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest().encode()
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n" % (digest, len(content))


def _published(seen: World) -> RewriteSpec:
    """Publish the default branch only: requests are not published."""
    return RewriteSpec({MAIN: seen.repository.refs()[MAIN]}, MAIN)


def _with_requests(tmp_path: Path) -> tuple[World, RewriteSpec]:
    told = History(ALICE)
    clean = told.commit(b"Clean\n", {b"a": b"1\n"})
    told.commit(b"Only in a request\n", {b"b": b"secret\n"}, branch=b"refs/pull/3/head", after=(clean,))
    told.commit(b"Clean request\n", {b"c": b"1\n"}, branch=b"refs/pull/1/head", after=(clean,))
    dirty = told.commit(b"Dirty\n", {b"b": b"secret\n"}, after=(clean,))
    told.commit(b"On top\n", {b"d": b"1\n"}, branch=b"refs/remotes/origin/pull/2/head", after=(dirty,))
    told.commit(b"Merge request\n", {b"e": b"1\n"}, branch=b"refs/merge-requests/9/head", after=(dirty,))
    told.commit(b"A branch\n", {b"f": b"1\n"}, branch=b"refs/heads/pull/7/head", after=(dirty,))
    seen = world(tmp_path, told)
    secret = next(oid for oid in seen.graph.blobs if seen.data(oid) == b"secret\n")
    return seen, replace(_published(seen), blobs=(BlobChange(secret, remove=True),))


def test_a_request_is_affected_by_what_it_holds_and_by_what_it_builds_on(tmp_path: Path) -> None:
    seen, spec = _with_requests(tmp_path)
    refs = seen.repository.refs()
    assert requests_of(refs, spec, seen.graph, gives_up=False) == Requests(4, 3)
    assert requests_of(refs, spec, seen.graph, gives_up=True) == Requests(4, 4)
    assert requests_of(refs, _published(seen), seen.graph, gives_up=False) == Requests(4, 0)
    assert requests_of({MAIN: refs[MAIN]}, spec, seen.graph, gives_up=False) == Requests(0, 0)


def _files(seen: World) -> set[File]:
    return {
        (path, entry.oid)
        for commit in seen.graph.commits.values()
        for path, entry in walk_tree(seen.graph.trees, commit.tree)
    }


def _with_pointers(tmp_path: Path, attributes: bytes) -> tuple[World, dict[bytes, Oid]]:
    told = History(ALICE)
    told.commit(
        b"One\n", {attributes: b"*.bin filter=lfs\n", b"old.bin": _pointer(b"old"), b"gone.bin": _pointer(b"g")}
    )
    told.commit(b"Two\n", {b"old.bin": _pointer(b"new"), b"note.txt": b"version https://git-lfs.github.com/\n"})
    seen = world(tmp_path, told)
    return seen, {seen.data(oid): oid for oid in seen.graph.blobs}


def test_pointers_are_told_from_texts_about_them(tmp_path: Path) -> None:
    seen, blobs = _with_pointers(tmp_path, b"data/.gitattributes")
    found = lfs_objects(seen.view, seen.graph, _files(seen))
    assert found == {blobs[_pointer(c)]: hashlib.sha256(c).hexdigest() for c in (b"old", b"new", b"g")}


def test_nothing_is_read_where_git_lfs_is_not_in_use(tmp_path: Path) -> None:
    seen, _ = _with_pointers(tmp_path, b"attributes.txt")
    assert lfs_objects(seen.view, seen.graph, _files(seen)) == {}


def test_an_object_is_orphaned_when_no_version_that_stays_points_to_it(tmp_path: Path) -> None:
    seen, blobs = _with_pointers(tmp_path, b".gitattributes")
    spec = replace(_published(seen), blobs=(BlobChange(blobs[_pointer(b"g")], remove=True),))
    pointers = lfs_objects(seen.view, seen.graph, _files(seen))
    left = {
        option: {pointers[oid] for _, oid in surviving(option, spec, seen.graph, _files(seen)) if oid in pointers}
        for option in Option
    }
    sha = {c: hashlib.sha256(c).hexdigest() for c in (b"old", b"new", b"g")}
    assert left[Option.REVIEW] == set(sha.values())
    assert left[Option.REWRITE] == {sha[b"old"], sha[b"new"]}
    assert left[Option.SQUASH] == left[Option.NEW_REPOSITORY] == {sha[b"new"]}

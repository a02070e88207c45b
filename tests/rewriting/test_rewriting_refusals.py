"""What cannot be built is refused before anything is, with a cause and a remedy."""

from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.errors import OpensafeError, OutOfOrder
from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, IdentityRename, Option, RewriteSpec
from opensafe.rewriting.published import SourceIncomplete
from opensafe.rewriting.refnames import NamesCollide
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import ALICE, World, failed, look, make, paths_at, proven, world


@pytest.fixture
def seen(tmp_path: Path) -> World:
    told = History(ALICE)
    told.commit(b"One\n", {b"a.txt": b"1\n", b"b.txt": b"2\n", b"c/d.txt": b"3\n"})
    told.commit(b"Two\n", {b"a.txt": b"4\n"})
    return world(tmp_path, told)


def refusal(seen: World, spec: RewriteSpec, option: Option = Option.REWRITE) -> OpensafeError:
    with pytest.raises(OpensafeError) as caught:
        make(seen, spec, "refused", option)
    assert caught.value.remedy
    assert not (seen.folder / "refused.git").exists()
    assert not (seen.folder / "refused-work").exists()
    return caught.value


@pytest.mark.parametrize("target", [b"b.txt", b"a.txt/x", b"c", b"c/d.txt"])
def test_renames_onto_other_files(seen: World, target: bytes) -> None:
    source = b"b.txt" if target.startswith(b"a.txt") else b"a.txt"
    assert isinstance(refusal(seen, replace(seen.spec, path_renames={source: target})), NamesCollide)


@pytest.mark.parametrize("target", [b"B.TXT", b"c/D.txt"])
def test_renames_onto_names_that_differ_in_case_alone(seen: World, target: bytes) -> None:
    assert isinstance(refusal(seen, replace(seen.spec, path_renames={b"a.txt": target})), NamesCollide)


def test_a_rename_may_change_the_case_of_a_name(seen: World) -> None:
    spec = replace(seen.spec, path_renames={b"a.txt": b"A.txt"})
    assert failed(proven(seen, spec, make(seen, spec))) == {}


def test_a_ref_that_differs_in_case_alone(seen: World) -> None:
    refs = {**seen.spec.refs, b"refs/heads/other": seen.spec.refs[MAIN]}
    spec = RewriteSpec(refs, MAIN, ref_renames={b"refs/heads/other": b"refs/heads/Main"})
    assert isinstance(refusal(seen, spec), NamesCollide)


def test_two_files_may_change_places(seen: World) -> None:
    spec = replace(seen.spec, path_renames={b"a.txt": b"b.txt", b"b.txt": b"a.txt"})
    assert failed(proven(seen, spec, make(seen, spec))) == {}


@pytest.mark.parametrize("name", [MAIN, MAIN + b"/x"])
def test_refs_with_one_name(seen: World, name: bytes) -> None:
    refs = {**seen.spec.refs, b"refs/heads/other": seen.spec.refs[MAIN]}
    spec = RewriteSpec(refs, MAIN, ref_renames={b"refs/heads/other": name})
    assert isinstance(refusal(seen, spec), NamesCollide)


@pytest.mark.parametrize("name", [b"A <b", b"A\nauthor B"])
def test_names_that_break_the_line(seen: World, name: bytes) -> None:
    rename = IdentityRename(ALICE.name, ALICE.email, name, b"a@example.invalid")
    assert "line break" in refusal(seen, replace(seen.spec, identities=(rename,))).cause


def test_history_that_is_cut_off(seen: World) -> None:
    root = next(oid for oid, commit in seen.graph.commits.items() if not commit.parents)
    del seen.graph.commits[root]
    assert isinstance(refusal(seen, seen.spec), SourceIncomplete)


def test_review_with_decisions(seen: World) -> None:
    assert isinstance(refusal(seen, replace(seen.spec, path_renames={b"a.txt": b"z"}), Option.REVIEW), OutOfOrder)


def test_review_without_decisions_keeps_every_id(seen: World) -> None:
    built = make(seen, seen.spec, option=Option.REVIEW)
    assert built.repository.refs() == seen.repository.refs()
    assert failed(proven(seen, seen.spec, built, option=Option.REVIEW)) == {}


def test_squash_without_a_default_branch(seen: World) -> None:
    assert "default branch" in refusal(seen, RewriteSpec(seen.spec.refs, b"refs/heads/none"), Option.SQUASH).cause


def test_a_destination_that_exists(seen: World) -> None:
    (seen.folder / "taken.git").mkdir()
    with pytest.raises(OutOfOrder):
        make(seen, seen.spec, "taken")


def test_sha256_is_refused_for_a_rewrite_and_squashed(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "source.git", object_format="sha256")
    told = History(ALICE)
    told.commit(b"One\n", {b"a.txt": b"1\n"})
    repository.run("fast-import", "--quiet", stdin=told.stream())
    seen = look(tmp_path, repository)
    assert "SHA-256" in refusal(seen, replace(seen.spec, path_renames={b"a.txt": b"b.txt"})).cause
    same = make(seen, seen.spec)
    assert same.repository.refs() == seen.repository.refs()
    assert failed(proven(seen, seen.spec, same)) == {}
    built = make(seen, seen.spec, "squashed", Option.SQUASH)
    assert failed(proven(seen, seen.spec, built, option=Option.SQUASH)) == {}


def test_a_missing_file_is_named_and_can_be_removed(seen: World) -> None:
    blob = seen.repository.run("rev-parse", MAIN + b":b.txt").decode().strip()
    (seen.repository.git_dir / "objects" / blob[:2] / blob[2:]).unlink()
    del seen.graph.sizes[Oid(blob)]
    with pytest.raises(SourceIncomplete, match=blob):
        make(seen, seen.spec, "incomplete")
    spec = replace(seen.spec, blobs=(BlobChange(Oid(blob), remove=True),))
    built = make(seen, spec)
    assert paths_at(built.repository, MAIN) == [b"a.txt", b"c/d.txt"]
    assert failed(proven(seen, spec, built)) == {}


def test_a_file_that_was_damaged_after_the_audit_is_named(seen: World) -> None:
    blob = seen.repository.run("rev-parse", MAIN + b":b.txt").decode().strip()
    loose = seen.repository.git_dir / "objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"garbage")
    with pytest.raises(SourceIncomplete, match=f"object {blob}, which is damaged"):
        make(seen, seen.spec, "damaged")

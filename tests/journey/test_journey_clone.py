"""Proof by somebody else, later: a clone of what was published is held against the case."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import MAIN
from opensafe.stories.workshop import Workshop
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip


def _clone(trip: Trip, here: Path, *options: str, of: Path | str | None = None) -> Path:
    """A clone as a colleague makes one: a work tree, or with options (`--mirror`) another kind."""
    here.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", *options, str(of or trip.public), here], check=True)
    return here


def _verdict(trip: Trip, clone: Path, code: ExitCode = ExitCode.DONE) -> dict[str, Any]:
    return trip.ask("verify", "--against", str(clone), code=code)


def _failed(document: Mapping[str, Any]) -> set[str]:
    return {check["id"] for check in document["checks"] if not check["passed"]}


def _figure(document: Mapping[str, Any], check: str) -> str:
    found: str = next(row["figure"] for row in document["checks"] if row["id"] == check)
    return found


@pytest.mark.parametrize("options", [(), ("--bare",), ("--mirror",)], ids=["work tree", "bare", "mirror"])
def test_a_fresh_clone_of_a_release_is_what_was_proven(stage: Stage, tmp_path: Path, options: tuple[str, ...]) -> None:
    trip = stage("released")
    clone = _clone(trip, tmp_path / "clone", *options)
    before = digest_tree(clone)
    document = _verdict(trip, clone)
    assert document["passed"]
    assert not _failed(document)
    assert "values from the source" in _figure(document, "re-audit")
    assert ", of 0 findings none could be" in _figure(document, "values-read")
    assert digest_tree(clone) == before
    entry = trip.ask("log", "show")["entries"][-1]
    assert (entry["step"], entry["what"]) == ("verify", "Verified a clone of what was published: passed")


def test_the_values_come_from_the_backup_where_the_source_is_gone(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    clone = _clone(trip, tmp_path / "clone")
    with_source = _figure(_verdict(trip, clone), "no-value-left")
    shutil.rmtree(trip.source)
    document = _verdict(trip, clone)
    assert document["passed"]
    assert "values from the backup" in _figure(document, "re-audit")
    assert _figure(document, "no-value-left") == with_source


def test_the_key_alone_is_enough_and_says_so(stage: Stage, tmp_path: Path) -> None:
    """No source, no backup, no public.git: the audit with the case's key finds what came back."""
    trip = stage("released")
    clone, leak = _clone(trip, tmp_path / "clone"), _clone(trip, tmp_path / "leak", of=trip.source)
    for folder in (trip.source, trip.public):
        shutil.rmtree(folder)
    (trip.case / "backup.bundle").unlink()
    document = _verdict(trip, clone)
    assert document["passed"]
    assert "neither the source nor the backup is here" in _figure(document, "re-audit")
    assert "no-value-left" not in {check["id"] for check in document["checks"]}
    assert {"clone-refs", "clone-commits", "old-objects-gone", "re-audit"} <= _failed(
        _verdict(trip, leak, ExitCode.VERIFICATION_FAILED)
    )


def test_a_clone_of_the_source_is_no_clone_of_what_was_proven(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    document = _verdict(trip, _clone(trip, tmp_path / "leak", of=trip.source), ExitCode.VERIFICATION_FAILED)
    expected = {"clone-refs", "clone-commits", "old-objects-gone", "no-value-left", "re-audit"}
    assert expected <= _failed(document)
    entry = trip.ask("log", "show")["entries"][-1]
    assert entry["what"].startswith("Verified a clone of what was published: FAILED (clone-refs")


def _published(trip: Trip, here: Path) -> Workshop:
    return Workshop.open(_clone(trip, here, "--mirror"), bare=True)


def _commit(host: OwnedRepository, *parents: str) -> Oid:
    """A commit by somebody else, above these."""
    tree = host.run("rev-parse", f"{parents[0]}^{{tree}}").strip()
    above = b"".join(b"parent %s\n" % parent.encode() for parent in parents)
    who = b"Newcomer <new@example.invalid> 1700000000 +0000"
    return host.write_object("commit", b"tree %s\n%sauthor %s\ncommitter %s\n\nGo on\n" % (tree, above, who, who))


def test_old_history_merged_back_is_seen(stage: Stage, tmp_path: Path) -> None:
    """What happens when somebody pulls the old repository into the new one and pushes."""
    trip = stage("released")
    host = _published(trip, tmp_path / "host.git").repository
    host.borrow_objects([trip.source / ".git" / "objects"])
    new, old = host.refs()[MAIN], git(trip.source / ".git", "rev-parse", "HEAD").decode().strip()
    host.set_refs({MAIN: _commit(host, new, old)})
    host.run("repack", "-a", "-d", "--quiet")
    host.forget_borrowed()
    clone = _clone(trip, tmp_path / "clone", of=host.git_dir)
    assert {"clone-commits", "old-objects-gone", "no-value-left"} <= _failed(
        _verdict(trip, clone, ExitCode.VERIFICATION_FAILED)
    )


def test_a_branch_may_have_moved_on(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    host = _published(trip, tmp_path / "host.git").repository
    host.set_refs({MAIN: _commit(host, host.refs()[MAIN])})
    document = _verdict(trip, _clone(trip, tmp_path / "clone", of=host.git_dir))
    assert " 1 moved on, 0 missing" in _figure(document, "clone-refs")
    assert ": 1 above the recorded ones" in _figure(document, "clone-commits")


@pytest.mark.parametrize("spoilt", ["a branch set back", "a tag gone"])
def test_refs_that_are_not_as_recorded_are_seen(stage: Stage, tmp_path: Path, spoilt: str) -> None:
    trip = stage("released")
    host = _published(trip, tmp_path / "host.git").repository
    if spoilt == "a tag gone":
        host.set_refs({}, delete=[next(ref for ref in host.refs() if ref.startswith(b"refs/tags/"))])
    else:
        host.run("update-ref", MAIN, MAIN.decode() + "~1")
    clone = _clone(trip, tmp_path / "clone", of=host.git_dir)
    assert "clone-refs" in _failed(_verdict(trip, clone, ExitCode.VERIFICATION_FAILED))


def test_a_shallow_clone_is_incomplete(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    clone = _clone(trip, tmp_path / "clone", "--depth=1", "--no-single-branch", of=trip.public.as_uri())
    document = _verdict(trip, clone, ExitCode.INCOMPLETE)
    assert (document["passed"], _failed(document)) == (False, {"re-audit-complete"})


def test_an_object_that_is_not_what_its_id_says_is_seen(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    clone = _clone(trip, tmp_path / "clone.git", "--bare")
    workshop = Workshop.open(clone, bare=True).repository
    forged = workshop.write_object("blob", b"forged\n")
    victim = workshop.run("rev-parse", MAIN + b":README.md").decode().strip()
    pack = next((clone / "objects" / "pack").glob("*.pack"))
    loose = clone / "objects" / forged[:2] / forged[2:]
    target = clone / "objects" / victim[:2] / victim[2:]
    listed = b"\n".join(oid for oid in _ids(workshop) if oid != victim.encode())
    kept = workshop.run("pack-objects", "--stdout", "--quiet", stdin=listed)
    for file in (pack, pack.with_suffix(".idx")):
        file.unlink()
    workshop.run("index-pack", "--stdin", stdin=kept)
    target.parent.mkdir(exist_ok=True)
    loose.rename(target)
    assert "ids-hold" in _failed(_verdict(trip, clone, ExitCode.VERIFICATION_FAILED))


def _ids(workshop: OwnedRepository) -> list[bytes]:
    return workshop.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()


def test_a_clone_with_borrowed_objects_is_refused(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    clone = _clone(trip, tmp_path / "clone", "--shared")
    refused = run("--case", str(trip.case), "verify", "--against", str(clone))
    assert_refused(refused, ExitCode.USAGE, "borrows objects", "git clone --mirror URL")


def test_a_case_without_a_proof_is_refused(stage: Stage, tmp_path: Path) -> None:
    trip = stage("audited")
    refused = run("--case", str(trip.case), "verify", "--against", str(tmp_path))
    assert_refused(refused, ExitCode.USAGE, "no proof to compare with", "opensafe rewrite")


def test_a_folder_that_is_no_repository_is_refused(stage: Stage, tmp_path: Path) -> None:
    trip = stage("released")
    refused = run("--case", str(trip.case), "verify", "--against", str(tmp_path))
    assert_refused(refused, ExitCode.USAGE, "is not a git repository")

"""What could not be read is named with its reason, and then nothing is ever called complete."""

from pathlib import Path

import pytest

from fixtures.kit.containers import zipped
from fixtures.kit.damage import flip, object_at
from fixtures.kit.story import Tell
from fixtures.repos import corrupt_object, missing_object
from fixtures.repos.lfs_and_submodule import ABSENT, SUBMODULE
from opensafe.errors import UsageError
from opensafe.git import graph
from opensafe.git.owned import OwnedRepository
from opensafe.model.context import Context
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, SkipState
from opensafe.scan import worker
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings
from opensafe.stories.builder import gitlink
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import SUBMODULE as SUBMODULE_OID
from tests.git.git_kit import as_usual
from tests.scan.scan_kit import KEY, Audited, Auditor, source_of

_FAKES = Fakes("coverage")
_TOKEN = _FAKES.github_token()


def _assert_incomplete(audited: Audited, *, absent: int = 0, unread: int = 0) -> None:
    """`absent` objects count as present, `unread` ones lie in the store."""
    coverage, graph = audited.outcome.coverage, audited.history.graph
    assert not coverage.complete
    assert coverage.objects == len(graph.order) + absent
    assert coverage.read == len(graph.order) - unread
    assert all(skip.state is SkipState.OPEN for skip in coverage.unsettled)
    assert len({skip.id for skip in coverage.skipped}) == len(coverage.skipped)


def test_a_corrupt_file(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    audited = auditor.audit_source(story("corrupt_object").path, tmp_path)
    assert audited.skips() == {(SkipReason.CORRUPT, corrupt_object.DAMAGED.decode())}
    _assert_incomplete(audited, unread=1)


@pytest.mark.parametrize("name", ["missing_object", "hostile_source"])
def test_a_missing_file(story: Tell, auditor: Auditor, tmp_path: Path, name: str) -> None:
    built = story(name)
    audited = auditor.audit_source(built.path, tmp_path)
    assert audited.skips() == {(SkipReason.MISSING, missing_object.ABSENT.decode())}
    _assert_incomplete(audited, absent=1)
    assert not built.markers.exists() or list(built.markers.iterdir()) == [], "nothing was started to fetch it"


def test_a_file_that_is_too_large(auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source_of(tmp_path / "r", [{b"large.bin": b"x" * 101, b"small.R": b"x" * 100}])
    monkeypatch.setattr(worker, "MAX_BLOB", 100)
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    assert audited.skips() == {(SkipReason.TOO_LARGE, "large.bin")}
    _assert_incomplete(audited, unread=1)


def test_a_shallow_clone(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    source = story("long_history").path
    as_usual(tmp_path, "clone", "--quiet", "--depth=1", source.as_uri(), "shallow")
    audited = auditor.audit_source(tmp_path / "shallow", tmp_path)
    assert audited.skips() == {(SkipReason.SHALLOW, None)}
    _assert_incomplete(audited, absent=1)


def test_a_partial_clone(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    source = story("clean_repository").path
    as_usual(source, "config", "uploadpack.allowFilter", "true")
    as_usual(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", source.as_uri(), "partial")
    audited = auditor.audit_source(tmp_path / "partial", tmp_path)
    assert {reason for reason, _ in audited.skips()} == {SkipReason.MISSING}
    _assert_incomplete(audited, absent=len(audited.skips()))


def test_submodules_and_pointers(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    """The commit of a submodule is no object of this repository, but a skip all the same."""
    audited = auditor.audit_source(story("lfs_and_submodule").path, tmp_path)
    assert {(SkipReason.SUBMODULE, SUBMODULE.decode()), (SkipReason.LFS, ABSENT.decode())} <= audited.skips()
    _assert_incomplete(audited)


def test_an_encrypted_archive(auditor: Auditor, tmp_path: Path) -> None:
    """The first bit of the flags of a member says that it is encrypted."""
    archive = bytearray(zipped({"a.csv": b"ward,beds\n" * 9}))
    central = archive.index(b"PK\x01\x02")
    archive[6] |= 1
    archive[central + 8] |= 1
    source_of(tmp_path / "r", [{b"a.zip": bytes(archive)}])
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    assert audited.skips() == {(SkipReason.ENCRYPTED, "a.zip")}
    _assert_incomplete(audited)


def test_a_damaged_commit(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    built = story("key_deleted_in_second_commit")
    workshop = Workshop(OwnedRepository(built.git_dir, bare=False))
    flip(built.git_dir, object_at(workshop, "main~1"))
    audited = auditor.audit_source(built.path, tmp_path)
    assert audited.skips() == {(SkipReason.CORRUPT, None)}
    _assert_incomplete(audited, unread=1)
    secrets = [finding for finding in audited.findings if finding.category.value == "secret"]
    assert secrets, "the files of the damaged commit are read all the same"


def test_the_same_skip_has_the_same_id_in_every_audit(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    path = story("missing_object").path
    first, second = (auditor.audit_source(path, tmp_path / name).outcome.coverage for name in ("one", "two"))
    assert first == second


def test_a_secret_in_the_name_of_what_was_not_read_is_masked(auditor: Auditor, tmp_path: Path) -> None:
    folder = b"lib-" + _TOKEN
    source_of(tmp_path / "r", [{folder: gitlink(SUBMODULE_OID)}])
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    ((reason, path),) = audited.skips()
    assert reason is SkipReason.SUBMODULE
    assert path is not None
    assert path.startswith("lib-[")
    assert _TOKEN.decode() not in audited.everything_said()


def test_a_whole_source_is_complete(story: Tell, auditor: Auditor, tmp_path: Path) -> None:
    audited = auditor.audit_source(story("stash_and_note").path, tmp_path)
    coverage, graph = audited.outcome.coverage, audited.history.graph
    assert coverage.complete
    assert (coverage.objects, coverage.read) == (len(graph.order), len(graph.order))
    assert coverage.bytes == sum(graph.sizes.values())
    assert sum(coverage.by_kind.values()) == coverage.objects


def test_what_people_type_may_hold_no_finding(auditor: Auditor) -> None:
    settings = ScanSettings(Context((), str(auditor.cache)), KEY)
    refuse_findings(settings, reason="it is a test value, see F-2 and row 12", evidence="", second="  ")
    with pytest.raises(UsageError, match="--evidence") as refused:
        refuse_findings(settings, reason="fine", evidence=f"rotated {_TOKEN.decode()} today")
    assert _TOKEN.decode() not in refused.value.cause + refused.value.remedy
    with pytest.raises(UsageError, match="--to-text"):
        refuse_findings(settings, to_text=f'password = "{_FAKES.password().decode()}"')


def test_a_damaged_folder_that_is_read_late_counts_as_not_read(
    auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trees of a long history are read when they are looked at: the count is that of a short one."""
    workshop = source_of(tmp_path / "r", [{b"d/a.R": b"x <- 1\n", b"e/b.R": b"y <- 2\n"}])
    folder = Oid(workshop.repository.run("rev-parse", "main:d").decode().strip())
    flip(workshop.git_dir, folder)
    early = auditor.audit_source(tmp_path / "r", tmp_path / "early").outcome.coverage
    monkeypatch.setattr(graph, "_FEW", 0)
    late = auditor.audit_source(tmp_path / "r", tmp_path / "late").outcome.coverage
    assert (late.objects, late.read, late.complete) == (early.objects, early.read, False)
    assert early.read == early.objects - 1

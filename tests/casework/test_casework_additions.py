"""What opensafe adds above the proven history: one commit, proven at once, or nothing."""

from typing import Any

import pytest

from fixtures.kit.plain_git import git
from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import added_paths, load_verification, save_verification
from opensafe.casework import additions
from opensafe.casework.public import open_public
from opensafe.errors import OutOfOrder, VerificationFailed
from opensafe.git.porcelain import commit_files
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Check
from tests.journey.journey_stages import Stage


def test_a_commit_is_added_and_the_proof_covers_it(stage: Stage) -> None:
    case = Case.open(stage("verified").case)
    public = open_public(case)
    commit = additions.add_commit(case, public, {"docs/NEW.md": b"new\n"}, "Add a page\n")
    verification = load_verification(case)
    assert verification is not None
    assert (verification.head, verification.passed) == (commit, True)
    assert git(case.public_git, "rev-parse", "main", "main~1").decode().split() == [commit, public.head]
    assert git(case.public_git, "diff", "--name-status", "main~1", "main") == b"A\tdocs/NEW.md\n"
    assert added_paths(case)["commits"] == {commit: ["docs/NEW.md"]}


def test_nothing_is_added_where_no_proof_covers_the_head(stage: Stage) -> None:
    case = Case.open(stage("verified").case)
    verification = load_verification(case)
    assert verification is not None
    (case.root / "verification.json").unlink()
    with pytest.raises(OutOfOrder, match="not proven as it is now"):
        additions.add_commit(case, open_public(case), {"NEW.md": b"new\n"}, "Add a page\n")


def test_nothing_is_added_on_a_proof_that_failed(stage: Stage) -> None:
    case = Case.open(stage("verified").case)
    verification = load_verification(case)
    assert verification is not None
    failed = [Check("fsck", passed=False, figure="1 complaint")]
    save_verification(case, type(verification)(tuple(failed), {}, {}, (), verification.head))
    with pytest.raises(OutOfOrder, match="the proof of the new history failed"):
        additions.require_proof(case, open_public(case))


def test_a_commit_that_changes_more_than_it_says_fails_the_proof(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody changes the branch between our reading it and our commit."""
    case = Case.open(stage("verified").case)
    public = open_public(case)

    def onto_a_stranger(*arguments: Any, **options: Any) -> Oid:
        tree = git(case.public_git, "mktree").decode().strip()
        stranger = git(case.public_git, "commit-tree", tree, "-p", "main", "-m", "By hand").decode().strip()
        git(case.public_git, "update-ref", "refs/heads/main", stranger)
        return commit_files(*arguments, **options)

    monkeypatch.setattr(additions, "commit_files", onto_a_stranger)
    with pytest.raises(VerificationFailed, match="changed more than it should"):
        additions.add_commit(case, public, {"NEW.md": b"new\n"}, "Add a page\n")
    monkeypatch.undo()
    with pytest.raises(OutOfOrder):
        additions.require_proof(case, open_public(case))
    with pytest.raises(VerificationFailed, match="changed more than it should"):
        additions.finish_addition(case, open_public(case))


def test_a_commit_whose_proof_was_killed_is_proven_by_the_next_command(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.open(stage("verified").case)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(additions, "save_verification", killed)
    with pytest.raises(KeyboardInterrupt):
        additions.add_commit(case, open_public(case), {"NEW.md": b"new\n"}, "Add a page\n")
    monkeypatch.undo()
    public = open_public(case)
    for _ in range(2):
        additions.finish_addition(case, public)
    additions.require_proof(case, public)
    verification = load_verification(case)
    assert verification is not None
    assert (verification.head, verification.passed) == (public.head, True)
    assert public.files()["NEW.md"] == b"new\n"
    assert [entry.details for entry in case.log.entries() if "interrupted" in entry.what] == [{"commit": public.head}]


def test_a_commit_of_somebody_else_is_not_proven_along_the_way(stage: Stage) -> None:
    case = Case.open(stage("verified").case)
    tree = git(case.public_git, "write-tree").decode().strip()
    stranger = git(case.public_git, "commit-tree", tree, "-p", "main", "-m", "By hand").decode().strip()
    git(case.public_git, "update-ref", "refs/heads/main", stranger)
    additions.finish_addition(case, open_public(case))
    with pytest.raises(OutOfOrder, match="not proven as it is now"):
        additions.require_proof(case, open_public(case))

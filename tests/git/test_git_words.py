"""Git quotes names of refs and files in its complaints; our messages do not repeat them."""

from pathlib import Path

import pytest

from opensafe.errors import GitFailed
from opensafe.git.owned import OwnedRepository
from opensafe.git.words import without_names
from opensafe.stories.fakes import Fakes


def test_a_ref_that_git_refuses_is_not_repeated(tmp_path: Path) -> None:
    token = Fakes("in the name of a ref").github_token()
    repository = OwnedRepository.create(tmp_path / "r.git")
    blob = repository.write_object("blob", b"x")
    repository.set_refs({b"refs/tags/" + token: blob})
    with pytest.raises(GitFailed, match="update-ref ended with 128") as failed:
        repository.set_refs({b"refs/tags/" + token + b"/below": blob})
    assert token.decode() not in failed.value.cause
    assert "cannot lock ref '...'" in failed.value.cause


def test_words_without_names_stay_as_they_are() -> None:
    assert without_names(b"fatal: write error\nerror: tag 'v1' already exists\n") == (
        "fatal: write error; error: tag '...' already exists"
    )

"""`guard run --message`: what git will keep of the file that it gives to a commit-msg hook."""

from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from opensafe.git.message_file import message_in
from tests.guard.guard_kit import ADDRESS, FAKES, OpenRepository, assignment

_CUT = b"# " + b"-" * 24 + b" >8 " + b"-" * 24 + b"\n"


def test_lines_that_git_takes_away_are_not_read_and_the_others_stay_where_they_are() -> None:
    data = b"Fix\n# On branch main\nMore\n" + _CUT + b"-gone\n"
    assert message_in(data, edited=True) == b"Fix\n\nMore\n"
    assert message_in(data, edited=False) == data


def test_a_line_that_only_resembles_the_scissors_cuts_nothing() -> None:
    data = b"Fix\n-- >8 --\n" + _CUT[2:] + b"kept\n"
    assert message_in(data, edited=True) == data


def _check(repository: OpenRepository, tmp_path: Path, text: bytes) -> int:
    file = tmp_path / "message"
    file.write_bytes(text)
    return repository.guard("--message", str(file)).code


@pytest.mark.parametrize(
    "text",
    [
        b"Fix the join\n\nThe mean was off.\n",
        f"Fix\n\nSigned-off-by: Jo Bloggs <{ADDRESS}>\n".encode(),
        b"Fix\n\nCo-authored-by: Jo Bloggs <jo@some-firm.co.uk>\nReviewed-by: Al Other <al@some-firm.co.uk>\n",
        b"Fix\n# Committer: Jo Bloggs <jo@some-firm.co.uk>\n",
        b"Fix\n" + _CUT + b"-" + assignment(FAKES.password()),
    ],
)
def test_messages_that_pass(repository: OpenRepository, tmp_path: Path, text: bytes) -> None:
    assert _check(repository, tmp_path, text) == ExitCode.DONE


@pytest.mark.parametrize(
    "text",
    [
        b"Use " + assignment(FAKES.password()),
        f"Ask {ADDRESS} about it\n".encode(),
        b"Fix\n\nSigned-off-by: Jo <jo@example.org>\n" + assignment(FAKES.password()),
    ],
)
def test_messages_that_do_not(repository: OpenRepository, tmp_path: Path, text: bytes) -> None:
    assert _check(repository, tmp_path, text) == ExitCode.FINDINGS_OPEN


def test_without_an_editor_a_comment_is_part_of_the_message(
    repository: OpenRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"Fix\n# " + assignment(FAKES.password())
    monkeypatch.setenv("GIT_EDITOR", "vi")
    assert _check(repository, tmp_path, text) == ExitCode.DONE
    monkeypatch.setenv("GIT_EDITOR", ":")
    assert _check(repository, tmp_path, text) == ExitCode.FINDINGS_OPEN


def test_a_file_that_is_not_there(repository: OpenRepository, tmp_path: Path) -> None:
    ran = repository.guard("--message", str(tmp_path / "nowhere"))
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")


def test_a_message_beyond_every_bound_is_refused_and_not_cut(repository: OpenRepository, tmp_path: Path) -> None:
    assert _check(repository, tmp_path, b"Fix\n" * (5 << 20)) == ExitCode.USAGE

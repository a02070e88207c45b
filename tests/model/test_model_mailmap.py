"""A mailmap means what it means to git: compared with `git check-mailmap`, whole answers."""

import subprocess
from pathlib import Path

import pytest

from opensafe.errors import UsageError
from opensafe.git.executable import git_executable
from opensafe.model.mailmap import Mailmap

MAP = b"""# people of the team
Alice Archer <alice@home.example>
<alice@trust.example> <alice@home.example>
Bob Brown <bob@trust.example> <BOB@old.example> # moved
Carol C <carol@trust.example> carol <shared@trust.example>
Dave <dave@trust.example> Dave D <shared@trust.example>
Team <shared@trust.example>

 Erin   Earl   <erin@trust.example>   <erin@laptop.local>
"""
ASKED = [
    (b"al", b"alice@home.example"),
    (b"al", b"ALICE@HOME.EXAMPLE"),
    (b"Alice", b"alice@trust.example"),
    (b"bob", b"bob@old.example"),
    (b"CAROL", b"shared@trust.example"),
    (b"dave d", b"shared@trust.example"),
    (b"somebody", b"shared@trust.example"),
    (b"e", b"erin@laptop.local"),
    (b"Stranger", b"stranger@elsewhere.example"),
]


def _git_says(folder: Path, name: bytes, email: bytes) -> bytes:
    (folder / "map").write_bytes(MAP)
    subprocess.run([git_executable(), "init", "-q", str(folder)], check=True)
    asked = [git_executable(), "-C", str(folder), "-c", "mailmap.file=map", "check-mailmap"]
    done = subprocess.run([*asked, (name + b" <" + email + b">").decode()], capture_output=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(("name", "email"), ASKED)
def test_it_answers_as_git_does(tmp_path: Path, name: bytes, email: bytes) -> None:
    new_name, new_email = Mailmap.parse(MAP).lookup(name, email)
    assert new_name + b" <" + new_email + b">" == _git_says(tmp_path, name, email)


@pytest.mark.parametrize(
    ("data", "line"), [(b"fine <a@b.example>\nnobody at all\n", 2), (b"a <b> c <d> e <f>\n", 1), (b"\n<a> tail\n", 2)]
)
def test_a_line_that_cannot_be_read_is_named_and_not_shown(data: bytes, line: int) -> None:
    with pytest.raises(UsageError) as refused:
        Mailmap.parse(data)
    assert f"line {line} of the mailmap" in refused.value.cause
    assert not any(word in refused.value.cause for word in ("nobody at all", "tail"))

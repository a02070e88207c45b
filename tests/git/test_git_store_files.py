"""A store whose files were added, copied or packed anew reads as before; one whose bytes are others may not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from opensafe.git.store_files import reads_as_before, stored_files
from tests.git.git_kit import as_usual


@pytest.fixture(name="objects")
def _objects(tmp_path: Path) -> Path:
    """Objects in a pack, and loose ones."""
    as_usual(tmp_path, "init", "-q", "r")
    repository = tmp_path / "r"
    for number in range(3):
        (repository / "a.txt").write_bytes(b"%d\n" % number * 2000)
        as_usual(repository, "add", "-A")
        as_usual(repository, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", f"{number}")
        if number == 1:
            as_usual(repository, "repack", "-q", "-a", "-d")
    return repository / ".git" / "objects"


def _loose(objects: Path) -> Path:
    return next(file for file in sorted(objects.glob("??/*")) if file.is_file())


def _pack(objects: Path, suffix: str = ".pack") -> Path:
    return next(iter(sorted(objects.glob(f"pack/pack-*{suffix}"))))


def _rewritten(file: Path, data: bytes) -> None:
    """As another file of the same name."""
    beside = file.with_name("beside")
    beside.write_bytes(data)
    file.chmod(0o600)  # elsewhere, what may not be written may not be replaced either
    beside.replace(file)


def _copied(objects: Path) -> None:
    shutil.copytree(objects, objects.with_name("copy"))
    shutil.rmtree(objects)
    objects.with_name("copy").rename(objects)


def _more(objects: Path) -> None:
    as_usual(objects.parent, "hash-object", "-w", "--stdin", stdin=b"more\n")


def _without_index(objects: Path) -> None:
    _copied(objects)
    _pack(objects, ".idx").unlink()


def _flipped(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    _rewritten(file, bytes(data))


_AS_BEFORE: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "a loose object more": _more,
    "everything packed": lambda objects: as_usual(objects.parent, "gc", "-q"),
    "a commit-graph": lambda objects: as_usual(objects.parent, "commit-graph", "write", "--reachable"),
    "a copy of the folder": _copied,
    "a loose object gone": lambda objects: _loose(objects).unlink(),  # that it is missing is told from the list of ids
}
_OTHERWISE: dict[str, Callable[[Path], object]] = {
    "another loose object": lambda objects: _flipped(_loose(objects), -3),
    "a loose object cut short": lambda objects: _rewritten(_loose(objects), _loose(objects).read_bytes()[:-9]),
    "an empty loose object": lambda objects: _rewritten(_loose(objects), b""),
    "a byte of a pack": lambda objects: _flipped(_pack(objects), 40),
    "the end of a pack": lambda objects: _flipped(_pack(objects), -1),
    "a pack cut short": lambda objects: _rewritten(_pack(objects), b"PACK"),
    "a byte of an index": lambda objects: _flipped(_pack(objects, ".idx"), -30),
    "a pack without its index": _without_index,
    "alternates": lambda objects: (objects / "info" / "alternates").write_bytes(b"/elsewhere\n"),
}


@pytest.mark.parametrize("change", _AS_BEFORE)
def test_what_was_added_or_packed_leaves_old_objects_as_they_were(objects: Path, change: str) -> None:
    before = stored_files(objects)
    _AS_BEFORE[change](objects)
    assert reads_as_before(objects, before, stored_files(objects))


@pytest.mark.parametrize("change", _OTHERWISE)
def test_what_has_other_bytes_may_read_otherwise(objects: Path, change: str) -> None:
    before = stored_files(objects)
    _OTHERWISE[change](objects)
    assert not reads_as_before(objects, before, stored_files(objects))

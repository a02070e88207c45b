"""Contents of Git LFS that are here are read at their pointers; what is damaged or too large is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.kit.story import Tell
from fixtures.repos.lfs_and_submodule import ABSENT, PRESENT
from opensafe.formats.decode import decode
from opensafe.git.lfs_store import LfsPointer, parse_pointer, stored_contents
from opensafe.history import lfs_contents as module
from opensafe.history.lfs_contents import LfsContent, lfs_contents
from opensafe.history.reading import History
from opensafe.model.skip import SkipReason, Unread
from tests.git.git_kit import as_usual
from tests.history.history_kit import read

_DIGEST = "ab" * 32


def _pointer(digest: str = _DIGEST, size: int = 5) -> bytes:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n".encode()


def _contents(history: History) -> list[LfsContent | Unread]:
    return list(lfs_contents(history.layout, history.view, history.graph.sizes))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_pointer(), LfsPointer(_DIGEST, 5)),
        (_pointer().replace(b"\noid", b"\next-0-x sha256:00\noid"), LfsPointer(_DIGEST, 5)),
        (_pointer().replace(b"\n", b"\r\n"), LfsPointer(_DIGEST, 5)),
        (_pointer()[:-20], None),
        (_pointer("xy" * 32), None),
        (_pointer() + b"x" * 1000, None),
        (b"see " + _pointer(), None),
        (b"", None),
    ],
)
def test_pointers_and_what_only_looks_like_one(data: bytes, expected: LfsPointer | None) -> None:
    assert parse_pointer(data) == expected


@given(st.binary(max_size=300))
def test_other_bytes_are_no_pointers(data: bytes) -> None:
    assert parse_pointer(data) is None


def test_a_content_is_read_at_its_pointer(story: Tell, tmp_path: Path) -> None:
    history = read(story("lfs_and_submodule").path, tmp_path)
    (found,) = _contents(history)
    assert isinstance(found, LfsContent)
    assert found.data == b"ward,beds\nAsh,25\n"
    assert found.oid is not None
    assert [at.path for at in history.provenance.standings(found.oid)] == [PRESENT]


def test_a_pointer_without_its_content_is_named_with_the_size(story: Tell) -> None:
    path = story("lfs_and_submodule").path
    (unread,) = decode(as_usual(path, "show", f"main:{ABSENT.decode()}"), ABSENT).unread
    assert (unread.reason, unread.detail) == (
        SkipReason.LFS,
        "a pointer: the content lies in another store, 19 bytes",
    )


def test_what_no_pointer_leads_to_is_read_by_itself(story: Tell, tmp_path: Path) -> None:
    history = read(story("clean_repository").path, tmp_path)
    assert _contents(history) == []
    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    file = history.layout.common_dir / "lfs" / "objects" / "2c" / "f2" / digest
    file.parent.mkdir(parents=True)
    file.write_bytes(b"hello")
    path = b".git/lfs/objects/" + digest.encode()
    assert _contents(history) == [LfsContent(None, path, b"hello")]


def test_what_is_damaged_or_too_large_is_named(story: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = read(story("lfs_and_submodule").path, tmp_path)
    ((digest, file),) = stored_contents(history.layout).items()
    path = b".git/lfs/objects/" + digest.encode()
    file.write_bytes(b"something else\n")
    (damaged,) = _contents(history)
    monkeypatch.setattr(module, "MAX_CONTENT", 3)
    (large,) = _contents(history)
    assert isinstance(damaged, Unread)
    assert isinstance(large, Unread)
    assert (damaged.reason, damaged.path, damaged.via) == (SkipReason.CORRUPT, path, ("lfs",))
    assert (large.reason, large.path, large.via) == (SkipReason.TOO_LARGE, path, ("lfs",))

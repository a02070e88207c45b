"""Compiled triggers come back from the cache as they were; damage there does no harm, nor does a full disk."""

import os
import stat
from pathlib import Path

import pytest

from opensafe.detectors.triggers import HAS_HYPERSCAN, HyperscanSearch
from opensafe.scan.compiled import _of_process, kept_gate, kept_search

pytestmark = pytest.mark.skipif(not HAS_HYPERSCAN, reason="Hyperscan has no wheel for this machine")

_TRIGGERS = ((rb"key=[a-z]{3}",), (), (rb"(?i:name)", rb"\d{4}"))
_TEXT = b"key=abc NAME 2024"
_FOUND = {0: [7], 2: [12, 17]}


def _search(folder: Path) -> dict[int, list[int]]:
    _of_process.cache_clear()
    return kept_search(str(folder))(_TRIGGERS).find(_TEXT)


def test_they_are_written_once_and_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    assert _search(folder) == _FOUND
    (file,) = folder.iterdir()
    written = file.stat().st_mtime_ns
    assert _search(folder) == _FOUND
    assert file.stat().st_mtime_ns == written


def test_other_triggers_have_a_file_of_their_own(tmp_path: Path) -> None:
    _search(tmp_path)
    (first,) = tmp_path.iterdir()
    apart = ((rb"key=[a-z]{3}", rb"(?i:name)"), (rb"\d{4}",))
    assert kept_search(str(tmp_path))(apart).find(_TEXT) == {0: [7, 12], 1: [17]}
    assert first in tmp_path.iterdir()
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    _search(tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(good[:-9] if damage is None else damage)
    assert _search(tmp_path) == _FOUND
    assert file.read_bytes() == good


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_could_have_written_is_made_anew(tmp_path: Path, mode: int) -> None:
    """Triggers that find nothing would make every audit clean."""
    _search(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(HyperscanSearch(((b"never",), (), ())).packed())
    file.chmod(mode)
    assert _search(tmp_path) == _FOUND
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_gone_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert _search(tmp_path / "file" / "cache") == _FOUND


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for number in range(20):
        kept_search(str(tmp_path))(((b"%d{2}" % number,),))
    assert len(list(tmp_path.glob("triggers-*.hs"))) == 16


def test_without_a_folder_nothing_is_kept() -> None:
    assert kept_search(None)(_TRIGGERS).find(_TEXT) == _FOUND


_GROUPS = ((rb"key=[a-z]{3}", rb"(?i:name)"), (rb"\d{4}",))


def _gate(folder: Path, edition: str = "1") -> set[int]:
    gate = kept_gate(str(folder))(edition, lambda: _GROUPS)
    assert gate is not None
    return set(gate.held(b"NAME 2024"))


def _not_again() -> tuple[tuple[bytes, ...], ...]:
    raise AssertionError("what is kept was made again")


def test_a_gate_is_written_once_and_read_again(tmp_path: Path) -> None:
    assert _gate(tmp_path) == {0, 1}
    again = kept_gate(str(tmp_path))("1", _not_again)
    assert again is not None
    assert again.held(b"key=abc") == {0}
    assert again.held(b"") == set()
    _gate(tmp_path, "2")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_gate_is_made_anew(tmp_path: Path) -> None:
    _gate(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"")
    assert _gate(tmp_path) == {0, 1}


def test_without_a_folder_or_with_an_unknown_expression_there_is_no_gate(tmp_path: Path) -> None:
    assert kept_gate(None)("1", lambda: _GROUPS) is None
    assert kept_gate(str(tmp_path))("1", lambda: ((rb"(?=a)b",),)) is None

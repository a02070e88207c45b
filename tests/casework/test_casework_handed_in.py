"""Whatever file somebody hands in is read within bounds, whoever reads it, and named where it will not do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from opensafe.casework.baselines.reading import read_baseline
from opensafe.casework.handed_in import bytes_of
from opensafe.casework.sheet_rows import read_sheet
from opensafe.casework.source import listed_on
from opensafe.casework.team_rules import read_rules_file
from opensafe.casework.watching import watched
from opensafe.errors import UsageError

READERS: dict[str, Callable[[Path], object]] = {
    "the watch-list": watched,
    "given.txt": read_rules_file,
    "the roster": listed_on,
    "the sheet": read_sheet,
    "the file of another tool": read_baseline,
}


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "given.txt"
    file.write_bytes(b"x" * 10)
    assert bytes_of(file, "the list", most=10) == b"x" * 10
    with pytest.raises(UsageError, match="the list is larger than 9 bytes"):
        bytes_of(file, "the list", most=9)


@pytest.mark.parametrize("what", READERS)
def test_what_is_gone_or_a_folder_is_named_by_whoever_reads_it(what: str, tmp_path: Path) -> None:
    for file in (tmp_path / "given.txt", tmp_path):
        name = file.name if what == "given.txt" else what
        with pytest.raises(UsageError, match="cannot be read") as caught:
            READERS[what](file)
        assert name in str(caught.value.cause)
        assert caught.value.remedy


@pytest.mark.parametrize("what", READERS)
def test_nobody_reads_without_end(what: str, tmp_path: Path) -> None:
    """A sparse file of a gigabyte is refused at once, before its bytes would be looked at."""
    file = tmp_path / "given.txt"
    with file.open("wb") as opened:
        opened.truncate(1 << 30)
    with pytest.raises(UsageError, match=r"larger than [\d,]+ bytes"):
        READERS[what](file)

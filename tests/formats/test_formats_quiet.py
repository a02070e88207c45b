"""A library that writes to standard error by itself says nothing, and everybody else does again afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from opensafe.formats.decode import decode
from opensafe.formats.quiet import quiet
from opensafe.formats.workbook import SheetsDamaged, sheets_of
from opensafe.model.skip import SkipReason
from tests.formats.office_files import xls

BOOK = xls({(0, 0): "name", (1, 0): 9990000001.0})


@contextmanager
def without_standard_error() -> Iterator[None]:
    kept = os.dup(2)
    os.close(2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _say(what: bytes) -> None:
    os.write(2, what)


def _fail_within() -> None:
    with quiet():
        _say(b"within ")
        raise ZeroDivisionError


def test_only_what_is_said_within_is_lost(capfd: pytest.CaptureFixture[str]) -> None:
    _say(b"before ")
    with pytest.raises(ZeroDivisionError):
        _fail_within()
    _say(b"after")
    assert capfd.readouterr().err == "before after"


def test_no_descriptor_is_left_open() -> None:
    first = os.dup(2)
    os.close(first)
    with quiet():
        pass
    again = os.dup(2)
    os.close(again)
    assert again == first


def test_a_process_without_standard_error_stays_without_it() -> None:
    with without_standard_error(), quiet(), pytest.raises(OSError, match="Bad file descriptor"):
        _say(b"within")


@pytest.mark.parametrize("lost", [37, 300, 800])
def test_the_reader_of_sheets_panics_in_silence(lost: int, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SheetsDamaged) as caught:
        list(sheets_of(BOOK[:-lost], "xls"))
    assert type(caught.value.__context__).__name__ == "PanicException"
    _say(b"after")
    assert capfd.readouterr().err == "after"


def test_a_damaged_workbook_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert [item.reason for item in decode(BOOK[:-37]).unread] == [SkipReason.CORRUPT]
    assert capfd.readouterr().err == ""

"""NHS numbers that stand in data files as numbers are found, with the way to them; other numbers are not."""

import sqlite3
import struct
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.model.context import Context
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings

VALID = [int(number) for number in sample_numbers(999_200_000, 12)]
OTHER = [number + 1 for number in VALID]


def npy(numbers: Sequence[int]) -> bytes:
    head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(numbers)},), }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + struct.pack(f"<{len(numbers)}d", *numbers)


def rds(numbers: Sequence[int]) -> bytes:
    head = b"X\n" + struct.pack(">III", 2, 0x040201, 0x020300)
    return head + struct.pack(f">II{len(numbers)}d", 14, len(numbers), *numbers)


def stata(numbers: Sequence[int]) -> bytes:
    """One column of doubles, in release 114."""
    head = struct.pack("<BBBBHi", 114, 2, 1, 0, 1, len(numbers)) + bytes(99)
    column = (
        b"\xff" + b"nhs_number".ljust(33, b"\0") + bytes(4) + b"%10.0g".ljust(49, b"\0") + bytes(33 + 81) + bytes(5)
    )
    return head + column + struct.pack(f"<{len(numbers)}d", *numbers)


def deleted(numbers: Sequence[int]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE people (name TEXT, number INTEGER)")
        database.executemany("INSERT INTO people VALUES ('someone', ?)", [(number,) for number in numbers])
        database.commit()
        database.execute("DELETE FROM people")
        database.commit()
        return database.serialize()


FILES: dict[str, tuple[Callable[[Sequence[int]], bytes], tuple[str, ...]]] = {
    "numbers.npy": (npy, ("npy:values",)),
    "numbers.rds": (rds, ("rds",)),
    "extract.dta": (stata, ("stata:table",)),
    "people.sqlite": (deleted, ("sqlite-freed",)),
}


@pytest.fixture(scope="module")
def scanner() -> ContentScanner:
    return ContentScanner(ScanSettings(Context(), FingerprintKey(bytes(KEY_BYTES)), workers=1))


def found(scanner: ContentScanner, data: bytes, path: str) -> set[tuple[str, ...]]:
    """Where a file or a column of NHS numbers was seen."""
    matches = scanner.scan(Oid(""), data, path.encode(), PlaceKind.BLOB).matches
    return {match.via for match in matches if match.verdict.detector.startswith("data.nhs-number-")}


@pytest.mark.parametrize("name", FILES)
def test_a_column_of_nhs_numbers_is_found(name: str, scanner: ContentScanner) -> None:
    make, via = FILES[name]
    assert found(scanner, make(VALID), name) == {via}


@pytest.mark.parametrize("name", FILES)
def test_a_column_of_other_numbers_is_none(name: str, scanner: ContentScanner) -> None:
    make, _ = FILES[name]
    assert found(scanner, make(OTHER), name) == set()

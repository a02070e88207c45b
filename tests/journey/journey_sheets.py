"""Sheets of a case: written, filled in and sent back."""

from pathlib import Path

from tests.casework.sheet_kit import head_and_rows, save_csv
from tests.journey.journey_commands import Ran, run
from tests.journey.journey_trip import Trip

Rows = list[dict[str, str]]


def refuse(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), *words)


def sheet_of(trip: Trip, *words: str) -> tuple[list[str], Rows]:
    file = trip.case.parent / "sheet.csv"
    trip.say(*words, "--sheet", str(file))
    return head_and_rows(file)


def sent_back(trip: Trip, head: list[str], rows: Rows) -> Path:
    return save_csv(trip.case.parent / "back.csv", head, rows)


def everything_written(trip: Trip) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in trip.case.glob("*.jsonl")}

"""A chain of log entries: each carries the hash of the one before it. Pure: no file is touched here."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, cast

from opensafe.casefile.canonical import Json, canonical, parsed_object
from opensafe.model.logentry import LogEntry

GENESIS = "0" * 64

_NAMES = {item.name for item in fields(LogEntry)}
_TEXTS = _NAMES - {"seq", "details"}


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """`entries` and `head` are those of the lines before `first_bad_line` (from 1; `None`: no line is bad)."""

    ok: bool
    entries: int
    head: str
    first_bad_line: int | None = None
    reason: str = ""


def extended(state: LogVerdict, drafts: Iterable[LogEntry]) -> list[LogEntry]:
    """`drafts` as they continue the chain at `state`: with number, previous hash and hash."""
    entries: list[LogEntry] = []
    previous = state.head
    for seq, draft in enumerate(drafts, start=state.entries + 1):
        placed = replace(draft, seq=seq, previous=previous)
        entries.append(replace(placed, hash=hash_of(placed)))
        previous = entries[-1].hash
    return entries


def hash_of(entry: LogEntry) -> str:
    """SHA-256, in hex, of the previous hash and the canonical JSON of all other fields."""
    rest = {name: value for name, value in _fields(entry).items() if name not in {"previous", "hash"}}
    return hashlib.sha256(entry.previous.encode() + canonical(rest)).hexdigest()


def to_line(entry: LogEntry) -> bytes:
    return canonical(_fields(entry))


def from_line(line: bytes) -> LogEntry:
    """Raises ValueError, in words that do not quote the line."""
    try:
        found = parsed_object(line)
    except ValueError as error:
        raise ValueError("not an entry of the log") from error
    details = found.get("details")
    if found.keys() != _NAMES or not isinstance(found["seq"], int) or not isinstance(details, dict):
        raise ValueError("not an entry of the log")
    if not all(isinstance(found[name], str) for name in _TEXTS) or not all(map(_is_scalar, details.values())):
        raise ValueError("a field of the entry has a wrong type")
    return LogEntry(**cast("Mapping[str, Any]", found))


def follow(lines: Sequence[bytes]) -> LogVerdict:
    """How far the chain holds: every line in its canonical form, in its place, with the right hashes."""
    head = GENESIS
    for number, line in enumerate(lines, start=1):
        try:
            head = _link(line, number, head)
        except ValueError as error:
            return LogVerdict(ok=False, entries=number - 1, head=head, first_bad_line=number, reason=str(error))
    return LogVerdict(ok=True, entries=len(lines), head=head)


@lru_cache(maxsize=8192)  # every append verifies all lines: each is worked out once for each process
def _link(line: bytes, number: int, previous: str) -> str:
    entry = from_line(line)
    if entry.seq != number:
        raise ValueError(f"entry {entry.seq} stands where entry {number} belongs")
    if entry.previous != previous:
        raise ValueError("the entry does not follow the one before it")
    if hash_of(entry) != entry.hash or to_line(entry) != line:
        raise ValueError("the entry was changed after it was written")
    return entry.hash


def _fields(entry: LogEntry) -> dict[str, Json]:
    return {name: getattr(entry, name) for name in _NAMES}


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float | bool)

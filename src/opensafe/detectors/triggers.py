"""One pass over the text for the triggers of all detectors.

Hyperscan does it at hundreds of megabytes a second. Where it cannot be imported the same triggers run through `re`:
a combined expression picks the lines, then each detector's own expression runs on those lines only (about twenty
times slower, and said so by `opensafe detectors`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, Protocol

from opensafe.detectors.kinds import any_of
from opensafe.detectors.neighbourhood import neighbourhoods

try:
    import hyperscan
except ImportError:
    HAS_HYPERSCAN = False  # no wheel for this machine
else:
    HAS_HYPERSCAN = True

Triggers = Sequence[tuple[bytes, ...]]  # those of detector 0, of detector 1, …

_LINE_REACH = 4096  # the fallback looks for a detector's triggers this far from the place where one was found
_LINE_BREAK = 10
_BEYOND = 256  # bytes behind a line over which a trigger that begins in it may go on


class TriggerSearch(Protocol):
    """Finds which detectors have a trigger in the data, and where these end."""

    def find(self, data: bytes) -> dict[int, list[int]]:
        """Index of the detector → offsets of ends."""
        ...


class HyperscanSearch:
    """All triggers in one compiled database: `packed`, where these very triggers were compiled before (`ValueError`
    where it is damaged, or of another machine or version).
    """

    def __init__(self, triggers: Triggers, packed: bytes | None = None) -> None:
        flat = [(index, trigger) for index, group in enumerate(triggers) for trigger in group]
        self._owners = [index for index, _ in flat]
        if packed is None:
            self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            if flat:
                self._database.compile(expressions=[trigger for _, trigger in flat], ids=list(range(len(flat))))
        else:
            self._database = unpacked_database(packed)

    def packed(self) -> bytes:
        """The database, for the same version on the same kind of machine; nothing where there is no trigger."""
        return packed_database(self._database) if self._owners else b""

    def find(self, data: bytes) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if not self._owners or not data:
            return found
        owners = self._owners

        def matched(trigger: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.setdefault(owners[trigger], []).append(end)

        self._database.scan(data, match_event_handler=matched)
        return found


def packed_database(database: Any) -> bytes:
    """A compiled database as bytes."""
    packed: bytes = hyperscan.dumpb(database)
    return packed


def unpacked_database(packed: bytes) -> Any:
    """The database again, ready to search. Raises ValueError."""
    try:
        database = hyperscan.loadb(packed, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error as error:
        raise ValueError("no compiled triggers for this machine") from error
    return database


class RegexSearch:
    """The same through `re`: slower, for machines without Hyperscan."""

    def __init__(self, triggers: Triggers) -> None:
        self._each = [(index, re.compile(any_of(group))) for index, group in enumerate(triggers) if group]
        self._any = re.compile(any_of(trigger for group in triggers for trigger in group)) if self._each else None

    def find(self, data: bytes) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if self._any is None:
            return found
        hits = (place for match in self._any.finditer(data) for place in _lines_of(match))
        for start, end in neighbourhoods(data, hits, _LINE_REACH):
            for index, pattern in self._each:
                matches = pattern.finditer(data, start, min(len(data), end + _BEYOND))
                ends = [match.end() for match in takewhile(lambda match: match.start() < end, matches)]  # noqa: B023 - used at once
                if ends:
                    found.setdefault(index, []).extend(ends)
        return found


def _lines_of(match: re.Match[bytes]) -> Iterator[int]:
    """A place in every line that a trigger touches: another detector's may begin in each."""
    yield match.start() + 1
    yield from (match.start() + at for at, byte in enumerate(match.group(), 1) if byte == _LINE_BREAK)
    yield match.end()


def best_search(triggers: Triggers) -> TriggerSearch:
    """Hyperscan where it is there, else `re`."""
    return _compiled(HyperscanSearch if HAS_HYPERSCAN else RegexSearch, tuple(triggers))


@lru_cache(maxsize=2)  # passages and whole contents
def _compiled(search: Callable[[Triggers], TriggerSearch], triggers: tuple[tuple[bytes, ...], ...]) -> TriggerSearch:
    """The same triggers are compiled once for a process, however many engines it makes."""
    return search(triggers)

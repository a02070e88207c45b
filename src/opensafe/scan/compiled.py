"""Compiled triggers are kept in the user's cache: compiling takes a second, reading them back a millisecond."""

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from opensafe.casefile.disk import write_whole
from opensafe.detectors.gates import Groups, KeptGate, no_gate
from opensafe.detectors.gatesearch import HyperscanGate
from opensafe.detectors.triggers import HAS_HYPERSCAN, HyperscanSearch, Triggers, TriggerSearch, best_search
from opensafe.errors import DiskFailed

_MOST = 16  # files: each set of rules has two, each version of a catalogue one
_Search = TypeVar("_Search", HyperscanSearch, HyperscanGate)
_LONGEST = 64 << 20  # bytes of a file; ours have two million


def kept_search(folder: str | None) -> Callable[[Triggers], TriggerSearch]:
    """Makes searches whose compiled form is kept in a folder, where one is given and it can be written to."""
    if folder is None or not HAS_HYPERSCAN:
        return best_search
    return partial(_kept, Path(folder))


def _kept(folder: Path, triggers: Triggers) -> TriggerSearch:
    return _of_process(folder, tuple(triggers))


@lru_cache(maxsize=2)  # passages and whole contents
def _of_process(folder: Path, triggers: tuple[tuple[bytes, ...], ...]) -> TriggerSearch:
    file = folder / f"triggers-{_digest(triggers)}.hs"
    return _kept_in(file, lambda packed: HyperscanSearch(triggers, packed))


def kept_gate(folder: str | None) -> KeptGate:
    """Makes gates of catalogues that are kept in a folder; none where they cannot be."""
    if folder is None or not HAS_HYPERSCAN:
        return no_gate
    return partial(_gate, Path(folder))


def _gate(folder: Path, edition: str, groups: Callable[[], Groups]) -> HyperscanGate | None:
    file = folder / f"triggers-{_digest([(edition.encode(),)])}.hs"
    try:
        return _kept_in(file, lambda packed: HyperscanGate(groups() if packed is None else (), packed))
    except ValueError:  # of a catalogue that is newer than the engine
        return None


def _kept_in(file: Path, search: Callable[[bytes | None], _Search]) -> _Search:
    """The search of what is kept in a file; one that is new is put there."""
    with suppress(OSError, ValueError):
        if _is_trusted(file.stat()):
            return search(file.read_bytes())
    new = search(None)
    with suppress(OSError, DiskFailed):  # without a cache everything works, only slower
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, new.packed())
        _forget_oldest(file.parent)
    return new


def _is_trusted(kept: os.stat_result) -> bool:
    """Whether nobody else could have written it (Windows keeps the profile of a user from others by itself).

    A database that finds less would make every audit clean, and the engine takes its bytes as they are.
    """
    is_own = sys.platform == "win32" or kept.st_uid == os.geteuid()
    is_shared = sys.platform != "win32" and kept.st_mode & (stat.S_IWGRP | stat.S_IWOTH) != 0
    return is_own and not is_shared and kept.st_size <= _LONGEST


def _digest(triggers: Triggers) -> str:
    """Of the expressions, whose they are, and the version that compiles them."""
    digest = hashlib.sha256(version("hyperscan").encode())
    for group in triggers:
        digest.update(b"%d;" % len(group))
        for trigger in group:
            digest.update(b"%d:" % len(trigger) + trigger)
    return digest.hexdigest()[:32]


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("triggers-*.hs"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_MOST:]:
        file.unlink(missing_ok=True)

"""The watch-list of an organisation: words and paths that no rule can know, gathered for a person to attest.

Unreleased policy, statistics before their publication, how fraud is found: only the organisation knows their names.
The list stays where it is kept, as a roster does. The case remembers its path, and a run without it fails closed.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.casework.handed_in import bytes_of
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Severity
from opensafe.model.teamrule import TeamRule

WATCH_LIST = "watch-list"

_MOST_BYTES = 200_000
_MOST = 500
_SHORTEST = 3
_LONGEST = 200  # characters of an entry, and of what a star may stand for together
_STAR = rb"[^\s/]{0,40}"
_EDGE = rb"(?:\b|_)"
_GAP = rb"[ \t_.-]{1,10}"


def watch_list_of(case: Case, given: Path | None = None) -> Path | None:
    """The list that this run uses: the given one, else the one that the case remembers."""
    return given or (Path(case.config.watch) if case.config.watch else None)


def watched(file: Path | None) -> tuple[TeamRule, ...]:
    """The list as a rule like those of the team; none without a list. Raises UsageError."""
    if file is None:
        return ()
    entries = tuple(dict.fromkeys(_entries(_text_of(file))))
    if not entries:
        raise UsageError(f"{_named(file)} names nothing", remedy="write one word, phrase or path a line")
    if len(entries) > _MOST:
        raise UsageError(f"{_named(file)} has more than {_MOST} entries", remedy="keep what is worth a question")
    plain = tuple(entry for entry in entries if _has_edges(entry))
    other = tuple(entry for entry in entries if not _has_edges(entry))
    rules = ((WATCH_LIST, plain, _EDGE), (f"{WATCH_LIST}-beside-words", other, b""))
    return tuple(_rule(name, chosen, edge) for name, chosen, edge in rules if chosen)


def _named(file: Path) -> str:
    return f"the watch-list {shown_path(file)}"


def _text_of(file: Path) -> str:
    remedy = "give it again with --watch FILE: without it, what it names would be missed"
    return bytes_of(file, _named(file), most=_MOST_BYTES, remedy=remedy).decode("utf-8-sig", "replace")


def _entries(text: str) -> Iterator[str]:
    """One a line; what follows a # is a remark. Very short ones stand in everything."""
    for line in text.splitlines():
        entry = " ".join(line.partition("#")[0].split())
        if entry.replace("*", "") and not _SHORTEST <= len(entry) <= _LONGEST:
            raise UsageError(
                f"an entry of the watch-list has fewer than {_SHORTEST} or more than {_LONGEST} characters",
                remedy="write a whole word, a phrase, or a path such as drafts/policy*",
            )
        if entry.replace("*", ""):
            yield entry


def _has_edges(entry: str) -> bool:
    """Whether it begins and ends as words do: only there can be told that no longer word stands around it."""
    return all(end.isascii() and (end.isalnum() or end == "*") for end in (entry[0], entry[-1]))


def _rule(name: str, entries: tuple[str, ...], edge: bytes) -> TeamRule:
    each = b"|".join(_pattern(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))
    return TeamRule(
        id=name,
        title="Words of the watch-list",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        why="The organisation watches for this. No rule can know what is not yet public, or what works only in secret.",
        remedy="Ask whoever owns the matter. Keep it with their word as the reason, else redact it or remove the file.",
        expression=edge + rb"(?i:(?P<value>" + each + rb"))" + edge,
        longest=4 * _LONGEST,
    )


def _pattern(entry: str) -> bytes:
    """An expression for an entry: spaces as other joints too, a star for part of a word."""
    return _GAP.join(re.escape(word.encode()).replace(rb"\*", _STAR) for word in entry.split())

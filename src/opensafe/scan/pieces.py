"""What is known of pieces of text by themselves: most have nothing in them that could stir a detector.

A piece that is quiet is quiet wherever it stands, so versions of a file cost no more than a look at a set. What is
not quiet is judged with the text around it. Pieces are kept (in memory, to a bound) and every content's pieces are
noted, so that a value that is learnt late can be looked for without reading everything again.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from opensafe.model.identifiers import Oid
from opensafe.model.match import Verdict

PASSAGE, CONTENT, HIDDEN = 1, 2, 4
"""What a piece stirs: passage detectors, content detectors, decoders of scattered stretches."""

LEAST_KEPT = 48 << 20
"""Bytes of pieces that a process may keep in any case."""

_TOGETHER = 10_000  # kept pieces that are searched as one text
_BREAK = b"\n" * 40  # no expression of the catalogues reaches over so much


class Seen(NamedTuple):
    """A verdict, and the span of the text that it is about."""

    verdict: Verdict
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stir:
    """What a text gives to look at: triggers (offset, for content detectors?), and what is seen already."""

    triggers: Iterable[tuple[int, bool]]
    seen: Iterable[Seen]


@dataclass(slots=True)
class Loud:
    """What a piece stirs, and what is seen in it by itself, counted from its beginning."""

    flags: int = 0
    seen: list[Seen] = field(default_factory=list)


@dataclass(slots=True)
class _Kept:
    """Texts of pieces, for as long as there is room; `after` are the contents that came when there was none left."""

    texts: list[bytes] = field(default_factory=list, repr=False)
    size: int = 0
    trails: dict[Oid, bytes] = field(default_factory=dict)
    after: list[Oid] = field(default_factory=list)


class PieceMemory:
    """`stirs` says what there is to look at in a text; `may_hide` whether it can be decoded.

    Pieces are kept up to `room` bytes. `enabled=False` remembers nothing and must give the same.
    """

    def __init__(
        self,
        stirs: Callable[[bytes], Stir],
        may_hide: Callable[[bytes], bool],
        *,
        room: int = LEAST_KEPT,
        enabled: bool = True,
    ) -> None:
        self._stirs = stirs
        self._may_hide = may_hide
        self._room = room
        self._enabled = enabled
        self._quiet: set[int] = set()
        self._loud: dict[int, Loud] = {}
        self._kept = _Kept()
        self._trail: list[bytes] = []

    def stirring(self, texts: Sequence[bytes]) -> list[tuple[int, Loud]]:
        """The pieces that are not quiet, by index."""
        keys = list(map(hash, texts))
        if not self._enabled:
            self._quiet.clear()
            self._loud.clear()
        else:
            self._trail.append(_packed(keys))
        unsaid = set(keys) - self._quiet
        if not unsaid:
            return []
        loud = self._loud
        novel = {key for key in unsaid if key not in loud}  # `-` would walk all that is loud
        if novel:
            self._learn({key: text for key, text in zip(keys, texts, strict=True) if key in novel})
        return [(index, loud[key]) for index, key in enumerate(keys) if key in unsaid and key in loud]

    def is_bare(self, texts: Sequence[bytes]) -> bool:
        """Whether all pieces are known, and none can be decoded into something."""
        unsaid = set(map(hash, texts)) - self._quiet
        return all(key in self._loud and not self._loud[key].flags & HIDDEN for key in unsaid)

    def content_ends(self, oid: Oid) -> None:
        """What was asked for since the last end belongs to this content."""
        if self._kept.size > self._room or not self._enabled:
            self._kept.after.append(oid)
        else:
            self._kept.trails[oid] = b"".join([self._kept.trails.get(oid, b""), *self._trail])
        self._trail.clear()

    def holders(self, find: Callable[[bytes], Iterable[int]]) -> list[Oid]:
        """Contents with a piece in which `find` gives an offset, and perhaps others."""
        texts = self._kept.texts
        found: set[int] = set()
        for at in range(0, len(texts), _TOGETHER):
            group = texts[at : at + _TOGETHER]
            starts = _starts(group)
            held = {bisect_right(starts, offset) - 1 for offset in find(_BREAK.join(group))}
            found.update(memoryview(_packed([hash(group[index]) for index in held])).cast("I"))
        noted = self._kept.trails.items()
        return [oid for oid, trail in noted if not found.isdisjoint(memoryview(trail).cast("I"))] + self._kept.after

    def _learn(self, novel: dict[int, bytes]) -> None:
        """All at once: what stirs in one long text is told apart by where it is."""
        keys, texts = list(novel), list(novel.values())
        starts = _starts(texts)
        learnt = {key: Loud() for key in keys}
        joined = _BREAK.join(texts)
        stir = self._stirs(joined)
        for offset, for_content in stir.triggers:
            learnt[keys[bisect_right(starts, offset) - 1]].flags |= CONTENT if for_content else PASSAGE
        for verdict, start, end in stir.seen:
            index = bisect_right(starts, start) - 1
            if end <= starts[index] + len(texts[index]):  # what goes over a join stands in no piece
                learnt[keys[index]].seen.append(Seen(verdict, start - starts[index], end - starts[index]))
        if self._may_hide(joined):
            for key in (key for key, text in novel.items() if self._may_hide(text)):
                learnt[key].flags |= HIDDEN
        self._quiet.update(key for key, loud in learnt.items() if not (loud.flags or loud.seen))
        self._loud.update((key, loud) for key, loud in learnt.items() if loud.flags or loud.seen)
        if self._enabled and self._kept.size <= self._room:
            self._kept.texts += texts
            self._kept.size += sum(map(len, texts))


def _starts(texts: Iterable[bytes]) -> list[int]:
    """Where each begins when they are joined."""
    return list(accumulate((len(text) + len(_BREAK) for text in texts), initial=0))[:-1]


def _packed(keys: Sequence[int]) -> bytes:
    """Half of each key: enough to tell pieces apart, and a content may be looked at once too often."""
    return memoryview(array("q", keys).tobytes()).cast("I")[::2].tobytes()

"""What is known of pieces of text by themselves: most have nothing in them that could stir a detector.

A piece that is quiet is quiet wherever it stands, so versions of a file cost no more than a look at a set. What is
not quiet is judged with the text around it. Pieces are kept (in memory, to a bound) and every content's pieces are
noted, so that a value that is learnt late can be looked for without reading everything again.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from opensafe.detectors.engine import PASSAGES
from opensafe.detectors.kinds import Header
from opensafe.model.identifiers import Oid
from opensafe.model.match import Verdict
from opensafe.scan.kept import BREAK, KeptPieces, halves, starts_of

PASSAGE, HIDDEN = 1, 2
"""What a piece stirs: passage detectors, decoders of scattered stretches."""


class Seen(NamedTuple):
    """A verdict, and the span of the text that it is about."""

    verdict: Verdict
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stir:
    """What a text gives to look at: triggers (end, number of a content detector or `PASSAGES`), what may be headers
    (with the number of a content detector), and what is seen already.
    """

    triggers: Iterable[tuple[int, int]]
    headers: Iterable[tuple[Header, int]]
    seen: Iterable[Seen]


@dataclass(slots=True)
class Loud:
    """What a piece stirs, and what is seen in it by itself, counted from its beginning.

    `waiting` has a bit for each content detector (by its number) that waits for it; `headers` are what may be
    headers, with these numbers.
    """

    flags: int = 0
    waiting: int = 0
    seen: tuple[Seen, ...] = ()
    headers: tuple[tuple[Header, int], ...] = ()

    @property
    def is_quiet(self) -> bool:
        return not (self.flags or self.waiting or self.seen)


class PieceMemory:
    """`stirs` says what there is to look at in a text; `may_hide` whether it can be decoded.

    `enabled=False` remembers nothing and must give the same.
    """

    def __init__(
        self,
        stirs: Callable[[bytes], Stir],
        may_hide: Callable[[bytes], bool],
        *,
        enabled: bool = True,
    ) -> None:
        self._stirs = stirs
        self._may_hide = may_hide
        self._enabled = enabled
        self._quiet: set[int] = set()
        self._loud: dict[int, Loud] = {}
        self._kept = KeptPieces()
        self._trail: list[bytes] = []

    def stirring(self, texts: Sequence[bytes], keys: Sequence[int]) -> list[tuple[int, Loud]]:
        """The pieces that are not quiet, by index. `keys` are the hashes of the texts."""
        if not self._enabled:
            self._quiet.clear()
            self._loud.clear()
        else:
            self._trail.append(halves(keys))
        unsaid = set(keys) - self._quiet
        if not unsaid:
            return []
        loud = self._loud
        novel = {key for key in unsaid if key not in loud}  # `-` would walk all that is loud
        if novel:
            self._learn({key: text for key, text in zip(keys, texts, strict=True) if key in novel})
        return [(index, loud[key]) for index, key in enumerate(keys) if key in unsaid and key in loud]

    def is_bare(self, keys: Iterable[int]) -> bool:
        """Whether all pieces are known, and none can be decoded into something."""
        unsaid = set(keys) - self._quiet
        return all(key in self._loud and not self._loud[key].flags & HIDDEN for key in unsaid)

    def content_ends(self, oid: Oid) -> None:
        """What was asked for since the last end belongs to this content."""
        if self._enabled:
            self._kept.note(oid, self._trail)
            self._trail.clear()
        else:
            self._kept.after.append(oid)

    def holders(self, find: Callable[[bytes], Iterable[int]]) -> list[Oid]:
        """Contents with a piece in which `find` gives an offset, and perhaps others."""
        return self._kept.holders(find)

    def held(self, keys: Sequence[int]) -> list[int] | None:
        """Of pieces that are known, the indexes of those in which the last search for `holders` found something.

        `None` where that is not told.
        """
        return self._kept.held(keys)

    def _learn(self, novel: dict[int, bytes]) -> None:
        """All at once: what stirs in one long text is told apart by where it is."""
        keys, texts = list(novel), list(novel.values())
        starts = starts_of([b"", *texts])[1:]
        learnt = {key: Loud() for key in keys}
        joined = BREAK.join([b"", *texts, b""])  # the first and the last have something beside them, as all others do
        stir = self._stirs(joined)
        for end, detector in stir.triggers:
            index = bisect_right(starts, end - 1) - 1
            if detector == PASSAGES:
                learnt[keys[index]].flags |= PASSAGE
            else:
                learnt[keys[index]].waiting |= 1 << detector
        for (end, in_text), detector in stir.headers:
            index = bisect_right(starts, end - 1) - 1
            header = Header(min(end - starts[index], len(texts[index])), in_text)
            learnt[keys[index]].headers += ((header, detector),)
        for verdict, start, end in stir.seen:
            index = bisect_right(starts, start) - 1
            if end <= starts[index] + len(texts[index]):  # what goes over a join stands in no piece
                learnt[keys[index]].seen += (Seen(verdict, start - starts[index], end - starts[index]),)
        if self._may_hide(joined):
            for key in (key for key, text in novel.items() if self._may_hide(text)):
                learnt[key].flags |= HIDDEN
        self._quiet.update(key for key, loud in learnt.items() if loud.is_quiet)
        self._loud.update((key, loud) for key, loud in learnt.items() if not loud.is_quiet)
        if self._enabled:
            self._kept.add(keys, texts)

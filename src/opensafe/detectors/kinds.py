"""The six ways in which a detector can work. Each is a `Detector`; the engine gives each what it needs.

A pattern detector leaves the search to one pass of a compiled engine over all triggers and only confirms what was
found; a personal detector is one that knows the people of the repository. A search detector brings a search of its
own, for what is no expression: a list of names. A prepared detector compiles something of its own once. A content
detector looks at a whole content; a table detector does so too, and is told where its triggers stand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from opensafe.detectors.gates import Gate, GatedLook, KeptGate, Look
from opensafe.detectors.neighbourhood import neighbourhoods
from opensafe.model.context import Context
from opensafe.model.detector import Card
from opensafe.model.finding import Hit
from opensafe.model.specimen import Specimen

Examine = Callable[[Specimen, int, int], Iterable[Hit]]
_BESIDE = 80  # bytes of a header on each side of a trigger's end
Ends = Sequence[int]
"""Where triggers end in a text, in order."""


class Header(NamedTuple):
    """Where a trigger ends in what can be a header, and whether that can stand there in a text that is no table."""

    end: int
    in_text: bool


def any_of(triggers: Iterable[bytes]) -> bytes:
    """One expression that matches where one of the triggers does."""
    return b"|".join(b"(?:%b)" % trigger for trigger in triggers)


def ends_of(triggers: Iterable[bytes], data: bytes) -> list[int]:
    """Where they end in a text, found without the compiled engine."""
    return [match.end() for match in re.finditer(any_of(triggers), data)]


@dataclass(frozen=True, slots=True)
class PatternDetector:
    """Finds by triggers, confirms by a function.

    `triggers` are expressions over bytes in the language that Hyperscan and `re` share: no look-around, no back
    references, bounded repeats. `examine(specimen, start, end)` gives the hits in the neighbourhood of a trigger:
    its line, cut `reach` bytes away from it. It may look at bytes outside the neighbourhood for context.
    """

    card: Card
    triggers: tuple[bytes, ...]
    examine: Examine
    reach: int = 512

    def detect(self, specimen: Specimen, context: Context) -> Iterator[Hit]:  # noqa: ARG002 - Detector's signature
        return self.confirm(specimen, ends_of(self.triggers, specimen.data))

    def confirm(self, specimen: Specimen, ends: Iterable[int]) -> Iterator[Hit]:
        """The hits near the ends of triggers."""
        for start, end in neighbourhoods(specimen.data, ends, self.reach):
            yield from self.examine(specimen, start, end)


@dataclass(frozen=True, slots=True)
class PersonalDetector:
    """A pattern detector that knows the people of the context: `examine` is made of them."""

    card: Card
    triggers: tuple[bytes, ...]
    prepare: Callable[[Context], Examine]
    reach: int = 512

    def knowing(self, context: Context) -> PatternDetector:
        return PatternDetector(self.card, self.triggers, self.prepare(context), self.reach)

    def detect(self, specimen: Specimen, context: Context) -> Iterator[Hit]:
        return self.knowing(context).detect(specimen, context)


@dataclass(frozen=True, slots=True)
class SearchDetector:
    """Finds by `search`, which gives offsets in the text (ends of what it found), confirms as a pattern detector does.

    `search` must see on each line what it sees in the whole text. `edition` is part of the engine's digest.
    """

    card: Card
    search: Callable[[bytes], Iterable[int]]
    examine: Examine
    edition: str
    reach: int = 512

    def detect(self, specimen: Specimen, context: Context) -> Iterator[Hit]:  # noqa: ARG002 - Detector's signature
        return self.confirm(specimen, self.search(specimen.data))

    def confirm(self, specimen: Specimen, ends: Iterable[int]) -> Iterator[Hit]:
        """The hits near the ends of what the search found."""
        for start, end in neighbourhoods(specimen.data, ends, self.reach):
            yield from self.examine(specimen, start, end)


@dataclass(frozen=True, slots=True)
class PreparedDetector:
    """Compiles what it needs from the context once; what `prepare` returns is used for every specimen.

    `edition` names the outside catalogue that it uses, with its version: part of the engine's digest. With a `gate`,
    made for a context, it is prepared only when a text comes that the gate opens for.
    """

    card: Card
    prepare: Callable[[Context], Look]
    edition: str = ""
    gate: Callable[[Context], Gate] | None = None

    def behind_gate(self, context: Context, kept: KeptGate) -> Look:
        """What it looks with: behind its gate, where it has one."""
        if self.gate is None:
            return self.prepare(context)
        return GatedLook(self.gate(context), partial(self.prepare, context), kept)

    def detect(self, specimen: Specimen, context: Context) -> Iterable[Hit]:
        return self.prepare(context)(specimen)


@dataclass(frozen=True, slots=True)
class ContentDetector:
    """Looks at a whole content. With `triggers`, only at contents that hold one of them.

    `prepare` makes another look for a context, where the organisation's settings count.
    """

    card: Card
    look: Look
    triggers: tuple[bytes, ...] = ()
    prepare: Callable[[Context], Look] | None = None

    def within(self, context: Context) -> "ContentDetector":
        """The detector as it looks under this context."""
        return self if self.prepare is None else replace(self, look=self.prepare(context), prepare=None)

    def detect(self, specimen: Specimen, context: Context) -> Iterable[Hit]:
        if self.triggers and not re.search(any_of(self.triggers), specimen.data):
            return ()
        return self.within(context).look(specimen)

    def headers(self, data: bytes, ends: Iterable[int]) -> Iterator[Header]:  # noqa: ARG002 - as a table detector's
        """It does not ask where its triggers stand."""
        return iter(())

    def hits(self, specimen: Specimen, headers: Sequence[Header]) -> Iterable[Hit]:  # noqa: ARG002 - as a table detector's
        """What it sees in a content."""
        return self.look(specimen)


@dataclass(frozen=True, slots=True)
class TableDetector:
    """Looks at a whole content for tables whose header holds one of `triggers`, and is told where headers may stand.

    `heads` is told what stands before a trigger's end and behind it on its line, some way, and says whether that can
    be a header; `stands` whether one can stand at this end in a text, and `anywhere` whether a content is more than
    that. `look` is given the ends of those. So a version of a long text costs it hardly anything.
    """

    card: Card
    look: Callable[[Specimen, Ends], Iterable[Hit]]
    triggers: tuple[bytes, ...]
    heads: Callable[[bytes, bytes], object]
    stands: Callable[[bytes, int], bool]
    anywhere: Callable[[Specimen], bool]

    def within(self, context: Context) -> "TableDetector":  # noqa: ARG002 - as a content detector's
        """The detector as it looks under any context."""
        return self

    def detect(self, specimen: Specimen, context: Context) -> Iterable[Hit]:  # noqa: ARG002 - Detector's signature
        return self.hits(specimen, list(self.headers(specimen.data, ends_of(self.triggers, specimen.data))))

    def headers(self, data: bytes, ends: Iterable[int]) -> Iterator[Header]:
        """Those ends of triggers (in order) that can stand in headers."""
        for end in ends:
            before = data[max(0, end - _BESIDE) : end].rpartition(b"\n")[2]
            if self.heads(before, data[end : end + _BESIDE].partition(b"\n")[0]):
                yield Header(end, self.stands(data, end))

    def hits(self, specimen: Specimen, headers: Sequence[Header]) -> Iterable[Hit]:
        """What it sees in a content whose headers may stand there."""
        anywhere = bool(headers) and self.anywhere(specimen)
        ends = [header.end for header in headers if header.in_text or anywhere]
        return self.look(specimen, ends) if ends else ()

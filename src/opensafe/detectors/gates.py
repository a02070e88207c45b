"""A catalogue that takes long to load waits behind a gate until a text can hold something that it finds.

The gate is the catalogue's own first pass, compiled once and kept: reading it back takes a millisecond.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from opensafe.model.finding import Hit
from opensafe.model.specimen import Specimen

Look = Callable[[Specimen], Iterable[Hit]]
Groups = Sequence[tuple[bytes, ...]]
"""Expressions, of which one in each group says as much as all of it."""
Held = Callable[[bytes], Collection[int]]
"""Of some groups of expressions the numbers of those that a text holds."""


class GateSearch(Protocol):
    """Searches a text for all groups at once."""

    def held(self, data: bytes) -> Collection[int]:
        """The numbers of the groups that have a match in it."""
        ...


KeptGate = Callable[[str, Callable[[], Groups]], GateSearch | None]
"""The search of an edition of a catalogue, made of these expressions where it is not kept yet; `None` where no gate
can be kept.
"""


def no_gate(_edition: str, _groups: Callable[[], Groups]) -> None:
    """Nothing is kept: making a gate takes longer than what it would spare."""


@dataclass(frozen=True, slots=True)
class Gate:
    """`groups` gives the expressions, for which it loads the catalogue; `opens` says with them whether there may be
    anything in a text. `edition` names all that they depend on.
    """

    edition: str
    groups: Callable[[], Groups]
    opens: Callable[[bytes, Held], bool]


class GatedLook:
    """Looks with a catalogue that is prepared when the gate opens for the first time; then it stays open."""

    def __init__(self, gate: Gate, prepare: Callable[[], Look], kept: KeptGate) -> None:
        self._gate = gate
        self._prepare = prepare
        self._kept = kept
        self._search: GateSearch | None = None
        self._look: Look | None = None

    def __call__(self, specimen: Specimen) -> Iterable[Hit]:
        if self._look is None and not self._opens(specimen.data):
            return ()
        self._look = self._look or self._prepare()
        return self._look(specimen)

    def _opens(self, data: bytes) -> bool:
        self._search = self._search or self._kept(self._gate.edition, self._gate.groups)
        return self._search is None or self._gate.opens(data, self._search.held)

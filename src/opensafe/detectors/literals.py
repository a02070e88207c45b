"""One pass over the text for many literal values, for those that were learnt late."""

from collections.abc import Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from opensafe.model.secret import Secret


class LiteralSearch:
    """Finds every occurrence, overlapping ones too, of the values (Aho-Corasick). Empty values are never found."""

    def __init__(self, values: Sequence[Secret | bytes]) -> None:
        plain = [value.reveal() if isinstance(value, Secret) else value for value in values]
        self._indexes = [index for index, value in enumerate(plain) if value]
        # Standard matching is the only kind that reports overlaps.
        self._automaton = BytesAhoCorasick([plain[index] for index in self._indexes], MatchKind.Standard)

    def find(self, data: bytes) -> Iterator[tuple[int, int, int]]:
        """Index of the value, start, end: in the order of ends."""
        indexes = self._indexes
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return ((indexes[pattern], start, end) for pattern, start, end in found)

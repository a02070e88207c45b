"""Reads values again where they stand: matches keep places only."""

from collections.abc import Iterable, Iterator

from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match
from opensafe.model.secret import Secret
from opensafe.model.skip import Unread


class Contents:
    """One content with everything decoded from it, decoded once however many places are read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: dict[tuple[str, ...], bytes] | None = None

    def at(self, via: tuple[str, ...]) -> bytes | None:
        """The content that `via` leads to; `None` where there is none."""
        if not via:
            return self._data
        if self._parts is None:
            # All formats are loaded with it, which takes longer than most commands: few places lie in one.
            from opensafe.formats.decode import decode  # noqa: PLC0415 - see above

            self._parts = {part.via: part.data for part in decode(self._data).parts}
        return self._parts.get(via)

    def value(self, via: tuple[str, ...], start: int, end: int, kind: str = "value") -> Secret | None:
        """The value at a span; `None` where it is not there (any more)."""
        content = self.at(via)
        if content is None or end > len(content) or start >= end:
            return None
        return Secret(content[start:end], kind)


def values_of(view: ObjectView, matches: Iterable[tuple[Oid, Match]]) -> Iterator[tuple[Match, Secret]]:
    """The value of each match in file content, one reading of an object for all its matches."""
    by_object: dict[Oid, list[Match]] = {}
    for oid, match in matches:
        by_object.setdefault(oid, []).append(match)
    with ObjectReader(view) as reader:
        for oid, wanted in by_object.items():
            item = reader.read(oid)
            if isinstance(item, Unread):
                continue
            contents = Contents(item.data)
            for match in wanted:
                value = contents.value(match.via, match.start, match.end, match.verdict.form)
                if value is not None:
                    yield match, value

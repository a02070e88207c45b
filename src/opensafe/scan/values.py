"""Reads values again where they stand: matches keep places only."""

from collections.abc import Iterable, Iterator

from opensafe.formats.decode import part_at
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match
from opensafe.model.secret import Secret
from opensafe.model.skip import Unread


def value_in(data: bytes, via: tuple[str, ...], start: int, end: int, kind: str = "value") -> Secret | None:
    """The value at a span of the content that `via` leads to; `None` where it is not there (any more)."""
    content = part_at(data, via) if via else data
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
            for match in wanted:
                value = value_in(item.data, match.via, match.start, match.end, match.form)
                if value is not None:
                    yield match, value

"""Searches a repository for values that must be gone, in every form in which one may hide.

Nothing of the first audit is trusted: no index, no novelty filter, every object, raw and decoded.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick

from opensafe.formats.decode import Part, decode
from opensafe.git.graph import ObjectGraph
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role

_SHORT = 4  # bytes: shorter values are searched raw and in text only, or chance would find them in binary data
_SHORTEST_FORM = 5  # bytes of an encoded form: four base64 characters occur by chance in a few megabytes
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Residue:
    """`found` pairs the index of a value with the object that holds it (`None`: the name of a ref)."""

    objects: int
    parts: int
    bytes: int
    forms: int
    found: tuple[tuple[int, Oid | None], ...]
    unread: tuple[Oid, ...]


def forms_of(value: bytes) -> tuple[bytes, ...]:
    """Raw, UTF-16 in both orders, base64 in three alignments, hex in both cases, escaped for URLs and for JSON."""
    if len(value) < _SHORT:
        return (value,) if value else ()
    text = _as_text(value)
    forms = [
        *(text.encode(encoding) for encoding in ("utf-16-le", "utf-16-be")),
        *_base64_forms(value),
        value.hex().encode(),
        value.hex().upper().encode(),
        *_url_forms(value),
        json.dumps(text).encode()[1:-1],
        json.dumps(text, ensure_ascii=False).encode()[1:-1],
    ]
    return tuple(dict.fromkeys([value, *(form for form in forms if len(form) >= _SHORTEST_FORM)]))


def residue(
    view: ObjectView,
    graph: ObjectGraph,
    values: Sequence[Secret],
    progress: Progress,
    words: Sequence[Secret] = (),
    names: Iterable[bytes] = (),
) -> Residue:
    """Search every object of the view, and the `names` of its refs, for every form of every value.

    `words` are values that other text may hold by chance (a number inside a longer number, a name inside a longer
    name): they are searched as whole words. Their indices follow those of `values`.
    """
    search = _Search(values, words)
    found: set[tuple[int, Oid | None]] = {(value, None) for name in names for value in search.in_text(name)}
    parts = read = 0
    unread: list[Oid] = []
    progress.stage("Searching for removed values", len(graph.order))
    for item in read_objects(view, graph.order):
        progress.advance()
        if not isinstance(item, RawObject):
            unread += [item.oid] if item.oid else []
            continue
        read += len(item.data)
        for part in _parts(item, graph, search):
            parts += 1
            found |= {(value, item.oid) for value in search.in_part(part)}
    return Residue(len(graph.order), parts, read, search.forms, tuple(sorted(found, key=str)), tuple(unread))


class _Search:
    """All forms of all values in one automaton, short values in another for text alone, words in a third."""

    def __init__(self, values: Sequence[Secret], words: Sequence[Secret]) -> None:
        pairs = [(form, index) for index, value in enumerate(values) for form in forms_of(value.reveal())]
        self.forms = len(pairs) + len(words)
        self._words = _Words([(word.reveal(), index) for index, word in enumerate(words, len(values))])
        self._long = _Automaton([pair for pair in pairs if len(pair[0]) >= _SHORT])
        self._short = _Automaton([pair for pair in pairs if len(pair[0]) < _SHORT])

    def in_part(self, part: Part) -> set[int]:
        if part.role is Role.BINARY:
            return self._long.hits(part.data) | self._words.hits(part.data)
        return self.in_text(part.data)

    def in_text(self, data: bytes) -> set[int]:
        return self._long.hits(data) | self._short.hits(data) | self._words.hits(data)


class _Automaton:
    def __init__(self, pairs: Sequence[tuple[bytes, int]]) -> None:
        self._owners = [index for _, index in pairs]
        self._engine = BytesAhoCorasick([form for form, _ in pairs]) if pairs else None

    def hits(self, data: bytes) -> set[int]:
        """The values that occur, overlapping ones too."""
        if self._engine is None:
            return set()
        matches = self._engine.find_matches_as_indexes(data, overlapping=True)
        return {self._owners[match[0]] for match in matches}


_BEFORE = re.compile(rb"[A-Za-z0-9_.+-]")  # what stands before continues an address, a number or a name
_BEHIND = re.compile(rb"[A-Za-z0-9_]")


class _Words:
    """Values that count only where they are not part of a longer word."""

    def __init__(self, pairs: Sequence[tuple[bytes, int]]) -> None:
        self._pairs = list(pairs)
        self._engine = BytesAhoCorasick([word for word, _ in pairs]) if pairs else None

    def hits(self, data: bytes) -> set[int]:
        if self._engine is None:
            return set()
        found = self._engine.find_matches_as_indexes(data, overlapping=True)
        return {self._pairs[match[0]][1] for match in found if _is_word(data, match[1], match[2])}


def _is_word(data: bytes, start: int, end: int) -> bool:
    return not (_BEFORE.match(data[max(start - 1, 0) : start]) or _BEHIND.match(data[end : end + 1]))


def _parts(item: RawObject, graph: ObjectGraph, search: _Search) -> Iterator[Part]:
    """What is searched of an object. Ids of other objects are left out: a short value may occur in them by chance."""
    if item.kind == "tree":
        if not search.in_text(item.data):  # what is in a name is in the raw tree, which is much faster to look at
            yield Part((), b"", Role.TEXT)
            return
        names = b"\n".join(entry.name for entry in graph.trees[item.oid])
        yield Part((), names, Role.TEXT)
    elif item.kind == "blob":
        yield Part((), item.data, Role.BINARY)
        yield from decode(item.data).parts
    else:
        at = max(item.data.find(b"\nauthor "), item.data.find(b"\ntag "), 0)
        yield Part((), item.data[at:], Role.TEXT)
        yield from decode(item.data[at:]).parts


def _as_text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _base64_forms(value: bytes) -> Iterator[bytes]:
    """The characters that the value alone decides, for each place that its first byte may have in a group of three."""
    for before in range(3):
        start, end = -(-8 * before // 6), 8 * (before + len(value)) // 6
        core = base64.b64encode(b"\0" * before + value)[start:end]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def _url_forms(value: bytes) -> Iterator[bytes]:
    """Percent-escapes in both cases of hex digits: every byte, or only those that must be; `+` for spaces."""
    for pattern in (b"%%%02X", b"%%%02x"):
        yield b"".join(pattern % byte for byte in value)
        escaped = b"".join(b"%c" % byte if byte in _UNRESERVED else pattern % byte for byte in value)
        yield escaped
        yield escaped.replace(b"%20", b"+")

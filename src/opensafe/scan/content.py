"""Scans one content: decoded, cut into passages, judged, and what matched noted without its value."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from opensafe.detectors.engine import Engine
from opensafe.detectors.foreigncode import told_of
from opensafe.detectors.gates import no_gate
from opensafe.detectors.kinds import Header
from opensafe.formats.content import Content
from opensafe.formats.decode import decode
from opensafe.formats.registry import is_plain, may_hide
from opensafe.history.novelty import NoveltyFilter
from opensafe.history.passages import Passages
from opensafe.model.context import Context
from opensafe.model.finding import Form
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Role, Specimen
from opensafe.scan.compiled import kept_gate, kept_search
from opensafe.scan.known_people import known_people_once
from opensafe.scan.matching import Lines, Verdicts
from opensafe.scan.overlaps import one_secret
from opensafe.scan.pieces import HIDDEN, PASSAGE, Loud, PieceMemory, Seen, Stir
from opensafe.scan.settings import FILES, ScanSettings

_NAMES = frozenset({PlaceKind.PATH, PlaceKind.REF_NAME})
_BREAK = 2  # bytes of a blank line that are shown before a passage: an expression may ask for a line's beginning
_JOINERS = bytes.maketrans(b"_-.+", b"    ")


@lru_cache(maxsize=4)
def _engine(context: Context, *, gated: bool) -> Engine:
    """Compiled once in a process for the same people: an engine keeps nothing of what it has seen."""
    return Engine(context, kept_search(context.cache_dir), kept_gate(context.cache_dir) if gated else no_gate)


class ContentScanner:
    """One per process: compiled detectors, and what was judged before.

    `gated`: a catalogue is loaded only for a text that may hold what it finds. That rests on how the catalogue works
    inside, so an audit and the guard, which nothing stands behind, do without it.
    """

    def __init__(self, settings: ScanSettings, *, gated: bool = False) -> None:
        self._verdicts = Verdicts(settings.key)
        self._engine = _engine(settings.context, gated=gated)
        self._novelty: NoveltyFilter[Seen] = NoveltyFilter(enabled=settings.novelty)
        self._pieces = PieceMemory(self._stirs, may_hide, enabled=settings.novelty)

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        """Everything in one content, whatever it is encoded or packed in."""
        scan = self._scan(oid, data, path, kind)
        if kind in _NAMES:
            # In a name the words are joined by what is no letter elsewhere: `patient_…_notes.txt`, `fix/jane-smith`.
            words = self._scan(oid, data.translate(_JOINERS), path, kind)
            scan = replace(scan, matches=_distinct([*scan.matches, *words.matches]))
        self._pieces.content_ends(oid)
        return scan

    def holders(self, find: Callable[[bytes], Iterable[int]]) -> list[Oid]:
        """Of the contents that were scanned here those in which `find` finds something, and perhaps others."""
        return self._pieces.holders(find)

    def holding(self, data: bytes, path: bytes) -> list[tuple[int, bytes]] | None:
        """The pieces of a content in which the last search for `holders` found something, and where they begin.

        `None` where they are not known, or where something in the content stands behind a decoding.
        """
        passages = Passages(data)
        if not is_plain(Content.of(data, path)) or not self._pieces.is_bare(passages.keys):
            return None
        if passages.is_cut:  # a long value may go through the cut
            return [(0, data)]
        held = self._pieces.held(passages.keys)
        return [(0, data)] if held is None else [(passages.start_of(index), passages.texts[index]) for index in held]

    def _scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        content = Content.of(data, path)
        plain = self._plain(content, kind) if is_plain(content) else None
        return self._decoded(oid, data, path, kind) if plain is None else ObjectScan(oid, len(data), plain)

    def _plain(self, content: Content, kind: PlaceKind) -> tuple[Match, ...] | None:
        """What is in a plain text; `None` where something in it is to be decoded."""
        passages = Passages(content.data)
        stirring = self._pieces.stirring(passages.texts, passages.keys)
        if any(loud.flags & HIDDEN for _, loud in stirring):
            return None
        signature = content.nature.signature if kind in FILES else "text"
        specimen = Specimen(kind, content.data, content.name, (), content.role, signature)
        waiting = _waiting(passages, stirring)
        matches = [*self._whole(specimen, waiting)] if waiting or signature != "text" else []
        matches += self._passages(specimen, passages, stirring)
        return _distinct(known_people_once(one_secret(matches, content.data))) if matches else ()

    def _decoded(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        """What is in a content and in everything that lies in it."""
        decoding = decode(data, path)
        signature = decoding.signature if kind in FILES else "text"
        matches: list[Match] = []
        if all(part.via for part in decoding.parts):
            matches += self._questions(Specimen(kind, data, path, (), Role.BINARY, signature))
        for part in decoding.parts:
            specimen = Specimen(kind, part.data, path, part.via, part.role, signature)
            passages = Passages(part.data)
            stirring = self._pieces.stirring(passages.texts, passages.keys)
            found = [*self._whole(specimen, _waiting(passages, stirring))]
            found += self._passages(specimen, passages, stirring)
            matches += one_secret(found, part.data)
        unread = tuple(replace(item, oid=oid, path=path or None) for item in decoding.unread)
        return ObjectScan(oid, len(data), _distinct(known_people_once(matches)), unread)

    def _questions(self, specimen: Specimen) -> Iterable[Match]:
        """Questions about the file as a whole, where everything in it stands behind a decoding."""
        found = self._engine.questions(specimen)
        lines = Lines(specimen.data)
        return [self._verdicts.match(item, (), lines) for item in found if item.hit.form is Form.FILE]

    def _whole(self, specimen: Specimen, waiting: Mapping[int, Sequence[Header]]) -> Iterable[Match]:
        lines = Lines(specimen.data)
        return [self._verdicts.match(item, specimen.via, lines) for item in self._engine.content(specimen, waiting)]

    def _passages(
        self, specimen: Specimen, passages: Passages, stirring: Sequence[tuple[int, Loud]]
    ) -> Iterator[Match]:
        lines = Lines(specimen.data)
        for verdict, start, end in sorted(self._seen(specimen, passages, stirring), key=lambda seen: seen[1:]):
            yield Match(verdict, specimen.via, start, end, *lines.position(start))

    def _seen(self, specimen: Specimen, passages: Passages, stirring: Sequence[tuple[int, Loud]]) -> Iterator[Seen]:
        """Passages are judged under the end of the path, which versions and copies of a file share.

        A cut may go through anything, so that a passage that was cut is judged with the text around it in any case.
        """
        place = told_of(specimen.path)
        near = replace(specimen, path=place)
        kind = hash((place, specimen.role, specimen.signature, passages.is_cut))
        for index, loud in stirring:
            seen: Sequence[Seen] = () if passages.is_cut else loud.seen
            if loud.flags & PASSAGE or (passages.is_cut and loud.seen):
                key = hash((kind, passages.shown_with(index)))
                seen = (*self._novelty.judge(key, partial(self._judged, near, passages, index)), *seen)
            if seen:
                start = passages.start_of(index)
                yield from (Seen(verdict, first + start, last + start) for verdict, first, last in seen)

    def _judged(self, specimen: Specimen, passages: Passages, index: int) -> tuple[Seen, ...]:
        """What is seen in a passage, with the text around it, counted from its beginning."""
        passage = passages[index]
        window = replace(specimen, data=specimen.data[passage.window_start : passage.window_end])
        before, length = passage.start - passage.window_start, passage.end - passage.start
        found = (
            self._engine.passage(window)
            if passages.is_cut
            else self._engine.patterns(window, max(0, before - _BREAK), before + length)
        )
        seen = (self._verdicts.seen(item) for item in found if 0 <= item.hit.start - before < length)
        return tuple(Seen(verdict, start - before, end - before) for verdict, start, end in seen)

    def _stirs(self, text: bytes) -> Stir:
        stirred = self._engine.stirs(text)
        return Stir(stirred.triggers, stirred.headers, map(self._verdicts.seen, stirred.hits))


def _waiting(passages: Passages, stirring: Sequence[tuple[int, Loud]]) -> dict[int, list[Header]]:
    """The numbers of content detectors that wait for something there is, and what may be headers."""
    waiting = 0
    headers: set[tuple[Header, int]] = set()  # texts that were cut overlap
    for index, loud in stirring:
        waiting |= loud.waiting
        if loud.headers:
            start = passages.start_of(index)
            headers.update((Header(start + end, in_text), detector) for (end, in_text), detector in loud.headers)
    found: dict[int, list[Header]] = {number: [] for number in range(waiting.bit_length()) if waiting >> number & 1}
    for header, detector in sorted(headers):
        found[detector].append(header)
    return found


def _distinct(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Sorted, each once: the result does not depend on the order in which detectors ran."""
    return tuple(sorted(dict.fromkeys(matches), key=_order))


def _order(match: Match) -> tuple[tuple[str, ...], int, int, str, str, str]:
    verdict = match.verdict
    return match.via, match.start, match.end, verdict.detector, verdict.finding, verdict.question

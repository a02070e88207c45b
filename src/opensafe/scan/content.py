"""Scans one content: decoded, cut into passages, judged, and what matched noted without its value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from opensafe.detectors.engine import Engine
from opensafe.formats.decode import Part, decode
from opensafe.history.novelty import NoveltyFilter
from opensafe.history.passages import Passage
from opensafe.model.context import Context
from opensafe.model.finding import Category, Form
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.skip import Unread
from opensafe.model.specimen import Role, Specimen
from opensafe.scan.matching import Lines, match_of
from opensafe.scan.settings import ScanSettings

_FILES = frozenset({PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.REFLOG, PlaceKind.UNREACHABLE, PlaceKind.INDEX})
_NAMES = frozenset({PlaceKind.PATH, PlaceKind.REF_NAME})
_JOINERS = bytes.maketrans(b"_-.+", b"    ")


@lru_cache(maxsize=4)
def _engine(context: Context) -> Engine:
    """Compiled once in a process for the same people: an engine keeps nothing of what it has seen."""
    return Engine(context)


class ContentScanner:
    """One per process: compiled detectors, and what was judged before."""

    def __init__(self, settings: ScanSettings) -> None:
        self._key = settings.key
        self._engine = _engine(settings.context)
        self._novelty: NoveltyFilter[Match] = NoveltyFilter(enabled=settings.novelty)

    @property
    def digest(self) -> str:
        """Names the rules and people that are searched for."""
        return self._engine.digest

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        """Everything in one content, whatever it is encoded or packed in."""
        scan = self._scan(oid, data, path, kind)
        if kind not in _NAMES:
            return scan
        # In a name the words are joined by what is no letter elsewhere: `patient_…_notes.txt`, `fix/jane-smith`.
        words = self._scan(oid, data.translate(_JOINERS), path, kind)
        return replace(scan, matches=_distinct([*scan.matches, *words.matches]))

    def _scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        decoding = decode(data, path)
        signature = decoding.signature if kind in _FILES else "text"
        matches: list[Match] = []
        if all(part.via for part in decoding.parts):
            matches += self._questions(Specimen(kind, data, path, (), Role.BINARY, signature))
        for part in decoding.parts:
            specimen = Specimen(kind, part.data, path, part.via, part.role, signature)
            matches += self._whole(specimen, part)
            matches += self._passages(specimen, part)
        unread = tuple(replace(item, oid=oid, path=path or None) for item in decoding.unread)
        return ObjectScan(oid, len(data), _distinct(_known_people_once(matches)), unread)

    def _questions(self, specimen: Specimen) -> Iterable[Match]:
        """Questions about the file as a whole, where everything in it stands behind a decoding."""
        found = self._engine.content(specimen)
        lines = Lines(specimen.data)
        return [match_of(item, self._key, (), 0, lines) for item in found if item.hit.form is Form.FILE]

    def _whole(self, specimen: Specimen, part: Part) -> Iterable[Match]:
        found = self._engine.content(specimen)
        lines = Lines(part.data)
        return [match_of(item, self._key, part.via, 0, lines) for item in found]

    def _passages(self, specimen: Specimen, part: Part) -> Iterable[Match]:
        """Passages are judged under the last two parts of the path: versions and copies of a file share them."""
        place = b"/".join(specimen.path.split(b"/")[-2:])
        kind = place + b"\0" + specimen.role.encode() + b"\0" + specimen.signature.encode()
        lines = Lines(part.data)

        def judge(window: bytes, passage: Passage) -> tuple[Match, ...]:
            found = self._engine.passage(replace(specimen, data=window, path=place))
            first, last = passage.start - passage.window_start, passage.end - passage.window_start
            here = Lines(window)
            return tuple(match_of(item, self._key, (), 0, here) for item in found if first <= item.hit.start < last)

        for passage, outcome in self._novelty.judge(part.data, kind, judge):
            for match in outcome:
                start = match.start + passage.window_start
                line, column = lines.position(start)
                end = match.end + passage.window_start
                yield replace(match, via=part.via, start=start, end=end, line=line, column=column)


def _known_people_once(matches: Sequence[Match]) -> Iterator[Match]:
    """The address of a person that is known is a finding about that person, not one about an address as well.

    The graver of the two severities stays.
    """
    known = {_span(m): m for m in matches if m.form is Form.EMAIL and m.person is not None}
    graver = {_span(m): m.severity for m in matches if m.form is Form.EMAIL and m.category is Category.DATA}
    for match in matches:
        if match.form is not Form.EMAIL or _span(match) not in known:
            yield match
        elif match.category is not Category.DATA:
            other = graver.get(_span(match), match.severity)
            yield replace(match, severity=min(match.severity, other, key=lambda s: s.rank))


def _span(match: Match) -> tuple[tuple[str, ...], int, int]:
    return match.via, match.start, match.end


def _distinct(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Sorted, each once: the result does not depend on the order in which detectors ran."""
    unique = dict.fromkeys(matches)
    return tuple(sorted(unique, key=lambda m: (m.via, m.start, m.end, m.detector, m.finding, m.question)))


def scan_unread(item: Unread) -> ObjectScan | None:
    """An object that could not be read, as an outcome."""
    return None if item.oid is None else ObjectScan(item.oid, 0, (), (item,))

"""Where the values stand that are searched for everywhere, so that the next audit reads these places and no others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.git.parse import parse_commit
from opensafe.git.stream import ObjectReader
from opensafe.git.trees import AnyTrees
from opensafe.git.treewalk import differing
from opensafe.git.view import ObjectView
from opensafe.history.metadata import Located
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import Commit, RawObject
from opensafe.model.ground import Outgrown, Source
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, Verdict
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.scan.late import known_values
from opensafe.scan.values import Contents

Told = tuple[Verdict, Secret]

_IN_COMMITS = {PlaceKind.COMMIT_MESSAGE, PlaceKind.COMMIT_HEADER, PlaceKind.IDENTITY, PlaceKind.PATH}
_MANY = 10  # one path in so many goes through a folder that is named after the project


def sources_of(
    blobs: Iterable[tuple[Oid, Match, Secret]],
    texts: Iterable[tuple[Located, Match, Secret]],
    key: FingerprintKey,
    before: Iterable[Told] = (),
) -> Iterator[Source]:
    """Where each value of the history stands first that was not known before; those beside it are read every time."""
    met = {known.plain for known in known_values(before)}
    for oid, match, value in blobs:
        if _is_new(match, value, met):
            yield _source(match, PlaceKind.BLOB, oid, "")
    for located, match, value in texts:
        kind, first = located.specimen.kind, located.first
        if kind in _IN_COMMITS and first is not None and located.ref is None and _is_new(match, value, met):
            name = located.path or located.subject
            yield _source(match, kind, first, key.name(name) if name else "")


def _is_new(match: Match, value: Secret, met: set[bytes]) -> bool:
    texts = {known.plain for known in known_values([(match.verdict, value)])} - met
    met |= texts
    return bool(texts)


def _source(match: Match, kind: PlaceKind, oid: Oid, key: str) -> Source:
    return Source(match.verdict, kind, oid, key, match.via, match.start, match.end, match.verdict.form)


def read_sources(view: ObjectView, sources: Sequence[Source], key: FingerprintKey) -> Iterator[Told]:
    """The values again, in their order. Raises Outgrown where one is not there."""
    with ObjectReader(view) as reader:
        contents: dict[tuple[Oid, PlaceKind, str], Contents] = {}
        for source in sources:
            where = source.oid, source.kind, source.key
            if where not in contents:
                contents[where] = Contents(text_at(view, reader, *where, key))
            value = contents[where].value(source.via, source.start, source.end, source.form)
            if value is None:
                raise Outgrown
            yield source.verdict, value


def text_at(view: ObjectView, reader: ObjectReader, oid: Oid, kind: PlaceKind, name: str, key: FingerprintKey) -> bytes:
    """A content, or a text of a commit: of identities and paths the one with this key. Raises Outgrown."""
    item = reader.read(oid)
    if not isinstance(item, RawObject):
        raise Outgrown
    if kind is PlaceKind.BLOB:
        return item.data
    commit = parse_commit(item)
    if kind is PlaceKind.COMMIT_MESSAGE:
        return commit.message
    if kind is PlaceKind.COMMIT_HEADER:
        return commit.header_text
    is_path = kind is PlaceKind.PATH
    texts = _brought(view, reader, commit) if is_path else (commit.author.line, commit.committer.line)
    found = next((text for text in texts if key.name(text) == name), None)
    if found is None:
        raise Outgrown
    return found


def _brought(view: ObjectView, reader: ObjectReader, commit: Commit) -> list[bytes]:
    """The paths that a commit brings."""
    parent = reader.read(commit.parents[0]) if commit.parents else None
    before = parse_commit(parent).tree if isinstance(parent, RawObject) else Oid("")
    with AnyTrees(view) as trees:
        return [change.path for change in differing(trees, before, commit.tree).changes]


@dataclass(frozen=True, slots=True)
class Folders:
    """How many of so many paths go through each folder, by its key."""

    counts: Mapping[str, int]
    paths: int
    key: FingerprintKey

    @classmethod
    def of(cls, located: Iterable[Located], key: FingerprintKey) -> "Folders":
        """Those of the texts that are paths."""
        paths = [item.specimen.data for item in located if item.specimen.kind is PlaceKind.PATH]
        return cls(_folders_of(paths, key), len(paths), key)

    def and_these(self, other: "Folders") -> "Folders":
        return Folders(Counter(self.counts) + Counter(other.counts), self.paths + other.paths, self.key)

    def name_project(self, plain: bytes) -> bool:
        """Whether many paths go through a folder that is called so: then it is the project's, and no person."""
        count = self.counts.get(self.key.digest("folder", plain.lower()), 0)
        return count > 1 and count * _MANY >= self.paths


def _folders_of(paths: Iterable[bytes], key: FingerprintKey) -> Counter[str]:
    """How many paths go through each folder, by its key."""
    found: Counter[bytes] = Counter()
    for path in paths:
        found.update(set(path.lower().split(b"/")[:-1]))
    return Counter({key.digest("folder", folder): count for folder, count in found.items()})

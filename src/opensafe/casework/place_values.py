"""Reads the value at any place of a finding again, out of the source: file content, messages, identities, names."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from opensafe.git.parse import parse_commit, parse_tag
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.model.finding import Finding, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import Commit, Identity, RawObject, Tag
from opensafe.model.match import WITNESS, Verdict
from opensafe.model.place import Place, PlaceKind
from opensafe.model.secret import Secret
from opensafe.model.skip import Unread
from opensafe.scan.values import Contents

if TYPE_CHECKING:
    from opensafe.rewriting.compile import Inventory

_CONTENT = frozenset(
    {
        PlaceKind.BLOB,
        PlaceKind.NOTE,
        PlaceKind.SYMLINK_TARGET,
        PlaceKind.INDEX,
        PlaceKind.UNREACHABLE,
        PlaceKind.REFLOG,
        PlaceKind.SUBMODULE_URL,
    }
)


class PlaceReader:
    """Gives the text that the offsets of a place count in, and the value there.

    `inventory` is needed for paths and refs only: the case does not hold their raw names.
    """

    def __init__(self, reader: ObjectReader, key: FingerprintKey, inventory: "Inventory | None" = None) -> None:
        self._reader = reader
        self._key = key
        self._inventory = inventory
        self._last: RawObject | None = None
        self._contents: tuple[bytes, Contents] | None = None

    def value(self, finding: Finding, place: Place) -> Secret | None:
        """`None` where nothing can be read any more, or the finding is a question about a file."""
        text = None if finding.form is Form.FILE else self.text(place)
        if text is None:
            return None
        return self.contents(text).value(place.via, place.start, place.end, finding.form)

    def first_value(self, finding: Finding) -> Secret | None:
        """The value at the first of its places where it can be read."""
        values = (self.value(finding, place) for place in finding.places)
        return next((value for value in values if value is not None), None)

    def contents(self, text: bytes) -> Contents:
        """A text with what is decoded from it; the last one is kept, because places come sorted by object."""
        if self._contents is None or self._contents[0] is not text:
            self._contents = (text, Contents(text))
        return self._contents[1]

    def text(self, place: Place) -> bytes | None:
        """The bytes before any decoding that `via` names."""
        if place.kind is PlaceKind.PATH and self._inventory is not None:
            return self._inventory.paths.get(place.path_key or "")
        if place.kind is PlaceKind.REF_NAME and self._inventory is not None:
            return self._inventory.refs.get(place.ref_key or "")
        raw = self._object(place)
        return None if raw is None else self._part(raw, place)

    def _object(self, place: Place) -> RawObject | None:
        """The object of a place. Places come sorted by object, so the last one is kept."""
        if not place.oid:
            return None
        if self._last is None or self._last.oid != place.oid:
            item = self._reader.read(place.oid)
            self._last = None if isinstance(item, Unread) else item
        return self._last

    def _part(self, raw: RawObject, place: Place) -> bytes | None:
        if raw.kind == "blob":
            return raw.data if place.kind in _CONTENT else None
        if raw.kind == "tag":
            tag = parse_tag(raw)
            return self._of_described(tag, place, [tag.tagger])
        if raw.kind == "commit":
            commit = parse_commit(raw)
            return self._of_described(commit, place, [commit.author, commit.committer])
        return None

    def _of_described(self, described: Commit | Tag, place: Place, people: Iterable[Identity | None]) -> bytes | None:
        """The message, the rest of the header, or one of the people of a commit or a tag."""
        if place.kind in {PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE}:
            return described.message
        return described.header_text if place.kind is PlaceKind.COMMIT_HEADER else self._identity(place, people)

    def _identity(self, place: Place, candidates: Iterable[Identity | None]) -> bytes | None:
        """Which of a commit's people a place means is told by the key of the whole line."""
        lines = (who.line for who in candidates if who is not None)
        return next((line for line in lines if self._key.name(line) == place.path_key), None)


def values_at(
    view: ObjectView, key: FingerprintKey, inventory: "Inventory", findings: Sequence[Finding]
) -> Iterator[tuple[Finding, Secret]]:
    """Every distinct text that stands at the places of these findings."""
    wanted = [(place, finding) for finding in findings for place in finding.places]
    seen: set[tuple[str, bytes]] = set()
    with ObjectReader(view) as reader:
        places = PlaceReader(reader, key, inventory)
        for place, finding in sorted(wanted, key=lambda pair: pair[0].oid or ""):
            value = places.value(finding, place)
            if value is not None and (finding.id, value.reveal()) not in seen:
                seen.add((finding.id, value.reveal()))
                yield finding, value


def as_verdict(finding: Finding) -> Verdict:
    """A finding as the second pass takes it."""
    return Verdict(
        finding=finding.id,
        category=finding.category,
        detector=WITNESS,
        title=finding.title,
        severity=finding.severity,
        confidence=finding.confidence,
        form=finding.form,
        masked=finding.masked,
        why=finding.why,
        person=finding.person,
    )

"""The masks of a whole case: what stands in the place of every value when something of the source is shown."""

from collections.abc import Iterable, Iterator

from opensafe.model.edit import Edit
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import Oid
from opensafe.model.place import Place, PlaceKind
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import Skip
from opensafe.rewriting.compile import Inventory
from opensafe.rewriting.masks import Masks

_NAMES = frozenset({PlaceKind.PATH, PlaceKind.REF_NAME, PlaceKind.IDENTITY})


def masks_of(findings: Iterable[Finding], skips: Iterable[Skip], inventory: Inventory) -> Masks:
    """Masks for everything that was found and not called "not a finding": kept values too, which are values still."""
    contents: dict[Oid, set[SpanEdit]] = {}
    names: dict[bytes, set[Edit]] = {}
    for finding in findings:
        for place in finding.places if finding.state is not State.NOT_A_FINDING else ():
            if place.end <= place.start:
                continue
            if place.kind in _NAMES:
                for raw in _named(place, inventory):
                    names.setdefault(raw, set()).add(_name_mask(place, raw, finding.masked))
            elif place.oid is not None and _is_shown(place):
                hidden = SpanEdit(place.via, place.start, place.end, finding.masked.encode())
                contents.setdefault(place.oid, set()).add(hidden)
    return Masks(
        contents={oid: tuple(sorted(edits, key=_by_span)) for oid, edits in contents.items()},
        names={raw: tuple(sorted(edits)) for raw, edits in names.items()},
        unread=frozenset(skip.oid for skip in skips if skip.oid is not None),
    )


def _is_shown(place: Place) -> bool:
    """Whether the span counts in a file or a message; a header and a line of a reflog only name a commit."""
    is_line_of_reflog = place.kind is PlaceKind.REFLOG and place.path_key is None
    return place.kind is not PlaceKind.COMMIT_HEADER and not is_line_of_reflog


def _named(place: Place, inventory: Inventory) -> Iterator[bytes]:
    """The raw name that a place means, where the source has it."""
    path, ref = place.path_key or "", place.ref_key or ""
    if place.kind is PlaceKind.PATH and path in inventory.paths:
        yield inventory.paths[path]
    elif place.kind is PlaceKind.IDENTITY and path in inventory.identities:
        name, email = inventory.identities[path]
        yield name + b" <" + email + b">"
    elif place.kind is PlaceKind.REF_NAME and ref in inventory.refs:
        yield inventory.refs[ref]


def _name_mask(place: Place, raw: bytes, masked: str) -> Edit:
    """The span of the value; the whole name where it lies in a decoded form."""
    return Edit(0, len(raw), masked.encode()) if place.via else Edit(place.start, place.end, masked.encode())


def _by_span(edit: SpanEdit) -> tuple[tuple[str, ...], int, int, bytes]:
    return edit.via, edit.start, -edit.end, edit.replacement

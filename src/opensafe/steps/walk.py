"""One group of findings after the other: what waits, what is known of it, and what was skipped for now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casefile.places import Reach, first_paths, first_places, reach
from opensafe.casefile.selection import Filter, select
from opensafe.casework.contexts import masked_contexts, source_places
from opensafe.casework.place_values import PlaceReader
from opensafe.casework.suggesting import suggestions
from opensafe.errors import OpensafeError
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.secret import Secret
from opensafe.model.settlement import unreplaced
from opensafe.model.suggestion import Suggestion
from opensafe.model.text import counted
from opensafe.model.triage import Group, triage

_SKIPPED = "walk.json"
_NAMED = 12  # findings of a group whose names are told
_LOOKED_AT = 3  # findings of a group whose surroundings are shown


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a group: where it stands, some surroundings with values masked, what is suggested for all.

    `names` are the spellings of a group of names, for whoever decides on this machine; they are in no document.
    """

    reach: Reach
    contexts: tuple[tuple[Place, str], ...]
    names: tuple[Secret, ...]
    suggestion: Suggestion | None


def waiting_groups(case: Case, chosen: Filter) -> tuple[tuple[Group, ...], int]:
    """The groups that wait, without those that were skipped before, and the number of these.

    When nothing else is left, what was skipped comes again. Raises OutOfOrder before the first audit.
    """
    found, _ = select(case, chosen, case.today)
    groups = triage((finding for finding in found if finding.waits), first_paths(case.index))
    skipped = _skipped(case)
    fresh = tuple(group for group in groups if not skipped.issuperset(_ids(group)))
    return (fresh, len(groups) - len(fresh)) if fresh else (groups, 0)


def look(case: Case, group: Group) -> Look:
    """Reads the source for the surroundings; without it, there are none."""
    ids = _ids(group)
    made = suggestions(case, group.findings)
    same = {(s.action, s.strength) for s in made.values()}
    suggestion = next(iter(made.values())) if len(same) == 1 and len(made) == len(ids) else None
    return Look(reach(case.index, ids), *_read(case, group.findings), suggestion)


def skip(case: Case, group: Group) -> None:
    """Remember that this group is for later, also in another session."""
    _remember(case, _skipped(case) | set(_ids(group)))


def unskip(case: Case, group: Group) -> None:
    _remember(case, _skipped(case) - set(_ids(group)))


def undo(case: Case, findings: Iterable[Finding], before: Iterable[Decision], *, by: str) -> None:
    """Withdraw what was just decided; what stood before (`before`) stands again, with its own date."""
    ids = [finding.id for finding in findings]
    today = case.today
    with case.writing("decide"):
        withdrawn = (Decision(id_, None, by, today, reason="undone at once", undo=True) for id_ in ids)
        case.decisions.append(*withdrawn, *before)
        case.log.append("decide", f"Undid the last decision about {counted(len(ids), 'finding')}", by=by)


def standing_before(case: Case, findings: Iterable[Finding]) -> tuple[Decision, ...]:
    """What was decided about these so far, to be put back by `undo`."""
    latest = unreplaced(case.decisions.read())
    return tuple(decision for finding in findings for decision in latest.get(finding.id, ()))


def _ids(group: Group) -> list[FindingId]:
    return [finding.id for finding in group.findings]


def _skipped(case: Case) -> set[str]:
    return set((case.load_document(_SKIPPED) or {}).get("skipped", ()))


def _remember(case: Case, skipped: set[str]) -> None:
    with case.writing("findings --walk"):
        case.save_document(_SKIPPED, {"skipped": sorted(skipped)})


def _read(case: Case, findings: Sequence[Finding]) -> tuple[tuple[tuple[Place, str], ...], tuple[Secret, ...]]:
    """The surroundings of the first findings, and the names that they are about; without the source, nothing."""
    places = first_places(case.index, [finding.id for finding in findings[:_NAMED]])
    looked_at = [places[finding.id] for finding in findings[:_LOOKED_AT] if finding.id in places]
    try:
        with source_places(case) as reader:
            return tuple(masked_contexts(case, looked_at, reader)), tuple(_names(findings, places, reader))
    except (OpensafeError, OSError):
        return (), ()


def _names(findings: Iterable[Finding], places: Mapping[FindingId, Place], reader: PlaceReader) -> Iterator[Secret]:
    """Each spelling once."""
    told: set[bytes] = set()
    for finding in findings:
        place = places.get(finding.id) if finding.category is Category.NAME else None
        value = reader.value(finding, place) if place is not None else None
        if value is not None and value.reveal() not in told:
            told.add(value.reveal())
            yield value

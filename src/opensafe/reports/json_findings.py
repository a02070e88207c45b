"""Coverage and findings as JSON objects, keys in the order of the contract (design, section 6)."""

from collections.abc import Mapping, Sequence
from typing import Any

from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place, PlaceKind
from opensafe.model.skip import Skip
from opensafe.reports.json_text import to_json

MAX_PLACES = 20
_KINDS = {kind: kind.value for kind in PlaceKind}  # to ask an enum for its value takes longer than all else
_OBJECT_KINDS = ("blob", "commit", "tree", "tag")


def findings_document(
    findings: Sequence[Finding],
    coverage: Coverage,
    max_places: int = MAX_PLACES,
    place_states: Mapping[FindingId, Sequence[State]] | None = None,
) -> dict[str, Any]:
    """`findings`. A place's own state is taken from `place_states` (in the order of the finding's places)."""
    states = place_states or {}
    return {
        "schema": "opensafe/findings/v1",
        "coverage": coverage_fields(coverage),
        "findings": [finding_fields(finding, max_places, states.get(finding.id, ())) for finding in findings],
    }


def coverage_fields(coverage: Coverage) -> dict[str, Any]:
    return {
        "objects": coverage.objects,
        "read": coverage.read,
        "bytes": coverage.bytes,
        "complete": coverage.complete,
        "skipped": [_skip(skip) for skip in coverage.skipped],
        "by_kind": object_counts(coverage),
    }


def object_counts(coverage: Coverage) -> dict[str, int]:
    return counts(coverage.by_kind, _OBJECT_KINDS)


def _skip(skip: Skip) -> dict[str, Any]:
    return {
        "id": skip.id,
        "oid": skip.oid,
        "path": skip.path,
        "reason": skip.reason.value,
        "state": skip.state.value,
    }


def finding_fields(finding: Finding, max_places: int, states: Sequence[State] = ()) -> dict[str, Any]:
    """A finding with at most `max_places` places; `states` are those of its places, in their order."""
    listed = finding.places[:max_places]
    more = finding.occurrences - len(listed)
    return {
        "id": finding.id,
        "category": finding.category.value,
        "detector": finding.detector,
        "witnesses": list(finding.witnesses),
        "title": finding.title,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "state": finding.state.value,
        "masked": finding.masked,
        **({"profile": list(finding.profile)} if finding.profile else {}),
        **({"covered_by": list(finding.covered_by)} if finding.covered_by else {}),
        "occurrences": finding.occurrences,
        "places": [_place_with_state(place, finding, states, at) for at, place in enumerate(listed)],
        **({"more_places": more} if more > 0 else {}),
    }


def finding_text(finding: Finding, max_places: int, states: Sequence[State] = ()) -> str:
    """The same as it stands in a document, in a list that is a field of the document."""
    listed = to_json({"findings": [finding_fields(finding, max_places, states)]})
    return listed.removeprefix('{\n  "findings": [\n').removesuffix("\n  ]\n}\n")


def _place_with_state(place: Place, finding: Finding, states: Sequence[State], at: int) -> dict[str, Any]:
    state = states[at] if at < len(states) else finding.state
    fields = _place(place)
    if state is not finding.state:
        fields["state"] = state.value
    return fields


def _place(place: Place) -> dict[str, Any]:
    return {
        "kind": _KINDS[place.kind],
        "oid": place.oid,
        "path": place.path,
        "ref": place.ref,
        "line": place.line,
        "column": place.column,
        "start": place.start,
        "end": place.end,
        "via": list(place.via),
        "first_commit": place.first_commit,
        "last_commit": place.last_commit,
        "in_head": place.in_head,
        "published": place.published,
    }


def counts(numbers: Mapping[str, int], always: Sequence[str]) -> dict[str, int]:
    """Counts with the keys of the contract first, 0 where there was none, then other keys by name."""
    others = sorted(set(numbers).difference(always))
    return {key: numbers.get(key, 0) for key in (*always, *others)}

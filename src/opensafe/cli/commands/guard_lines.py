"""What `guard run` says: a block for each finding, what was not read, the verdict, and what to do."""

from collections.abc import Iterator
from pathlib import Path

from opensafe.cli.lines import skip_line
from opensafe.model.finding import Finding
from opensafe.model.place import Place, PlaceKind
from opensafe.model.skip import SkipReason
from opensafe.steps.guard import Guarded

_PLACES_SHOWN = 10
_CONTENT = frozenset({PlaceKind.BLOB, PlaceKind.SYMLINK_TARGET, PlaceKind.SUBMODULE_URL})
_NAMES = frozenset({PlaceKind.PATH, PlaceKind.REF_NAME})


def lines(guarded: Guarded, *, with_ids: bool) -> Iterator[str]:
    """The result. Ids mean something only `with_ids`, where there is a case to decide in."""
    if guarded.nothing:
        why = f"{guarded.beyond} holds everything that HEAD does" if guarded.beyond else "nothing is new"
        yield f"Nothing was read: {why}."
        return
    for finding in guarded.blocked:
        yield from _block(finding, guarded.remedies.get(finding.id, ""), with_id=with_ids)
    for skip in guarded.unread:
        yield f"not read: {skip_line(skip)}"
    coverage = guarded.coverage
    kinds = ", ".join(_counted(count, kind) for kind, count in coverage.by_kind.items() if count)
    of_kinds = f" ({kinds})" if kinds else ""
    yield f"Read {coverage.read:,} of {coverage.objects:,} new objects{of_kinds}; {_verdict(guarded)}"


def advice(guarded: Guarded, root: Path, *, has_case: bool) -> Iterator[str]:
    """What to do next, where anything is."""
    if any(skip.reason is SkipReason.SHALLOW for skip in guarded.unread):
        yield "next: fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the workflow"
    if guarded.blocked:
        yield "next: take it out of the commits that are new (git reset, commit --amend or rebase -i), then try again"
        audit = "opensafe audit" if has_case else f"opensafe audit {root}"
        yield f"a false alarm is settled by its value: {audit}, then opensafe decide ID --action not-a-finding"


def _block(finding: Finding, remedy: str, *, with_id: bool) -> Iterator[str]:
    for place in finding.places[:_PLACES_SHOWN]:
        yield f"{_where(place)}: {finding.title} ({finding.severity})"
    if finding.occurrences > _PLACES_SHOWN:
        yield f"  … and {finding.occurrences - _PLACES_SHOWN:,} more places"
    yield f"  {finding.masked}{f'  {finding.id}' if with_id else ''}"
    yield f"  why: {finding.why}"
    if remedy:
        yield f"  what to do: {remedy}"


def _where(place: Place) -> str:
    """A place in a file as an editor takes it; one that is in no file in words."""
    via = f" in {' > '.join(place.via)}" if place.via else ""
    if place.kind in _NAMES:
        return f"the name {place.path or place.ref}{via}"
    line = f":{place.line}" if place.line else ""
    if place.kind in _CONTENT:
        commit = f" (commit {place.first_commit[:12]})" if place.first_commit else ""
        return f"{place.path or place.ref or 'content'}{line}{via}{commit}"
    of = f" of {place.oid[:12]}" if place.oid else ""
    return f"{place.kind.replace('-', ' ')}{of}{line}{via}"


def _verdict(guarded: Guarded) -> str:
    count = len(guarded.blocked)
    found = f"stopped by {_counted(count, 'finding')}" if count else "nothing in it stops this"
    return f"incomplete: what was not read is not known to be clean; {found}." if guarded.unread else f"{found}."


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"

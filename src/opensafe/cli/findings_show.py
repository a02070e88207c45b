"""Findings as a table, in groups where that is asked for, and no more lines than somebody reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import Outline
from opensafe.cli.lines import place_line, what_line
from opensafe.cli.screen import columns, fitted
from opensafe.cli.session import Session
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.settlement import Lapsed
from opensafe.model.text import counted
from opensafe.model.triage import folder_of
from opensafe.steps.listing import Overview, listed, paths_of

GROUPS = frozenset({"value", "person", "path", "folder", "detector"})
_NEED_PATHS = frozenset({"path", "folder"})
_OUTSIDE = "Outside files"
_TITLES = 500  # groups whose number is told, whether anything of them is listed or not


def show_findings(session: Session, case: Case, found: Overview, group: str, *, covered: bool, limit: int) -> None:
    """At most `limit` findings (0: all); the counts are of all."""
    if not found.outlines:
        session.say("No findings match.")
        return
    chosen = [outline for outline in found.outlines if covered or not outline.covered]
    groups = _groups(chosen, group, paths_of(case) if group in _NEED_PATHS else {})
    for line in _lines(case, found, groups, limit or len(chosen)):
        session.say(fitted(line, session.screen.width))
    if limit and len(chosen) > limit:
        session.say(f"… and {len(chosen) - limit:,} more (--limit 0 lists all)")
    if inside := len(found.outlines) - len(chosen):
        session.say(f"{counted(inside, 'finding')} more in data files only, decided with them (--covered lists them).")
    session.advise(
        f"{counted(len(found.outlines), 'finding')}{_unsettled(found.coverage)}. opensafe show ID tells more."
    )


def _lines(
    case: Case, found: Overview, groups: Mapping[str, Sequence[Outline]], most: int
) -> Iterator[tuple[str, ...]]:
    """`most` findings under the titles of their groups: each line in the parts between which it may be broken."""
    shown = [outline.id for members in groups.values() for outline in members][:most]
    told = listed(case, found, shown)
    for title, members in islice(groups.items(), max(most, _TITLES)):
        if title:
            yield (f"{title} ({len(members):,})",)
        here = [outline.id for outline in members if outline.id in told.findings]
        rows = [_row(told.findings[id_], told.places.get(id_), found.lapsed) for id_ in here]
        yield from _aligned(rows, "  " if title else "")


def _aligned(rows: Sequence[tuple[str, ...]], indent: str) -> Iterator[tuple[str, ...]]:
    """All but the last two cells as one part, in columns: a long path does not push the others apart."""
    fixed = columns([row[:-2] for row in rows], indent)
    width = max(map(len, fixed), default=0)
    yield from ((line.ljust(width), *row[-2:]) for line, row in zip(fixed, rows, strict=True))


def _row(finding: Finding, first: Place | None, unsettled: Lapsed) -> tuple[str, ...]:
    """What differs much in its length comes last: what it is, and where."""
    seen = "HEAD" if finding.in_head else "history" if finding.published else "unpublished"
    count = f"{finding.occurrences:,}x {seen}"
    what, where = what_line(finding), _where(finding, first)
    return finding.id, finding.severity, finding.confidence, _state(finding, unsettled), count, what, where


def _where(finding: Finding, first: Place | None) -> str:
    """The place that stands for it, unless what it is has named that already."""
    if first is None or (first.path and not first.via and finding.masked.endswith(first.path)):
        return ""
    return place_line(first)


def _state(finding: Finding, unsettled: Lapsed) -> str:
    """The state, and why an open finding is that although somebody decided."""
    if finding.state is not State.OPEN:
        return finding.state
    if finding.id in unsettled.pending:
        return f"{finding.state}, awaits a second person"
    return f"{finding.state}, ran out" if finding.id in unsettled.expired else finding.state


def _unsettled(coverage: Coverage) -> str:
    """What was not read, whether somebody accepted that or not."""
    return f"; {coverage.told_skips}: opensafe findings --skips" if coverage.skipped else ""


def _groups(found: Sequence[Outline], group: str, paths: Mapping[FindingId, str]) -> Mapping[str, Sequence[Outline]]:
    grouped: dict[str, list[Outline]] = {}
    title = _titles(group, paths)
    for outline in found:
        grouped.setdefault(title(outline), []).append(outline)
    return dict(sorted(grouped.items())) if group != "value" else grouped


def _titles(group: str, paths: Mapping[FindingId, str]) -> Callable[[Outline], str]:
    """What says which group a finding is in."""
    match group:
        case "person":
            return lambda outline: "No person" if outline.person is None else f"Person {outline.person}"
        case "path":
            return lambda outline: paths.get(outline.id, _OUTSIDE)
        case "folder":
            folders = {path: folder_of(path) for path in set(paths.values())}
            return lambda outline: folders.get(paths.get(outline.id, ""), _OUTSIDE)
        case "detector":
            return attrgetter("detector")
        case _:
            return lambda _: ""

"""Findings as a table, in groups where that is asked for, and no more lines than somebody reads."""

from collections.abc import Mapping, Sequence

from opensafe.casefile.folder import Case
from opensafe.cli.lines import place_line
from opensafe.cli.screen import columns
from opensafe.cli.session import Session
from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import Lapsed
from opensafe.model.text import counted
from opensafe.steps.findings import Listed, paths_of, with_first_place

GROUPS = frozenset({"value", "person", "path", "detector"})


def show_findings(session: Session, case: Case, listed: Listed, group: str, *, covered: bool, limit: int) -> None:
    """At most `limit` findings (0: all); the counts are of all."""
    if not listed.findings:
        session.say("No findings match.")
        return
    chosen = [f for f in listed.findings if covered or not f.covered_by or f.category is Category.SECRET]
    groups = _groups(chosen, group, paths_of(case) if group == "path" else {})
    left = limit or len(chosen)
    for title, members in groups:
        if title:
            session.say(f"{title} ({len(members):,})")
        rows = [_row(finding, listed.lapsed) for finding in with_first_place(case, members[:left])] if left else []
        for line in columns(rows, indent="  " if title else ""):
            session.say(line)
        left -= len(rows)
    if limit and len(chosen) > limit:
        session.say(f"… and {len(chosen) - limit:,} more (--limit 0 lists all)")
    if inside := len(listed.findings) - len(chosen):
        session.say(f"{counted(inside, 'finding')} more in data files only, decided with them (--covered lists them).")
    unsettled = len(listed.coverage.unsettled)
    also = f"; to be settled: {counted(unsettled, 'skip')} (--skips)" if unsettled else ""
    session.advise(f"{counted(len(listed.findings), 'finding')}{also}. opensafe show ID tells more.")


def _row(finding: Finding, unsettled: Lapsed) -> tuple[str, ...]:
    where = place_line(finding.places[0]) if finding.places else ""
    seen = "HEAD" if finding.in_head else "history" if finding.published else "unpublished"
    count = f"{finding.occurrences:,}x {seen}"
    return finding.id, finding.severity, finding.confidence, _state(finding, unsettled), finding.masked, count, where


def _state(finding: Finding, unsettled: Lapsed) -> str:
    """The state, and why an open finding is that although somebody decided."""
    if finding.state is not State.OPEN:
        return finding.state
    if finding.id in unsettled.pending:
        return f"{finding.state}, awaits a second person"
    return f"{finding.state}, ran out" if finding.id in unsettled.expired else finding.state


def _groups(findings: Sequence[Finding], group: str, paths: Mapping[FindingId, str]) -> list[tuple[str, list[Finding]]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(_title(finding, group, paths), []).append(finding)
    return sorted(grouped.items()) if group != "value" else list(grouped.items())


def _title(finding: Finding, group: str, paths: Mapping[FindingId, str]) -> str:
    if group == "person":
        return "No person" if finding.person is None else f"Person {finding.person}"
    if group == "path":
        return paths.get(finding.id, "Outside files")
    return finding.detector if group == "detector" else ""

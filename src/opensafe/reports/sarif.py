"""Findings as SARIF 2.1.0, for tools that show findings beside code.

Limits are those of GitHub's upload (facts, interfaces 5): 25,000 results a run, 10 MB compressed. What does not
fit is counted in the run's properties and said in a notification. The file is about a Closed repository: whoever
uploads it publishes where its findings stand, so callers ask first.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from opensafe.model.caseview import CaseView
from opensafe.model.coverage import Coverage
from opensafe.model.expressions import expression
from opensafe.model.finding import Finding, Severity, State
from opensafe.model.place import Place, PlaceKind
from opensafe.model.skip import Skip
from opensafe.model.text import counted
from opensafe.reports.json_findings import coverage_fields
from opensafe.reports.json_text import to_json
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.review_order import in_review_order

MAX_RESULTS = 25_000
MAX_LOCATIONS = 1_000  # of one result
ALL_LOCATIONS = 75_000  # at about 95 bytes each when compressed: below 10 MB with 25,000 results
MAX_NOTIFICATIONS = 1_000
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST_PATH = 4_096  # characters: what a file system can hold

_REMEMBERED = 4_096  # texts: paths and titles come again and again

_KINDS = {kind: kind.value for kind in PlaceKind}  # to ask an enum for its value takes longer than all else
_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning"}
_SETTLED = frozenset({State.KEEP, State.NOT_A_FINDING})
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_PLAIN = expression(r"[A-Za-z0-9\-._~/]*")
_QUOTED = {byte: f"%{byte:02X}" for byte in range(256) if byte not in _UNRESERVED}


def sarif(findings: Sequence[Finding], coverage: Coverage, version: str, total: int = 0) -> dict[str, Any]:
    """One run with the gravest findings first; findings that were settled are kept, as suppressed.

    `total` is how many there are, where `findings` are the gravest of them only.
    """
    shown = in_review_order(findings)[:MAX_RESULTS]
    rules = sorted({finding.detector for finding in shown})
    most = min(MAX_LOCATIONS, ALL_LOCATIONS // max(1, len(shown)))
    left_out = max(total, len(findings)) - len(shown)
    run = {
        "tool": {"driver": {"name": "opensafe", "version": version, "rules": [_rule(rule, shown) for rule in rules]}},
        "invocations": [_invocation(coverage, left_out)],
        "results": [_result(finding, rules.index(finding.detector), most) for finding in shown],
        "properties": {
            "coverage": {**coverage_fields(coverage), "skipped": len(coverage.skipped)},
            "leftOut": left_out,
        },
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(detector: str, findings: Iterable[Finding]) -> dict[str, Any]:
    title = next(finding.title for finding in findings if finding.detector == detector)
    return {"id": detector, "shortDescription": {"text": _message(title)}}


def _result(finding: Finding, rule_index: int, max_locations: int) -> dict[str, Any]:
    settled = [{"kind": "external", "status": "accepted", "justification": finding.state.value}]
    return {
        "ruleId": finding.detector,
        "ruleIndex": rule_index,
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": _message(f"{finding.title}: {finding.masked}")},
        "locations": [_location(place) for place in finding.places[:max_locations]],
        "partialFingerprints": {"opensafe/v1": finding.id},
        **({"suppressions": settled} if finding.state in _SETTLED else {}),
        "properties": {
            "category": finding.category.value,
            "severity": finding.severity.value,
            "confidence": finding.confidence.value,
            "state": finding.state.value,
            "occurrences": finding.occurrences,
            "published": finding.published,
            "inHead": finding.in_head,
        },
    }


def _location(place: Place) -> dict[str, Any]:
    """Most places are in history and no file of today: the commits go into the properties."""
    uri = _uri(place.path) if place.path else None
    name = place.ref or place.oid or _KINDS[place.kind]
    # The line counts in decoded content: where something was unpacked on the way, it is no line of the file.
    line = place.line if place.kind is PlaceKind.BLOB and not place.via else 0
    region = {"region": {"startLine": line}} if line else {}
    return {
        **({"physicalLocation": {"artifactLocation": {"uri": uri}, **region}} if uri else {}),
        "logicalLocations": [{"kind": _KINDS[place.kind], "fullyQualifiedName": name}],
        "properties": {
            "oid": place.oid,
            "via": list(place.via),
            "start": place.start,
            "end": place.end,
            "firstCommit": place.first_commit,
            "lastCommit": place.last_commit,
            "inHead": place.in_head,
            "published": place.published,
        },
    }


@lru_cache(_REMEMBERED)
def _uri(path: str) -> str | None:
    """A relative reference (RFC 3986), or none for a path that would leave the repository or is no path."""
    if ".." in path.split("/") or path.startswith("/") or len(path) > _LONGEST_PATH:
        return None
    if _PLAIN.fullmatch(path):  # as most are
        return path
    return path.encode("utf-8", "backslashreplace").decode("latin-1").translate(_QUOTED)


@lru_cache(_REMEMBERED)
def _message(text: str) -> str:
    """SARIF 3.11: braces are placeholders unless doubled, and `[text](target)` would be a link."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    return doubled.replace("](", "] (")


def _invocation(coverage: Coverage, left_out: int) -> dict[str, Any]:
    named = [_notification(_skip(skip)) for skip in coverage.skipped[:MAX_NOTIFICATIONS]]
    more = len(coverage.skipped) - len(named)
    if more:
        named.append(_notification(f"{more} further skips are in the case's own report"))
    if left_out:
        named.append(
            _notification(f"{counted(left_out, 'finding')} of lower severity left out: this format holds no more")
        )
    # Nothing read is no success either (facts, interfaces 1).
    success = coverage.complete and coverage.read > 0
    return {"executionSuccessful": success, "toolExecutionNotifications": named}


def _skip(skip: Skip) -> str:
    return f"{skip.id} was not read: {skip.reason.value}; {skip.state.value}"


def _notification(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": _message(text)}}


def sarif_report(view: CaseView) -> str:
    coverage = view.audit.coverage if view.audit else Coverage(objects=0, read=0, bytes=0)
    document = sarif(view.findings, coverage, view.version, view.counts.total)
    document["runs"][0]["properties"]["logHead"] = view.log_head
    return to_json(document)


FORMAT = ReportFormat("sarif", ".sarif", sarif_report, most=MAX_RESULTS, credentials=False)

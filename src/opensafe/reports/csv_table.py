"""Findings as a table for spreadsheets: one row each, masked, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence

from opensafe.model.caseview import CaseView
from opensafe.model.finding import Finding
from opensafe.reports.cells import safe_cell
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.review_order import in_review_order

COLUMNS = (
    "id",
    "category",
    "severity",
    "confidence",
    "state",
    "title",
    "value",
    "person",
    "occurrences",
    "published",
    "in_head",
    "detector",
    "first_place",
    "line",
)


def findings_csv(findings: Sequence[Finding]) -> str:
    """All findings with a head line."""
    return csv_text([COLUMNS, *(_row(finding) for finding in in_review_order(findings))])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of any table: every cell quoted and made harmless, lines ended by newline."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([safe_cell(text) for text in row] for row in rows)
    return out.getvalue()


def _row(finding: Finding) -> tuple[str, ...]:
    place = finding.places[0] if finding.places else None
    return (
        finding.id,
        finding.category.value,
        finding.severity.value,
        finding.confidence.value,
        finding.state.value,
        finding.title,
        finding.masked,
        "" if finding.person is None else f"Person {finding.person}",
        str(finding.occurrences),
        "yes" if finding.published else "no",
        "yes" if finding.in_head else "no",
        finding.detector,
        (place.path or place.ref or place.kind.value) if place else "",
        str(place.line) if place and place.line else "",
    )


def csv_report(view: CaseView) -> str:
    return findings_csv(view.findings)


FORMAT = ReportFormat("csv", ".csv", csv_report, places=1)

"""Findings as a table for spreadsheets: one row each, masked, and no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from opensafe.model.caseview import CaseView
from opensafe.model.finding import Finding
from opensafe.model.text import printable
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
_LONGEST = 32_767  # characters in a cell of a spreadsheet

# A cell that starts so is a formula. So is one after a semicolon, where that separates the columns (as in much of
# Europe). Tabs, line ends and NUL need no entry: printable() has escaped them. The last four are full-width signs.
_FORMULA = re.compile("(^|;)(?=\\s{0,9}[=+\\-@\uff1d\uff0b\uff0d\uff20])")


def findings_csv(findings: Sequence[Finding]) -> str:
    """All findings with a head line."""
    return csv_text([COLUMNS, *(_row(finding) for finding in in_review_order(findings))])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of any table: every cell quoted and made harmless, lines ended by newline."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([_cell(text) for text in row] for row in rows)
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


def _cell(text: str) -> str:
    """An apostrophe makes text of what would be a formula (facts, interfaces 5)."""
    return _FORMULA.sub(r"\1'", printable(text))[:_LONGEST]


def csv_report(view: CaseView) -> str:
    return findings_csv(view.findings)


FORMAT = ReportFormat("csv", ".csv", csv_report)

"""Findings as a table for spreadsheets: one row each, masked, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

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
_AT_ONCE = 500  # lines


def findings_csv(findings: Sequence[Finding]) -> str:
    """All findings with a head line."""
    return csv_text([COLUMNS, *map(_row, in_review_order(findings))])


def list_csv(lines: Iterable[str]) -> Iterator[str]:
    """The same in parts, of lines that are written already (`casefile.whole_list`)."""
    yield csv_text([COLUMNS])
    waiting = iter(lines)
    while some := "".join(islice(waiting, _AT_ONCE)):
        yield some


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of any table: every cell quoted and made harmless, lines ended by newline."""
    out = io.StringIO()
    made = ([safe_cell(text) for text in row] for row in rows)
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(made)
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
    return "".join(_parts(view))


def _parts(view: CaseView) -> Iterable[str]:
    return (findings_csv(view.findings),) if view.rows is None else list_csv(view.rows())


FORMAT = ReportFormat("csv", ".csv", csv_report, most=0, rows=True, in_parts=_parts)

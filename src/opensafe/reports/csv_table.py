"""Findings as a table for spreadsheets: one row each, masked, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache

from opensafe.model.caseview import CaseView
from opensafe.model.finding import Finding
from opensafe.model.listrow import ListRow
from opensafe.reports.cells import safe_cell
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.review_order import in_review_order

COLUMNS = ListRow._fields


def findings_csv(findings: Sequence[Finding]) -> str:
    """All findings with a head line."""
    return list_csv(_row(finding) for finding in in_review_order(findings))


def list_csv(rows: Iterable[ListRow]) -> str:
    """The same of rows. Ids, words and numbers are harmless as they are: only free text is looked through."""
    # What `csv` would give, which looks through all cells again, and there may be a million.
    return "".join(f'"{line}"\n' for line in map('","'.join, [COLUMNS, *map(_harmless, rows)]))


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of any table: every cell quoted and made harmless, lines ended by newline."""
    out = io.StringIO()
    made = ([safe_cell(text) for text in row] for row in rows)
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(made)
    return out.getvalue()


def _harmless(row: ListRow) -> tuple[str, ...]:
    title, value, detector, place = map(_quoted, (*row[5:7], *row[11:13]))
    return (*row[:5], title, value, *row[7:11], detector, place, row[13])


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """What stands between the quotes of a harmless cell."""
    return safe_cell(text).replace('"', '""')


def _row(finding: Finding) -> ListRow:
    place = finding.places[0] if finding.places else None
    return ListRow(
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
    return findings_csv(view.findings) if view.rows is None else list_csv(view.rows)


FORMAT = ReportFormat("csv", ".csv", csv_report, most=0, rows=True)

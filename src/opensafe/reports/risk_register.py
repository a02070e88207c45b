"""The risk register as a table, with the columns of the tool-request process (its section 3.2)."""

from typing import Any

from opensafe.model.caseview import CaseView
from opensafe.model.risk import Risk
from opensafe.reports.csv_table import csv_text
from opensafe.reports.report_format import ReportFormat

COLUMNS = (
    "Id",
    "Risk Description",
    "Risk Subject",
    "Likelihood",
    "Severity",
    "Risk Score",
    "Treatment",
    "New Likelihood",
    "New Severity",
    "New Score",
)


def cells(risk: Risk) -> tuple[str, ...]:
    """One row, in the order of the columns."""
    before = (risk.description, risk.subject, str(risk.likelihood), str(risk.severity), str(risk.score))
    return risk.id, *before, risk.treatment, str(risk.new_likelihood), str(risk.new_severity), str(risk.new_score)


def risk_fields(risk: Risk) -> dict[str, Any]:
    """One entry as a JSON object."""
    return {
        "id": risk.id,
        "description": risk.description,
        "subject": risk.subject,
        "likelihood": risk.likelihood,
        "severity": risk.severity,
        "score": risk.score,
        "treatment": risk.treatment,
        "new_likelihood": risk.new_likelihood,
        "new_severity": risk.new_severity,
        "new_score": risk.new_score,
        "by": risk.by,
        "on": risk.on.isoformat(),
    }


def risk_table(view: CaseView) -> str:
    """CSV, safe to open in a spreadsheet."""
    return csv_text([COLUMNS, *(cells(risk) for risk in view.risks)])


FORMAT = ReportFormat("risks", ".csv", risk_table, most=0, credentials=False)

"""The report for machines: the whole case as one JSON document."""

from opensafe.model.caseview import CaseView
from opensafe.reports.json_documents import case_document, to_json
from opensafe.reports.report_format import ReportFormat


def json_report(view: CaseView) -> str:
    return to_json(case_document(view))


FORMAT = ReportFormat("json", ".json", json_report)

"""The report for machines: the whole case as one JSON document."""

from collections.abc import Iterable

from opensafe.model.caseview import CaseView
from opensafe.reports.json_case import case_document
from opensafe.reports.json_text import to_json, with_items
from opensafe.reports.report_format import ReportFormat


def json_report(view: CaseView) -> str:
    return "".join(_parts(view))


def _parts(view: CaseView) -> Iterable[str]:
    if view.written is None:
        return (to_json(case_document(view)),)
    return with_items(case_document(view), "findings", view.written())


FORMAT = ReportFormat("json", ".json", json_report, written=True, in_parts=_parts)

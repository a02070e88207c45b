"""What a case keeps line by line, as JSON documents (design, section 6): log, rotations, risks, categories."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opensafe.model.logentry import LogEntry
from opensafe.model.openness import Categorised
from opensafe.model.risk import Risk
from opensafe.reports.json_records import entry_fields
from opensafe.reports.openness_table import category_fields
from opensafe.reports.risk_register import risk_fields
from opensafe.reports.rotation_table import RotationRow


def log_document(entries: Sequence[LogEntry], head: str) -> dict[str, Any]:
    """`log show`: every field of every line, so that the chain can be computed again from it."""
    return {"schema": "opensafe/log/v1", "head": head, "entries": [entry_fields(entry) for entry in entries]}


def rotations_document(rows: Sequence[RotationRow]) -> dict[str, Any]:
    """`rotate list`: one row for each credential, also for those of which nothing was recorded (`found`)."""
    return {
        "schema": "opensafe/rotations/v1",
        "open": sum(1 for row in rows if not row.settled),
        "rotations": [row.fields() for row in rows],
    }


def risks_document(risks: Sequence[Risk]) -> dict[str, Any]:
    """`risk list` and `risk add`: the register, the gravest remaining risk first."""
    return {"schema": "opensafe/risks/v1", "risks": [risk_fields(risk) for risk in risks]}


def categories_document(lines: Sequence[Categorised], today: date) -> dict[str, Any]:
    """`category list` and `category set`: the newest line of each component."""
    return {"schema": "opensafe/categories/v1", "categories": [category_fields(line, today) for line in lines]}

"""Tells which tool wrote a file, and reads its entries."""

import json
from pathlib import Path
from typing import Any

from opensafe.casework.baselines import (
    betterleaks_report,
    detect_secrets,
    gitleaks_ignore,
    gitleaks_report,
    kingfisher_report,
)
from opensafe.casework.baselines.entry import Entry
from opensafe.casework.handed_in import bytes_of, text_of
from opensafe.errors import UsageError

_BY_DOCUMENT = (detect_secrets.entries, gitleaks_report.entries, betterleaks_report.entries, kingfisher_report.entries)


def read_baseline(file: Path) -> list[Entry]:
    """Raises UsageError for a file that is none of these, without repeating what stands in it."""
    text = text_of(bytes_of(file, "the file of another tool"))
    document = _document(text)
    made = (read(document) for read in _BY_DOCUMENT) if document is not None else iter((gitleaks_ignore.entries(text),))
    found = next((entries for entries in made if entries is not None), None)
    if found is None:
        raise UsageError(
            "this is no baseline or report that opensafe knows",
            remedy="give .secrets.baseline, .gitleaksignore, or a JSON report of gitleaks, betterleaks or Kingfisher",
        )
    return list(found)


def _document(text: str) -> Any:
    """The JSON document, or the list of those that stand one a line; `None` where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return _of_lines([json.loads(line) for line in text.splitlines() if line.strip()])
    except (ValueError, RecursionError):
        return None


def _of_lines(documents: list[Any]) -> Any:
    """The report in the first line, or what is found a line: Kingfisher ends either with a line that sums it up."""
    objects = [one for one in documents if isinstance(one, dict)]
    if objects and isinstance(objects[0].get("findings"), list):
        return objects[0]
    return [one for one in objects if "finding" in one] or None

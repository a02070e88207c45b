"""JSON reports of Kingfisher (one document, or one a line): values in clear, some of them tried at their provider."""

from collections.abc import Iterator, Mapping
from typing import Any

from opensafe.casework.baselines.entry import Entry, number, posix, rule_name, secret
from opensafe.model.decision import Action

_ACTIVE = "active"


def entries(document: Any) -> Iterator[Entry] | None:
    """`None` for another kind of document."""
    if _is_finding(document):  # a report with one line
        return map(_entry, [document])
    listed = document.get("findings") if isinstance(document, Mapping) else document
    if not isinstance(listed, list) or not all(_is_finding(one) for one in listed):
        return None
    return map(_entry, listed)


def _is_finding(one: object) -> bool:
    return isinstance(one, Mapping) and isinstance(one.get("rule"), Mapping) and isinstance(one.get("finding"), Mapping)


def _entry(one: Mapping[str, Any]) -> Entry:
    found = one["finding"]
    tried = found.get("validation")
    status = tried.get("status") if isinstance(tried, Mapping) else ""
    active = isinstance(status, str) and status.lower().startswith(_ACTIVE)
    rule = rule_name(one["rule"].get("id")) or rule_name(one["rule"].get("name"))
    evidence = "Kingfisher found it to be active" if active else "Kingfisher reports it as well"
    return Entry(
        Action.REDACT,
        f"{evidence} ({rule})" if rule else evidence,
        value=secret(found.get("snippet")),
        path=posix(found.get("path")),
        line=number(found.get("line")),
    )

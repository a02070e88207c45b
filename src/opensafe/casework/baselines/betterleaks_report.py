"""JSON reports of betterleaks from version 2 on (one document, or one finding a line): values in clear."""

from collections.abc import Iterator, Mapping
from typing import Any

from opensafe.casework.baselines.entry import Entry, number, posix, rule_name, secret
from opensafe.model.decision import Action


def entries(document: Any) -> Iterator[Entry] | None:
    """`None` for another kind of document."""
    if isinstance(document, list):
        listed: Any = [line.get("finding") if _is_versioned(line) else None for line in document]
    else:
        listed = document.get("findings") if _is_versioned(document) else None
    if not isinstance(listed, list) or not all(_is_finding(one) for one in listed):
        return None
    return map(_entry, listed)


def _is_versioned(one: object) -> bool:
    return isinstance(one, Mapping) and "schema_version" in one


def _is_finding(one: object) -> bool:
    return (
        isinstance(one, Mapping) and isinstance(one.get("match"), Mapping) and isinstance(one.get("location"), Mapping)
    )


def _entry(one: Mapping[str, Any]) -> Entry:
    rule = rule_name(one.get("rule_id"))
    return Entry(
        Action.REDACT,
        f"betterleaks reports it as well ({rule})" if rule else "betterleaks reports it as well",
        value=secret(one["match"].get("value")),
        path=posix(one["location"].get("path")),
        line=number(one["location"].get("start_line")),
    )

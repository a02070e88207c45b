"""JSON reports of gitleaks and betterleaks: a list of findings, values in clear."""

from collections.abc import Iterator, Mapping
from typing import Any

from opensafe.casework.baselines.entry import Entry, number, posix, rule_name, secret
from opensafe.model.decision import Action


def entries(document: Any) -> Iterator[Entry] | None:
    """`None` for another kind of document. An empty report is a list as well."""
    if not isinstance(document, list) or not all(isinstance(one, Mapping) and "RuleID" in one for one in document):
        return None
    return map(_entry, document)


def _entry(one: Mapping[str, Any]) -> Entry:
    rule = rule_name(one.get("RuleID"))
    return Entry(
        Action.REDACT,
        f"gitleaks reports it as well ({rule})" if rule else "gitleaks reports it as well",
        value=secret(one.get("Secret")),
        path=posix(one.get("File")),
        line=number(one.get("StartLine")),
    )

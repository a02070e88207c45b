"""Whom a rule of Kingfisher would ask, worked out offline from the rule itself: nothing here uses the network."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

_BUILT_IN = {
    "aws": "https://sts.amazonaws.com",
    "azure.validateServicePrincipal": "https://login.microsoftonline.com",
    "azure.validateStorage": "https://ACCOUNT.blob.core.windows.net",
    "azure.validateAppConfig": "https://NAME.azconfig.io",
    "azure.validateServiceBusSAS": "https://NAME.servicebus.windows.net",
    "gcp.validate": "https://oauth2.googleapis.com",
}
"""Validators that are code of the SDK: their addresses, capitals where a part comes from the credential."""


def address_of(validation: Mapping[str, Any], variables: Mapping[str, str]) -> str:
    """Scheme and host that the rule asks; empty where the rule has none of its own (a URL found in the repository).

    `variables` stand in for the defaults that a rule lets its user change.
    """
    for name, default in defaults_of(validation):
        if default.startswith("http"):
            return _host(variables.get(name, default))
    for text in _texts(validation):
        if text.startswith(("https://", "http://")):
            return _host(text)
    built_in = str(validation.get("type", "")).casefold()
    calls = [built_in, *_calls(validation)]
    return next(
        (_BUILT_IN[known] for call in calls for known in (call, call.partition(".")[0]) if known in _BUILT_IN), ""
    )


def defaults_of(validation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The variables that a rule reads from outside, with their defaults."""
    for node in _nodes(validation):
        if node.get("kind") == "call" and _callee(node) == "env.getOrDefault":
            name, default = (str(argument.get("value", "")) for argument in node["arguments"])
            yield name, default


def _host(address: str) -> str:
    """Without path and query, in which placeholders stand, and without a user in front of the host."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _calls(tree: Any) -> Iterator[str]:
    return (_callee(node) for node in _nodes(tree) if node.get("kind") == "call")


def _callee(call: Mapping[str, Any]) -> str:
    callee = call.get("callee", {})
    owner, member = callee.get("node", {}), callee.get("property", {})
    return f"{owner.get('value', '')}.{member.get('value', '')}"


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a rule's definition. A definition is the package's own: shallow, and never a stranger's."""
    if isinstance(tree, dict):
        yield tree
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for child in children:
        yield from _nodes(child)


def _texts(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        yield from (value for value in node.values() if isinstance(value, str))

"""A JSON document as text that any terminal and any parser can take."""

import json
import re
from typing import Any

from opensafe.model.text import printable

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DELETE = "\x7f"  # the one control character that json.dumps leaves as it is


def to_json(document: dict[str, Any]) -> str:
    """The document in ASCII, indented by 2, with a newline at its end.

    Control, bidi and all other characters beyond ASCII are escaped by JSON's own rules. Lone surrogates (bytes
    that were no UTF-8) are no text in JSON: they are written as people see them, `\\xNN`.
    """
    text = json.dumps(_well_formed(document), ensure_ascii=True, allow_nan=False, indent=2)
    return text.replace(_DELETE, "\\u007f") + "\n"


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub(lambda match: printable(match.group()), value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    return value

"""A JSON document as text that any terminal and any parser can take."""

import re
from json.encoder import encode_basestring_ascii
from typing import Any

import orjson

from opensafe.model.text import printable

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7e]+")  # with DEL, the one control character that JSON leaves as it is


def to_json(document: dict[str, Any]) -> str:
    """The document in ASCII, indented by 2, with a newline at its end.

    Control, bidi and all other characters beyond ASCII are escaped by JSON's own rules. Lone surrogates (bytes
    that were no UTF-8) are no text in JSON: they are written as people see them, `\\xNN`.
    """
    try:
        raw = _encoded(document)
    except orjson.JSONEncodeError:  # it refuses lone surrogates: to look for them takes longer than to write the rest
        raw = _encoded(_well_formed(document))
    if raw.isascii() and b"\x7f" not in raw:  # as nearly all are: that is told at once
        return raw.decode("ascii")
    return _BEYOND_ASCII.sub(_escaped, raw.decode())


def _encoded(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _escaped(found: re.Match[str]) -> str:
    return encode_basestring_ascii(found.group())[1:-1].replace("\x7f", "\\u007f")


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub(lambda match: printable(match.group()), value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    return value

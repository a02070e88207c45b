"""A JSON document as text that any terminal and any parser can take."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring_ascii
from typing import Any

import orjson

from opensafe.model.expressions import expression
from opensafe.model.text import well_formed

_BEYOND_ASCII = expression("[^\x00-\x7e]+")  # with DEL, the one control character that JSON leaves as it is
_AT_ONCE = 200  # items: what is joined at once stays near the processor


def to_json(document: dict[str, Any]) -> str:
    """The document in ASCII, indented by 2, with a newline at its end.

    Control, bidi and all other characters beyond ASCII are escaped by JSON's own rules. Lone surrogates (bytes
    that were no UTF-8) are no text in JSON: they are written as people see them, `\\xNN`.
    """
    try:
        raw = _encoded(document)
    except orjson.JSONEncodeError:  # it refuses lone surrogates: to look for them takes longer than to write the rest
        raw = _encoded(_well_formed(document))
    return _in_ascii(raw.decode())


def with_items(document: dict[str, Any], field: str, items: Iterable[str]) -> Iterator[str]:
    """The same in parts, with the items of one list given as text: indented, characters beyond ASCII as they are.

    In the document that list is empty. A text holds no line end, so that its line is like no other.
    """
    before, line, after = to_json(document).partition(f'\n  "{field}": []')
    yield before
    opened = False
    waiting = iter(items)
    while some := ",\n".join(islice(waiting, _AT_ONCE)):
        yield ",\n" if opened else f"{line[:-1]}\n"
        yield _in_ascii(some)
        opened = True
    yield "\n  ]" if opened else line
    yield after


def _in_ascii(text: str) -> str:
    if text.isascii() and "\x7f" not in text:  # as nearly all are: that is told at once
        return text
    return _BEYOND_ASCII.sub(_escaped, text)


def _encoded(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _escaped(found: re.Match[str]) -> str:
    return encode_basestring_ascii(found.group())[1:-1].replace("\x7f", "\\u007f")


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    return value

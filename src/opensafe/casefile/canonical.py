"""One byte form for each JSON value, so that digests and chains do not depend on who wrote it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring_ascii

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_DECODER = json.JSONDecoder()


def canonical(value: Json) -> bytes:
    """`value` as JSON: keys sorted, no spaces, ASCII only (lone surrogates are escaped and come back)."""
    return _ENCODER.encode(value).encode("ascii")


def canonical_texts(texts: Iterable[str]) -> Iterator[bytes]:
    """The same of each text, for very many of them."""
    return map(str.encode, map(encode_basestring_ascii, texts))


def parsed_object(raw: bytes) -> dict[str, object]:
    """The JSON object in `raw`. Raises ValueError for anything else, however deep or broken it is."""
    try:
        value: object = _DECODER.decode(raw.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one kind of error for all that is malformed
    return value

"""Every form in which a value may hide: raw, in other encodings, escaped."""

import base64
import json
from collections.abc import Iterator

SHORT = 4  # bytes: shorter values are searched raw and in text only, or chance would find them in binary data
_SHORTEST_FORM = 5  # bytes of an encoded form: four base64 characters occur by chance in a few megabytes
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def forms_of(value: bytes) -> tuple[bytes, ...]:
    """Raw, UTF-16 in both orders, base64 in three alignments, hex in both cases, escaped for URLs and for JSON."""
    if len(value) < SHORT:
        return (value,) if value else ()
    text = _as_text(value)
    forms = [
        *(text.encode(encoding) for encoding in ("utf-16-le", "utf-16-be")),
        *_base64_forms(value),
        value.hex().encode(),
        value.hex().upper().encode(),
        *_url_forms(value),
        json.dumps(text).encode()[1:-1],
        json.dumps(text, ensure_ascii=False).encode()[1:-1],
    ]
    return tuple(dict.fromkeys([value, *(form for form in forms if len(form) >= _SHORTEST_FORM)]))


def _as_text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _base64_forms(value: bytes) -> Iterator[bytes]:
    """The characters that the value alone decides, for each place that its first byte may have in a group of three."""
    for before in range(3):
        start, end = -(-8 * before // 6), 8 * (before + len(value)) // 6
        core = base64.b64encode(b"\0" * before + value)[start:end]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def _url_forms(value: bytes) -> Iterator[bytes]:
    """Percent-escapes in both cases of hex digits: every byte, or only those that must be; `+` for spaces."""
    for pattern in (b"%%%02X", b"%%%02x"):
        yield b"".join(pattern % byte for byte in value)
        escaped = b"".join(b"%c" % byte if byte in _UNRESERVED else pattern % byte for byte in value)
        yield escaped
        yield escaped.replace(b"%20", b"+")

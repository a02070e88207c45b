"""Which text encoding bytes are in: byte order mark, pattern of NUL bytes, UTF-8, then Windows (facts, names 10)."""

_MARKS = (  # the longer marks first: that of UTF-16 begins that of UTF-32
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDTHS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}

ENCODINGS = frozenset({"utf-8-sig", *_WIDTHS, "windows-1252", "iso-8859-1"})
"""What is decoded to UTF-8, as `via` names it."""

WIDE = frozenset(_WIDTHS)
"""Those of more than one byte a character."""

_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b") + b"\x7f"
_UNDEFINED_IN_1252 = b"\x81\x8d\x8f\x90\x9d"
_ASCII = bytes(range(128))
_SAMPLE = 4096
_SPARSE = 12  # in a short text without other controls
_FEW = 100  # at most one byte in so many is a stray NUL or control in what still is text


def encoding_of(data: bytes) -> str:
    """The encoding that this room names in `via`; `utf-8` needs no decoding, empty means not text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark) and _decodes(data, encoding):
            return _swapped(data, mark) or encoding
    has_nul = b"\0" in data
    if has_nul and (wide := _wide_encoding(data)):
        return wide
    if data.isascii() or _decodes(data, "utf-8"):
        return "utf-8" if not has_nul or _is_mostly_text(data) else ""
    return "" if has_nul else _single_byte_encoding(data)


def _swapped(data: bytes, mark: bytes) -> str:
    """The other order of bytes, where the NULs of Latin text say that the mark of UTF-16 is wrong."""
    if len(mark) != 2:  # noqa: PLR2004 - the bytes of those marks
        return ""
    found = _wide_encoding(data[2:])
    return found if found in {"utf-16-le", "utf-16-be"} and _decodes(data, found) else ""


def mark_of(data: bytes, encoding: str) -> bytes:
    """The byte order mark that `data` begins with, in this encoding, or nothing."""
    return next((mark for mark, name in _MARKS if name == encoding and data.startswith(mark)), b"")


def decoded(data: bytes, encoding: str) -> bytes:
    """The text as UTF-8, without its mark; a cut last character is left out.

    Halves of surrogate pairs, which UTF-16 files of old Windows programs hold, stay as three bytes each.
    """
    body = data[len(mark_of(data, encoding)) :]
    if encoding in {"utf-8", "utf-8-sig"}:
        return body
    body = body[: len(body) - len(body) % _WIDTHS.get(encoding, 1)]
    return body.decode(encoding, "surrogatepass" if encoding in _WIDTHS else "strict").encode("utf-8", "surrogatepass")


def encoded(text: bytes, encoding: str) -> bytes:
    """UTF-8 `text` in this encoding, without a mark. Raises UnicodeEncodeError where it lacks a character."""
    if encoding in {"utf-8", "utf-8-sig"}:
        return text
    errors = "surrogatepass" if encoding in _WIDTHS else "strict"
    return text.decode("utf-8", "surrogatepass").encode(encoding, errors)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        decoded(data, encoding) if encoding in _WIDTHS else data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: mostly Latin text has NULs in the same place of every character."""
    sample = data[:_SAMPLE]
    for width, little, big in ((4, "utf-32-le", "utf-32-be"), (2, "utf-16-le", "utf-16-be")):
        shares = [_nul_share(sample[place::width]) for place in range(width)]
        if shares[0] < 0.1 and min(shares[width // 2 :]) > 0.7 and _decodes(data, little):  # noqa: PLR2004 - shares of NUL bytes, explained above
            return little
        if shares[-1] < 0.1 and min(shares[: width // 2]) > 0.7 and _decodes(data, big):  # noqa: PLR2004 - as above
            return big
    return ""


def _nul_share(data: bytes) -> float:
    return data.count(0) / len(data) if data else 0.0


def _is_mostly_text(data: bytes) -> bool:
    """Text in which somebody left (or hid) a NUL: few of them, and few other controls; a short text has none."""
    sample = data[:_SAMPLE]
    nuls, controls = data.count(0), _controls(sample)
    if len(data) <= _SAMPLE and controls == nuls and nuls * _SPARSE <= len(data):
        return True
    return nuls * _FEW <= len(data) and controls * _FEW <= len(sample)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _single_byte_encoding(data: bytes) -> str:
    """Windows-1252, or Latin-1 where bytes are used that Windows leaves undefined: no controls, mostly ASCII."""
    sample = data[:_SAMPLE]
    foreign = len(sample.translate(None, _ASCII))
    if _controls(sample) or foreign * 2 > len(sample):
        return ""
    has_undefined = len(data.translate(None, _UNDEFINED_IN_1252)) != len(data)
    return "iso-8859-1" if has_undefined else "windows-1252"

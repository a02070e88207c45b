"""Text that stands in other text as base64: Kubernetes secrets, tokens, encoded commands."""

from collections.abc import Iterator

from opensafe.formats.apart import is_mail_in_parts
from opensafe.formats.base64text import decoded_base64, encoded_like
from opensafe.formats.budget import Meter
from opensafe.formats.content import CannotReencode, Changes, Content, Unpacked
from opensafe.formats.magic import binary_signature
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_PREFIX = "base64@"
_SHORTEST = 24
_MOST = 1000  # parts of one text; more are named as unread
_WIDEST = 64 * 1024 * 1024
_LINE = 60  # a run of at least this length that ends its line may go on in the next (RFC 2045: 76)
_SHORT_LINE = 40  # one of whole groups from this length on
_GROUP = 4  # characters that stand for three bytes

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MARKED = bytes(1 if code in _ALPHABET or code in b"-_" else 0 for code in range(256))
_LONG = bytes([1] * _SHORTEST)
_RUN = expression(rb"(?<![A-Za-z0-9+/])(?:eyJ[A-Za-z0-9_-]{21,}|[A-Za-z0-9+/]{24,})={0,2}")
_WITHOUT_SLASH = expression(rb"[A-Za-z0-9+]{24,}={0,2}")
_SEPARATOR = rb"(?:(?:\\[rn]){0,2}[\"'],[ \t\r\n]{0,64}[\"']|\r?\n[ \t]{0,64}|(?:\\[rn]){1,2})"  # of JSON lists, YAML
_NEXT_LINE = expression(_SEPARATOR + rb"([A-Za-z0-9+/]{1,1024}={0,2})(?![A-Za-z0-9+/=])")
_HEADS = (b"PK\3\4", b"\x1f\x8b\x08", b"x\x01", b"x^", b"x\x9c", b"x\xda")
_PRINTABLE = bytes([*b"\t\n\r\f", *range(32, 127)])
_WORTH_OPENING = frozenset(
    {
        *(
            "gzip",
            "bz2",
            "xz",
            "zstd",
            "lz4",
            "lzma",
            "zlib",
            "zip",
            "zip-data",
            "tar",
            "rds",
            "rdata",
            "sqlite",
            "pickle",
            "pdf",
        ),
        *("xlsx", "xls", "ods", "docx", "doc", "odt", "pptx", "ppt", "odp", "msg", "ole"),
    }
)  # not pictures: pages hold many, and nobody writes captions into those


class Base64Runs:
    signatures = None
    nests = True
    replaces = False

    def recognises(self, content: Content) -> bool:
        """Two passes in C: is there any stretch of 24 characters of the alphabet at all?"""
        nature = content.nature
        may_hold = nature.encoding == "utf-8" and _LONG in content.data.translate(_MARKED)
        return may_hold and not is_mail_in_parts(content)

    def owns(self, label: str) -> bool:
        return label.startswith(_PREFIX)

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        role = content.role if content.role is not Role.TABLE else Role.TEXT
        for count, (start, _, inner) in enumerate(_encoded(content.data)):
            if count == _MOST:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=("base64",), detail=f"more than {_MOST} encoded texts")
                return
            yield Unpacked(f"{_PREFIX}{start}", inner, role)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        spans = {f"{_PREFIX}{start}": (start, end) for start, end, _ in _encoded(parent.data)}
        return [_encoded_again(parent.data, *spans[label], list(edits)) for label, edits in changes.items()]


def _encoded(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where what has a meaning stands, and what it means: a whole run, else what slashes part in it (in paths)."""
    for start, end in _spans(data):
        if (inner := _meaning(data[start:end])) is not None:
            yield start, end, inner
        elif b"/" in data[start:end] or data[start : start + 1] == b"+":
            yield from _between_slashes(data, start, end)


def _between_slashes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """In UTF-7 a plus sign stands before what is encoded."""
    for found in _WITHOUT_SLASH.finditer(data, start, end):
        run = found.group().lstrip(b"+")
        at = found.end() - len(run)
        if len(run) >= _SHORTEST and (inner := _meaning(run)) is not None:
            yield at, found.end(), inner


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Where runs stand; lines that are wrapped at one width are one run."""
    marked = data.translate(_MARKED)
    at = marked.find(_LONG)
    while at >= 0:
        stop = marked.find(b"\0", at)
        stop = len(data) if stop < 0 else stop
        for found in _RUN.finditer(data, at, min(stop + 2, len(data))):
            if found.start() >= at:
                at = _continued(data, found.start(), found.end())
                if at - found.start() <= _WIDEST:
                    yield found.start(), at
        at = marked.find(_LONG, max(at, stop))


def _continued(data: bytes, start: int, end: int) -> int:
    """Where a run ends that goes on in the lines below; short lines are whole groups, and two of them one width."""
    width, is_short = end - start, end - start < _LINE
    goes_on = width >= _LINE or (width >= _SHORT_LINE and width % _GROUP == 0)
    first = end
    while goes_on and data[end - 1 : end] != b"=" and (line := _NEXT_LINE.match(data, end)):
        length = len(line.group(1))
        if length > width or (is_short and length < width and (end == first or length % _GROUP)):
            break
        end = line.end()
        goes_on = length == width
    return end


def _meaning(run: bytes) -> bytes | None:
    """What a run decodes to, if that is text or a file that can be opened: names and paths decode to neither."""
    head = decoded_base64(run[:_SHORTEST])
    if head is None or not (_is_text(head) or binary_signature(head) or head.startswith(_HEADS)):
        return None
    inner = decoded_base64(run)
    return inner if inner and (_is_text(inner) or binary_signature(inner) in _WORTH_OPENING) else None


def _is_text(data: bytes) -> bool:
    """At least nine tenths printable ASCII, the rest not control characters; the NULs of UTF-16 do not count."""
    letters = data.replace(b"\0", b"") if data.count(0) * 2 >= len(data) - 1 else data
    strange = letters.translate(None, _PRINTABLE)
    return bool(letters) and len(strange) * 10 <= len(letters) and all(code > 127 for code in strange)  # noqa: PLR2004 - the last ASCII code


def _encoded_again(data: bytes, start: int, end: int, edits: list[Edit]) -> Edit:
    """The run with its content changed: same alphabet, same padding, wrapped at the same width."""
    run = data[start:end]
    inner = decoded_base64(run)
    if inner is None:
        raise CannotReencode((f"{_PREFIX}{start}",), "it is not base64")
    return Edit(start, end, encoded_like(run, apply_edits(inner, edits)))


FORMAT = Base64Runs()

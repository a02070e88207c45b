"""The first pass of the Kingfisher SDK, made of its own rules, so that its catalogue need not be loaded for it.

The SDK searches a text, and the base64 in it, for the expressions of all rules with Vectorscan, and looks closer only
where one of them is (kingfisher-scanner 1.5, scanner.rs). Vectorscan is Hyperscan's fork: the same expressions give
the same there.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator

from opensafe.detectors.gates import Groups, Held
from opensafe.model.expressions import expression

EDITION = 1
"""Goes up with every change of the expressions that are made here: what is kept belongs to one edition."""

_RULES, _RUNS = 0, 1
_MOST = 16
"""Repeats above it are searched for without an end. So a text may seem to hold what it does not, but compiling takes
a fifth of the time, and one file in a hundred without a token opens the gate."""
_PARTS = expression(r"\\[xpP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<least>\d+)(?P<span>,(?P<most>\d*))?\}")
_RUN = expression(rb"[A-Za-z0-9+/_-]{30,}={0,2}")  # the SDK asks for 32 characters, with the padding
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_ZEROS = 4


def groups(rules: Iterable[str]) -> Groups:
    """The expressions of the rules, and what may be base64."""
    return [tuple(widened(rule).encode() for rule in rules), (_RUN.pattern,)]


def widened(rule: str) -> str:
    """An expression that matches wherever that of a rule does: it counts no further than `_MOST`."""
    return _PARTS.sub(_without_end, rule)


def _without_end(part: re.Match[str]) -> str:
    if part["least"] is None:
        return part[0]
    most = part["most"] if part["span"] else part["least"]
    is_small = int(most or part["least"]) <= _MOST
    return part[0] if is_small else f"{{{min(int(part['least']), _MOST)},}}"


def opens(data: bytes, held: Held) -> bool:
    """Whether the SDK's first pass would stop anywhere in this text."""
    if _is_wide(data):
        return True
    found = held(data)
    return _RULES in found or (_RUNS in found and any(_RULES in held(inner) for inner in _decoded(data)))


def _is_wide(data: bytes) -> bool:
    """Whether the SDK may take it for UTF-16 or UTF-32 and decode it first: it asks for zeros in three bytes of ten."""
    return data.startswith(_MARKS) or data.count(0) * _ZEROS > len(data)


def _decoded(data: bytes) -> Iterator[bytes]:
    """What the SDK decodes: whole runs, to ASCII, in either alphabet."""
    for run in _RUN.findall(data):
        if len(run) % 4 == 0:
            inner = b64decode(run.translate(_URL_SAFE))
            if inner.isascii():
                yield inner

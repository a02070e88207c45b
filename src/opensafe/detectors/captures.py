"""Small rules: an expression whose last named group is a credential, and what else must stand there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import Examine
from opensafe.detectors.shapes import is_test_vector
from opensafe.detectors.values import Judgement, Worth, is_redaction, judge
from opensafe.detectors.weakpasswords import chosen, is_trial
from opensafe.detectors.words import holds_long_run
from opensafe.model.expressions import expression
from opensafe.model.finding import Hit
from opensafe.model.specimen import Specimen

QUOTED = rb"""(?:"(?P<double>[^"\r\n]{1,200}+)"|'(?P<single>[^'\r\n]{1,200}+)')"""
"""A value in quotes, of either kind."""

ARGUMENT = (
    rb"""(?:"(?P<double>[^"\r\n]{1,200}+)"|'(?P<single>[^'\r\n]{1,200}+)'"""
    rb"""|(?P<bare>[^\s"'`,;|&<>)\]\\-][^\s"'`;|&<>)\]\\]{0,199}+))"""
)
"""One argument of a command: quoted, or up to a blank or to what ends a command."""

_DISTINCT = 8
_SAMPLE = expression(rb"(?i)example|\.\.\.|x{6}|0{8}|your")


@dataclass(frozen=True, slots=True)
class Capture:
    """`pattern` has the credential in the named group that closes last; `what` says what was seen.

    `certain` where nothing but a password stands in such a place: weak ones count too, unless they are for a trial.
    `near` must stand within `reach` bytes, `path` must match the path. `sure` is false where the form is no proof.
    What goes over lines may begin and end `beyond` bytes away from the line that the trigger stands in.
    """

    what: str
    pattern: re.Pattern[bytes]
    judged: Callable[[bytes], Judgement] = judge
    near: re.Pattern[bytes] | None = None
    reach: int = 300
    path: re.Pattern[bytes] | None = None
    sure: bool = True
    certain: bool = False
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A vendor's token by its shape: what it begins with, enough to be searched for, and what else may belong to it.

    `context` must stand right before it and is no part of it.
    """

    vendor: str
    begins: bytes
    rest: bytes = b""
    context: bytes = b""

    @property
    def trigger(self) -> bytes:
        return self.context + self.begins

    @property
    def capture(self) -> Capture:
        whole = rb"(?<![A-Za-z0-9+])" + self.context + rb"(?P<value>" + self.begins + self.rest + rb")(?![A-Za-z0-9])"
        return Capture(f"rule {self.vendor}: the shape of its tokens", expression(whole), by_shape)


def captured(*captures: Capture) -> Examine:
    """An `examine` for a pattern detector: what the captures find."""

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for capture in captures:
            if capture.path is None or capture.path.search(specimen.path):
                yield from _hits(capture, specimen, start, end)

    return examine


def _hits(capture: Capture, specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for match in capture.pattern.finditer(data, max(0, start - capture.beyond), end + capture.beyond):
        group = match.lastgroup
        if group is None or not start <= match.start(group) < end or not _is_near(capture, data, match):
            continue
        if is_redaction(match[group]):
            continue
        judged = capture.judged(match[group])
        if capture.certain and not is_trial(specimen, *match.span(group)):
            judged = chosen(match[group], judged)
        hit = credential(match.start(group), match[group], judged, capture.what, sure=capture.sure)
        if hit is not None:
            yield hit


def _is_near(capture: Capture, data: bytes, match: re.Match[bytes]) -> bool:
    if capture.near is None:
        return True
    return capture.near.search(data, max(0, match.start() - capture.reach), match.end() + capture.reach) is not None


def by_shape(value: bytes) -> Judgement:
    """For values whose shape is the proof: only masks and samples speak against them, not what letters they hold."""
    if is_redaction(value) or len(set(value)) < _DISTINCT:
        return Judgement(Worth.NOTHING, "a mask, or few different characters")
    if _SAMPLE.search(value) or is_test_vector(value) or holds_long_run(value.decode("utf-8", "replace")):
        return Judgement(Worth.DOUBTFUL, "it reads like a sample")
    return Judgement(Worth.PLAUSIBLE, "the shape is right")

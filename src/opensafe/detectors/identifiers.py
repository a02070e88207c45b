"""Identifiers that mean something only beside their name: in a text, or under the header of a column."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from opensafe.detectors.kinds import Examine
from opensafe.model.expressions import expression
from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

REACH = 60  # bytes after the word, on its line, in which the value must begin

_MOST_LISTED = 500
_AND_NEXT = expression(  # from one value to the next of a list
    rb"[\"']?(?:[ \t]{0,2}[,;/|&][ \t]{0,2}(?:and[ ])?|[ ](?:and|or)[ ])(?:\r?\n[ \t]{0,60})?[\"']?"
)
_JOINTS = expression(rb"[ ./\xa0-]")


def _any(value: bytes) -> bool:
    return bool(value)


def without_joints(value: bytes) -> bytes:
    """The value as it is compared: without spaces, dots, dashes and slashes, in capitals."""
    return _JOINTS.sub(b"", value).upper()


@dataclass(frozen=True, slots=True)
class Identifier:
    """`words` name it in a text, `header` names a column of it (both regardless of case); `shape` is its form.

    What matches neither stands within a longer word or number. `is_valid` is asked with the canonical value.
    """

    kind: str
    words: bytes
    header: bytes
    shape: bytes
    severity: Severity = Severity.MEDIUM
    confidence: Confidence = Confidence.MEDIUM
    form: Form = Form.OTHER
    is_valid: Callable[[bytes], bool] = _any
    canonical: Callable[[bytes], bytes] = without_joints
    named: re.Pattern[bytes] = field(init=False)
    heads: re.Pattern[bytes] = field(init=False)
    value: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", expression(rb"(?i)(?<![a-z])(?:" + self.words + rb")(?![a-z])"))
        object.__setattr__(
            self, "heads", expression(rb"(?is)(?:.{0,40}[^a-z])?(?:" + self.header + rb")(?:[^a-z].{0,40})?")
        )
        object.__setattr__(self, "value", expression(rb"(?<![\w.+-])(?:" + self.shape + rb")(?![\w-])(?!\.\d)"))

    def hit(self, start: int, found: bytes, why: str) -> Hit | None:
        """The hit for the text at `start`; nothing where it is not valid."""
        canonical = self.canonical(found)
        if not self.is_valid(canonical):
            return None
        return Hit(
            start=start,
            end=start + len(found),
            value=Secret(canonical, self.kind),
            form=self.form,
            severity=self.severity,
            confidence=self.confidence,
            why=why,
        )


def beside(identifier: Identifier) -> Examine:
    """Finds values that follow a word for them on the same line, and the rest of a list that begins with one."""

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        seen = start
        for word in identifier.named.finditer(specimen.data, start, end):
            for match in identifier.value.finditer(specimen.data, max(seen, word.end()), min(end, word.end() + REACH)):
                seen = match.end()
                hit = identifier.hit(match.start(), match.group(), "of the right form, behind a word that names it")
                if hit is not None:
                    yield hit
            for further in _listed(identifier, specimen.data, seen) if seen > word.end() else ():
                seen = further.end
                yield further

    return examine


def _listed(identifier: Identifier, data: bytes, at: int) -> Iterator[Hit]:
    """What goes on behind a value: `in ('1', '2', '3')`, `1, 2 and 3`."""
    for _ in range(_MOST_LISTED):
        joint = _AND_NEXT.match(data, at)
        match = identifier.value.match(data, joint.end()) if joint else None
        if match is None:
            return
        at = match.end()
        hit = identifier.hit(match.start(), match.group(), "of the right form, in a list behind a word that names it")
        if hit is not None:
            yield hit


def weighted(value: bytes, weights: Sequence[int]) -> int:
    """The sum of digits, each multiplied by its weight."""
    return sum((digit - 48) * weight for digit, weight in zip(value, weights, strict=True))

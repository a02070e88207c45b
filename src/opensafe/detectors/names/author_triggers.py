"""Names that a word announces: `Author:`, `@author`, `reviewed by`, `Dr …`, `TODO(x)`."""

import re
from collections.abc import Iterator

from opensafe.detectors.genericnames import is_generic
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import is_redaction
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_CAPITAL = rb"(?:[A-Z]|\xc3[\x80-\x9e])"
_PLAIN = rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf])"
_LETTER = rb"(?:" + _PLAIN + rb"|-|(?:'|\xe2\x80\x99)(?=[A-Za-z])(?!s(?!\w)))"  # O'Brien, but not Khan's
_WORD = rb"(?:[OD](?:'|\xe2\x80\x99))?" + _CAPITAL + _PLAIN + _LETTER + rb"{0,24}"
_PART = rb"(?:" + _CAPITAL + rb"\.?|" + _WORD + rb"|(?:van|von|de|der|den|la|le|al|bin|ter)(?= ))"
_FULL_NAME = _WORD + rb"(?:[ \t]" + _PART + rb"){0,3}[ \t]" + _WORD
_REVERSED = _WORD + rb",[ \t]" + _WORD
_ROLES = (
    rb"@?authors?|contacts?|maintainers?|owner|analyst|(?:created|written|reviewed|prepared|approved|signed[- ]off"
    rb"|checked|produced|developed|modified|amended|updated|co-?authored|qa(?:'?e?d)?)[- ]by|cc|dear"
)
_ANNOUNCED = re.compile(
    rb"(?i:(?<![\w$.-])(?:"
    + _ROLES
    + rb"))[\"']?[ \t]{0,4}[:=]?[ \t]{1,8}[\"']?(?P<name>"
    + _FULL_NAME
    + rb"|"
    + _REVERSED
    + rb")(?!\w)"
)
_TITLED = re.compile(
    rb"(?<!\w)(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sister|Nurse)\.?[ \t]{1,2}(?P<name>(?:"
    + _CAPITAL
    + rb"\.?[ \t]){0,2}"
    + _WORD
    + rb"(?:[ \t]"
    + _WORD
    + rb")?)(?!\w)"
)
_TODO = re.compile(rb"(?:TODO|FIXME|XXX|HACK)\((?P<name>[A-Za-z][A-Za-z.-]{1,30}\d{0,3})\)")
# Words that begin with a capital after these announcements and are nobody's name.
_NOT_NAMES = frozenset(
    b"the this that all any data team department university hospital health healthcare nhs england trust "
    b"service services "
    b"analytics analysis group unit office digital public information manager lead director name names contributors "
    b"authors author see use for from with and not your our their please note code project repository version table "
    b"figure care practice centre center network programme board foundation limited ltd institute committee research "
    b"person analyst user colleague sir madam sirs support help desk details email list colleagues github r python "
    b"or and copyright holders outputs branch vital statistics mailto http https no number date id type code "
    b"column field score status rating".split()
)
_MASK = re.compile(rb"x{2,25}")
_SHORTEST = 3  # letters: "Mr P" is nobody
_SPLIT = re.compile(rb"[\s,.]{1,4}")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for pattern, why, confidence in (
        (_ANNOUNCED, "a word such as author or reviewed by stands before it", Confidence.MEDIUM),
        (_TITLED, "a title stands before it", Confidence.MEDIUM),
    ):
        for match in pattern.finditer(specimen.data, start, end):
            if _is_name(match["name"]):
                yield _hit(match, Form.PERSON_NAME, confidence, why)
    for match in _TODO.finditer(specimen.data, start, end):
        if not is_generic(match["name"]):
            yield _hit(match, Form.LOGIN, Confidence.LOW, "in the brackets of a TODO")


def _is_name(name: bytes) -> bool:
    words = [word for word in _SPLIT.split(name.lower()) if word]
    sound = len(b"".join(words).strip(b"'-")) >= _SHORTEST and not any(
        word in _NOT_NAMES or _MASK.fullmatch(word) for word in words
    )
    return sound and not is_redaction(name) and not is_generic(name)


def _hit(match: re.Match[bytes], form: Form, confidence: Confidence, why: str) -> Hit:
    return Hit(
        start=match.start("name"),
        end=match.end("name"),
        value=Secret(b" ".join(match["name"].decode("utf-8", "replace").lower().encode().split()), form.value),
        form=form,
        severity=Severity.LOW if confidence is Confidence.LOW else Severity.MEDIUM,
        confidence=confidence,
        why=why,
    )


DETECTOR = PatternDetector(
    Card(
        id="names.author-triggers",
        title="Name after a title or a word such as author",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="File heads, letters and review notes announce a name. Never redacted without review.",
        remedy="Ask the person whether they want credit; else redact. Names of patients are never kept.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(("# Auth", "or: Jo Blo", "ggs"), ("jo blo", "ggs")),
            Example(("#' @auth", "or Jo van Blo", "ggs"), ("jo van blo", "ggs")),
            Example(("-- reviewed by Blo", "ggs, Jo on Monday"), ("blo", "ggs, jo"), "a.sql"),
            Example(("Seen by D", "r Blo", "ggs today"), ("blo", "ggs"), "notes.md"),
            Example(("# TODO(jblo", "ggs): fix"), ("jblo", "ggs"), "a.py"),
        ),
        non_examples=(
            Example(("Author: Data Science Team",)),
            Example(("author <- TRUE",)),
            Example(("Author: Person 3",)),
            Example(("Contact: England Analytics",)),
            Example(("the author of the Report Data",)),
            Example(("TODO(user): fix",)),
        ),
    ),
    (
        rb"(?i:(?:" + _ROLES + rb")[\"']?[ \t]{0,4}[:=]?[ \t]{1,8}[\"']?)[A-Z\xc3]",
        rb"(?:Dr|Mrs?|Ms|Miss|Prof|Professor|Sister|Nurse)\.?[ \t]{1,2}[A-Z\xc3]",
        rb"(?:TODO|FIXME|XXX|HACK)\([A-Za-z]",
    ),
    _examine,
)

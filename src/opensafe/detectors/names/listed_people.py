"""Lists of people on one line of code or output: `c("…", "…")`, `IN ('…', '…')`, `[1] "…" "…"`, `1 "…" 2 "…"`."""

import re
from collections.abc import Iterator

from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.likelypeople import people_among
from opensafe.detectors.namecells import hits_in_column
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WORD = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Za-z])|\xe2\x80\x99){1,24}"
NAME = _WORD + rb"(?:(?:[ ]" + _WORD + rb"|[ ][A-Z]\.?)?[ ]" + _WORD + rb"|(?:[ ]" + _WORD + rb")?, ?" + _WORD + rb")"
_ITEM = re.compile(rb"(?<!\w)(?P<quote>[\"'])(?P<name>" + NAME + rb")(?P=quote)(?!\w)")
_APART = 40  # bytes between two names of a list: a key, a number, a comma
_FEWEST = 2
_WHY = "in a list whose other names are surely of people"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    group: list[Cell] = []
    for match in _ITEM.finditer(specimen.data, start, end):
        if group and match.start() - group[-1][1] > _APART:
            yield from _hits(specimen, group)
            group = []
        group.append(match.span("name"))
    yield from _hits(specimen, group)


def _hits(specimen: Specimen, group: list[Cell]) -> Iterator[Hit]:
    if len(group) >= _FEWEST:
        yield from hits_in_column(specimen, b"list", list(people_among(specimen.data, group, _FEWEST)), _WHY)


_PLAIN = rb"[\"'][A-Z\xc3-\xc5][A-Za-z'\x80-\xff-]{1,24}(?: [A-Z]\.?)?,? [A-Z\xc3-\xc5][A-Za-z' \x80-\xff-]{1,40}[\"']"

DETECTOR = PatternDetector(
    Card(
        id="names.listed-people",
        title="Name in a list of people",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Code lists people to leave out, to recode or to write to, without any word that says so. Where at least "
        "two of a list are surely people and three of four likely, all of them are, be half of a name a word or "
        "unknown.",
        remedy="Redact, or ask the people whether they want credit. Names of patients are never kept.",
        reference="facts: data 4 (layers L2c and L3)",
        examples=(
            Example(('c("Gareth Hughes", "Priya Patel", "Rose Be', 'll")'), ("rose be", "ll"), "a.R"),
            Example(
                ("if cons in ('Gareth Hughes' 'Priya Quillf", "eather' 'Imran Khan')"),
                ("priya quillf", "eather"),
                "a.sas",
            ),
            Example(('[1] "HUGHES, Gareth" "PATEL, Priya" "BE', 'LL, Rose"'), ("rose be", "ll"), "a.Rout"),
            Example(('label define c 1 "Gareth Hughes" 2 "Mark Pa', 'ge" 3 "Priya Patel"'), ("mark pa", "ge"), "a.do"),
        ),
        non_examples=(
            Example(('c("White British", "Rose Bell", "North West", "Mark Page")',), path="a.R"),
            Example(('c("Rose Bell", "Mark Page")',), path="a.R"),
            Example(('c("Gareth Hughes", "Milton Keynes", "Royal Bolton", "Kings Lynn")',), path="a.R"),
        ),
    ),
    (_PLAIN + rb"[^\r\n]{1,40}" + _PLAIN,),
    _examine,
)

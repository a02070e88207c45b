"""Lists of people, one a line: bare, as points, as strings of a list of code, or with something behind a gap."""

from collections.abc import Iterator

from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import Ends
from opensafe.detectors.likelypeople import people_among
from opensafe.detectors.namecells import hits_in_column
from opensafe.detectors.names.listed_people import NAME
from opensafe.detectors.placedlooks import placed_detector
from opensafe.detectors.textlines import line_end
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_LINE = expression(
    rb"[ \t]{0,40}(?:[-*][ ]{1,3}|\d{1,3}[.)]?[ \t]{1,3})?[\"']?(?P<name>" + NAME + rb")[\"']?,?"
    rb"(?=[ \t]{0,8}(?:\r?\n|\r?\Z)|[ ]{2}|\t|[ ][-(:])"
)
_FEWEST = 3
_WHY = "one of several lines that are surely names of people"


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    if specimen.role is Role.BINARY:
        return
    group: list[Cell] = []
    for line in _lines(specimen.data, ends):
        match = _LINE.match(specimen.data, line)
        if group and (match is None or specimen.data.count(b"\n", group[-1][1], line) != 1):
            yield from _hits(specimen, group)
            group = []
        if match is not None:
            group.append(match.span("name"))
    yield from _hits(specimen, group)


def _lines(data: bytes, ends: Ends) -> list[int]:
    """Where the lines begin that triggers tell of, the one before each and the one behind, in order."""
    starts = {data.rfind(b"\n", 0, end - 1) + 1 for end in ends}
    before = {data.rfind(b"\n", 0, start - 1) + 1 for start in starts if start > 0}
    return sorted(starts | before | {line_end(data, start) + 1 for start in starts})


def _hits(specimen: Specimen, group: list[Cell]) -> Iterator[Hit]:
    if len(group) >= _FEWEST:
        yield from hits_in_column(specimen, b"lines", list(people_among(specimen.data, group, _FEWEST)), _WHY)


_PLAIN = (
    rb"\n[ \t]{0,40}(?:[-*][ ]{1,3}|[0-9]{1,3}[.)]?[ \t]{1,3})?[\"']?[A-Z\xc3-\xc5][A-Za-z'\x80-\xff-]{1,24}"
    rb"(?: [A-Z]\.?)?,? [A-Z\xc3-\xc5][A-Za-z'\x80-\xff-]{1,24}[\"']?,?(?:[ ]{2,60}[^ \r\n]|\t|[ ]?[-(:]|[ ]?\r?\n)"
)

DETECTOR = placed_detector(
    Card(
        id="names.lines-of-people",
        title="Name in a list of people, one a line",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Leavers, clinics and telephone lists have one person a line. Where at least three lines in a row are "
        "surely people and three of four likely, all of them are, be half of a name a word or unknown.",
        remedy="Redact, or ask the people whether they want credit. Names of patients are never kept.",
        reference="facts: data 4 (layers L2c and L3)",
        examples=(
            Example(("x\nGareth Hughes\nPriya Patel\nImran Khan\nRose Be", "ll\n"), ("rose be", "ll"), "a.txt"),
            Example(
                ("x:\n  - Hughes, Gareth\n  - Patel, Priya\n  - Khan, Imran\n  - Quillf", "eather, Jo\n"),
                ("jo quillf", "eather"),
                "a.yml",
            ),
            Example(("x\nGARETH HUGHES\nPRIYA PATEL\nIMRAN KH", "AN\n"), ("imran kh", "an"), "a.txt"),
            Example(
                ("x\nGareth Hughes  x4471\nPriya Patel  x1\nImran Khan  x2\nMark Pa", "ge  x3\n"),
                ("mark pa", "ge"),
                "a.txt",
            ),
        ),
        non_examples=(
            Example(("x\nRose Bell\nMark Page\nGrace Bell\nMay Wood\n",), path="a.txt"),
            Example(("x\nGareth Hughes\n\nRose Be", "ll\n\nMark Page\n"), path="a.txt"),
            Example(("x\nStirling North\nSkye South\nSkye North West\nStirling East\n",), path="a.txt"),
            Example(("x\nGareth Hughes\nNorth West\nData Quality\nRose Be", "ll\n"), path="a.txt"),
        ),
    ),
    _look,
    (_PLAIN,),
)

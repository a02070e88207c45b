"""Lists of people on one line of code or output: `c("…", "…")`, `IN ('…', '…')`, `[1] "…" "…"`, `1 "…" 2 "…"`."""

from collections.abc import Iterable, Iterator

from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.likelypeople import names_among, people_among
from opensafe.detectors.namecells import hits_in_column
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WORD = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Za-z])|\xe2\x80\x99){1,24}"
NAME = _WORD + rb"(?:(?:[ ]" + _WORD + rb"|[ ][A-Z]\.?)?[ ]" + _WORD + rb"|(?:[ ]" + _WORD + rb")?, ?" + _WORD + rb")"
_ITEM = expression(rb"(?<!\w)(?P<quote>[\"'])(?P<name>" + NAME + rb")(?P=quote)(?!\w)")
_SINGLE = expression(
    rb"(?<!\w)[\"'](?P<name>"
    + _WORD
    + rb")[\"'](?=[ ]?[,;)\]}=|]|[ ]{1,3}[\"'])|(?<=[|(])(?P<found>"
    + _WORD
    + rb")(?=[|)])"
)
_CLOSE = 14  # bytes between two single names: `", "`, `" = "`, `", surname == "`
_FEWEST_SINGLE = 3
_APART = 40  # bytes between two names of a list: a key, a number, a comma
_FEWEST = 2
_WHY = "in a list whose other names are surely of people"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for group in _groups((match.span("name") for match in _ITEM.finditer(data, start, end)), _APART):
        yield from hits_in_column(specimen, b"list", list(people_among(data, group, _FEWEST)), _WHY)
    single = (match.span(match.lastgroup or 0) for match in _SINGLE.finditer(data, start, end))
    for group in _groups(single, _CLOSE):
        yield from hits_in_column(specimen, b"list", list(names_among(data, group, _FEWEST_SINGLE)), _WHY)


def _groups(cells: Iterable[Cell], apart: int) -> Iterator[list[Cell]]:
    """Those of more than one cell, of which each begins near the end of the one before."""
    group: list[Cell] = []
    for cell in cells:
        if group and cell[0] - group[-1][1] > apart:
            yield group
            group = []
        group.append(cell)
    if len(group) > 1:
        yield group


_PLAIN = rb"[a-z][\"'][^\"'\r\n]{1,40}[\"'][A-Z\xc3-\xc5][A-Za-z'\x80-\xff-]{1,24}(?: [A-Z]\.?)?,? [A-Z\xc3-\xc5]"
_SINGLES = (
    rb"[a-z][\"'][ ]?[,;)=][^\"'\r\n]{0,12}[\"'][A-Z\xc3-\xc5][a-z'\x80-\xff-]{1,24}[\"'][ ]?[,;)=][^\"'\r\n]{0,12}"
    rb"[\"'][A-Z]"
)

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
            Example(('x <- c("Hughes", "Patel", "Khan", "Be', 'll")'), ("be", "ll"), "a.R"),
            Example(('re.sub("(?i)(Hughes|Patel|Hus', 'sain)", "")'), ("hus", "sain"), "a.py"),
        ),
        non_examples=(
            Example(('c("Leeds", "Bradford", "Preston", "Lincoln")',), path="a.R"),
            Example(('c("Male", "Female", "Unknown"), c("Spring", "Summer", "Autumn")',), path="a.R"),
            Example(('c("White", "Black", "Brown", "Green"), c("Rose", "Grace", "Bell")',), path="a.R"),
            Example(('c("Hughes", "Patel", "Total", "Admissions", "Ward")',), path="a.R"),
            Example(('c("Bayes", "Poisson", "Gauss", "Wilcoxon")',), path="a.R"),
            Example(('c("White British", "Rose Bell", "North West", "Mark Page")',), path="a.R"),
            Example(('c("Rose Bell", "Mark Page")',), path="a.R"),
            Example(('c("Gareth Hughes", "Milton Keynes", "Royal Bolton", "Kings Lynn")',), path="a.R"),
        ),
    ),
    (
        _PLAIN,
        _SINGLES,
        rb"[|(][A-Z][a-z'-]{2,20}\|[A-Z][a-z'-]{2,20}\|[A-Z][a-z'-]{2,20}",
    ),
    _examine,
)

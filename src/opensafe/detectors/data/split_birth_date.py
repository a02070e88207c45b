"""Dates of birth that stand in three columns or three fields: a day, a month and a year."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, takewhile

from opensafe.detectors.grids import Cell, Grid, delimited
from opensafe.detectors.headedtables import is_table
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.namecells import MOST_APART
from opensafe.detectors.printedgrids import printed
from opensafe.detectors.sqlgrids import inserted
from opensafe.detectors.textlines import line_around
from opensafe.detectors.valuelists import tribbles
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen

_BIRTH = rb"(?:d\.?o\.?b|birth|born)"
_MARK = rb"[ _.-]{0,2}"
_PARTS = (rb"day|dd?", rb"month|mon|mnth|mm?", rb"year|yr|yyyy|yy?")
_BY_BIRTH = tuple(
    expression(
        rb"(?i)(?:[\w .]{0,20}[^a-z])?(?:" + _BIRTH + _MARK + rb"(?:" + part + rb")"
        rb"|(?:" + part + rb")" + _MARK + rb"(?:of" + _MARK + rb")?" + _BIRTH + rb")(?:[^a-z]\w{0,10})?"
    )
    for part in _PARTS
)
_BARE = tuple(expression(rb"(?i)" + part) for part in _PARTS)
# Where days, months and years have no word of birth, other columns have to say that each row is a person.
_PERSON = expression(
    rb"(?i)(?:\w{0,20}[^a-z])?(?:(?:fore|sur|first|last|given|family|patient|client|full)[_ .-]?(?:name|nm)|[fls]name"
    rb"|nhs\w{0,12}|chi|mrn|hosp\w{0,12}|patient|(?:patient|unit|casenote)[_ .-]?(?:id|no))(?:[^a-z]\w{0,12})?"
)
_JOINT = rb"[\"'`\])]{0,2}[ ]{0,3}[,;|\t ][ ]{0,3}[~\"'`\[(]{0,2}"
_BARE_HEAD = rb"(?i:(?:day|\bdd?)" + _JOINT + rb"(?:month|mon|mm?)" + _JOINT + rb"(?:year|yr|yyyy|yy?)\b)"
_HEADS = expression(
    rb"(?i:" + _BIRTH + _MARK + rb"(?:year|yr|y)|year" + _MARK + rb"(?:of" + _MARK + rb")?birth)|" + _BARE_HEAD
)
_MOST_HEADS = 50
# A record that is written field by field: `birth_day: 3`, `<birthDay>3</birthDay>`, `"birth": {"day": 3, …}`.
_GIVEN = rb"[\"'\]]{0,2}[ \t]{0,4}(?::|=>?|<-|>|, value=)[ \t]{0,4}[\"']?"
_FIELD = expression(
    rb"(?i)"
    + _BIRTH
    + _MARK
    + rb"(?P<part>day|dd?|month|mm?|year|yyyy|yy?)"
    + _GIVEN
    + rb"(?P<value>\d{1,4})(?![\d.-])"
)
_FIELDS_APART = 120  # bytes from one field to the next of its record
_NESTED = expression(
    rb"(?i)(?:"
    + _BIRTH
    + rb"|birth[ _]?date|date[ _]?of[ _]?birth)[\"']?[ ]{0,3}[:=][ \r\n\t]{0,20}[{(][ \r\n\t]{0,40}[\"']?day"
    + _GIVEN
    + rb"(?P<day>\d{1,2})[\"']?,[ \r\n\t]{0,40}[\"']?month"
    + _GIVEN
    + rb"(?P<month>\d{1,2})[\"']?,[ \r\n\t]{0,40}[\"']?year"
    + _GIVEN
    + rb"(?P<year>\d{4})(?!\d)"
)
# Lists of days, months and years below each other: c(3, 4), c(1, 12), c(1957, 1960).
_LIST = rb"[\"'`]?[ ]{0,3}(?::|=|<-)[ ]{0,3}c?[\[(](?P<%s>[\d, ]{1,2000})[\])],?[ \t\r\n#]{1,40}"
_LISTS = expression(
    rb"(?i)(?P<birth>" + _BIRTH + _MARK + rb")?(?<![a-z])[\"'`]?(?:day|dd?)" + _LIST % b"days"
    + rb"[\"'`]?(?:\w{1,20}[_.])?(?:month|mon|mm?)" + _LIST % b"months"
    + rb"[\"'`]?(?:\w{1,20}[_.])?(?:year|yr|yyyy|yy?)"
    + _LIST.removesuffix(rb",?[ \t\r\n#]{1,40}") % b"years"
)  # fmt: skip
_AROUND = 400  # bytes of a list in which another one says that it is of people
_NUMBER = expression(rb"\d{1,4}")
_LAST_DAY, _LAST_MONTH, _FIRST_YEAR, _LAST_YEAR = 31, 12, 1900, 2030
_WHY = "a day, a month and a year of birth in fields of their own"


@dataclass(frozen=True, slots=True)
class _Date:
    """The cells of a day, a month and a year, and what they say."""

    cells: tuple[Cell, Cell, Cell]
    value: bytes


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.role is Role.BINARY:
        return
    found = {
        date.cells: date for date in chain(_of_tables(specimen), _of_fields(specimen.data), _of_lists(specimen.data))
    }
    values = {date.value for date in found.values()}
    for date in found.values():
        yield from _hits(date, b"" if len(values) <= MOST_APART else b"dates of birth in " + specimen.path)


def _of_tables(specimen: Specimen) -> Iterator[_Date]:
    for grid in _grids(specimen):
        header = next(grid, None)
        names = [specimen.data[slice(*cell)].strip(b" '\"`[]") for cell in header.cells] if header else []
        columns = _columns(names)
        for row in grid if columns else ():
            yield from _date(specimen.data, [row.cells[at] for at in columns if at < len(row.cells)])


def _grids(specimen: Specimen) -> Iterator[Grid]:
    data = specimen.data
    heads = [match.start() for match, _ in zip(_HEADS.finditer(data), range(_MOST_HEADS), strict=False)]
    for at in heads[:1] if is_table(specimen) else heads:
        rows = delimited(data, line_around(data, at)[0])
        yield rows if is_table(specimen) else _while_even(rows)
    if not is_table(specimen):
        yield from chain(inserted(data), tribbles(data) if b"tribble(" in data else (), printed(data, heads))
        yield from of_pages(data)


def _while_even(rows: Grid) -> Grid:
    """Down to the first row of another length: below a table in a text the text goes on."""
    header = next(rows, None)
    if header is not None:
        yield header
        yield from takewhile(lambda row: len(row.cells) == len(header.cells), rows)


def _columns(names: Sequence[bytes]) -> tuple[int, ...]:
    """The columns of the day, the month and the year of birth; none where one of them is missing."""
    patterns = [_BY_BIRTH]
    if any(map(_PERSON.fullmatch, names)):
        patterns.append(_BARE)
    for parts in patterns:
        places = [next((at for at, name in enumerate(names) if part.fullmatch(name)), -1) for part in parts]
        if -1 not in places:
            return tuple(places)
    return ()


def _of_fields(data: bytes) -> Iterator[_Date]:
    fields: dict[bytes, Cell] = {}
    for match in _FIELD.finditer(data):
        if fields and match.start() - max(cell[1] for cell in fields.values()) > _FIELDS_APART:
            fields = {}
        fields[match["part"][:1].lower()] = match.span("value")
        if len(fields) == len(_PARTS):
            yield from _date(data, [fields[part] for part in (b"d", b"m", b"y")])
            fields = {}
    for match in _NESTED.finditer(data):
        yield from _date(data, [match.span(part) for part in ("day", "month", "year")])


def _of_lists(data: bytes) -> Iterator[_Date]:
    for match in _LISTS.finditer(data):
        around = data[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if match["birth"] is None and not any(map(_PERSON.fullmatch, re.findall(rb"\w{3,40}", around))):
            continue
        lists = [_NUMBER.finditer(data, *match.span(part)) for part in ("days", "months", "years")]
        for numbers in zip(*lists, strict=False):
            yield from _date(data, [number.span() for number in numbers])


def _date(data: bytes, cells: Sequence[Cell]) -> Iterator[_Date]:
    """The date, where three cells are one of somebody's life."""
    texts = [data[slice(*cell)].removesuffix(b".0") for cell in cells]
    if len(texts) < len(_PARTS) or not all(text.isdigit() and len(text) <= len(b"1957") for text in texts):
        return
    day, month, year = map(int, texts)
    if 1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH and _FIRST_YEAR <= year <= _LAST_YEAR:
        yield _Date((cells[0], cells[1], cells[2]), b"%04d-%02d-%02d" % (year, month, day))


def _hits(date: _Date, together: bytes) -> Iterable[Hit]:
    hit = Hit(
        start=0,
        end=0,
        value=Secret(together or date.value, "date of birth"),
        form=Form.OTHER,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why=f"one of many: {_WHY}, decided together" if together else _WHY,
    )
    return (replace(hit, start=start, end=end) for start, end in date.cells)


DETECTOR = ContentDetector(
    Card(
        id="data.split-birth-date",
        title="Date of birth in three fields",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Forms and older systems keep the day, the month and the year of birth apart. All three are needed, and a "
        "word of birth in their names, or a column of names or of patients' numbers beside them.",
        remedy="Remove the file from the whole history, or keep the year or an age band only.",
        reference="facts: data 2 and 3, split over columns",
        examples=(
            Example(("id,dob_day,dob_month,dob_year\n7,14,3,", "1957\n"), ("1957", "-03-14"), "p.csv"),
            Example(("surname,Day,Month,Year\nX,14,3,", "1957\n"), ("1957", "-03-14"), "p.csv"),
            Example(("INSERT INTO p (nhs, d, m, y) VALUES ('x', 14, 3, ", "1957);"), ("1957", "-03-14"), "q.sql"),
            Example(('{"birth": {"day": 14, "month": 3, "year": ', "1957}}"), ("1957", "-03-14"), "p.json"),
            Example(("birth_day: 14\nbirth_month: 3\nbirth_year: ", "1957\n"), ("1957", "-03-14"), "p.yml"),
            Example(
                ("<birthDay>14</birthDay><birthMonth>3</birthMonth><birthYear>", "1957</birthYear>"),
                ("1957", "-03-14"),
                "p.xml",
            ),
            Example(('d(surname = c("A"), day = c(14), month = c(3), year = c(', "1957))"), ("1957", "-03-14"), "p.R"),
        ),
        non_examples=(
            Example(("site,day,month,year,count\n7,14,3,2019,12\n",), path="p.csv"),
            Example(("id,dob_month,dob_year\n7,3,1957\n",), path="p.csv"),
            Example(("surname,day,month,year\nX,45,3,12\n",), path="p.csv"),
            Example(("x(day = c(14), month = c(3), year = c(1957))",), path="p.R"),
            Example(('{"start": {"day": 14, "month": 3, "year": 2019}}',), path="p.json"),
            Example(("birth_year = 1957\n",), path="p.py"),
        ),
    ),
    _look,
    (
        rb"(?i:" + _BIRTH + _MARK + rb"(?:year|yr|yy?\b|yyyy)|year" + _MARK + rb"(?:of" + _MARK + rb")?birth)",
        _BARE_HEAD,
        rb"(?i:(?:birth|dob)\w{0,20}[\"']?[ ]{0,3}[:=][ \r\n\t]{0,20}[{(][ \r\n\t]{0,40}[\"']?day)",
        (
            rb"(?i:(?:day|\bdd?)[\"'`]?[ ]{0,3}(?::|=|<-)[ ]{0,3}c?[\[(][0-9, ]{1,200}[\])],?[ \t\r\n#]{1,40}"
            rb"[\"'`]?\w{0,12}m)"
        ),
    ),
)

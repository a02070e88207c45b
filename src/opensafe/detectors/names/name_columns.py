"""Names under a header that says so: in separated values, SQL inserts, HTML tables and printed tables."""

import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile

from opensafe.detectors.grids import BLANKS_AND_BREAKS, Cell, Grid, Row, delimited, inserted, listed, of_pages, printed
from opensafe.detectors.kinds import Ends, TableDetector
from opensafe.detectors.namecells import columns_at, hits_in_column
from opensafe.detectors.textlines import line_around
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_WHY = "in a column whose header says name"
_OF_WHOM = (
    rb"patient|pt|client|resident|service[_ .-]?user|person|member|staff|employee|clinician|consultant|doctor|gp|nurse"
    rb"|surgeon|carer|parent|guardian|mother|father|nok|next[_ .-]of[_ .-]kin|contact|analyst|author|user|full|maiden"
    rb"|middle|known|preferred|display"
)
_HEADER = re.compile(
    rb"(?i)(?!(?:the|an?|your|our|their|and|or|of|by|with|is|no)[ ])(?:[\w.'-]{0,40}[_ .-])?"
    rb"(?:(?:fore|sur|first|last|given|family|christian)[_ .-]?names?|fname|lname|sname"
    rb"|(?:" + _OF_WHOM + rb")[_ .-]?names?|known[_ .-]as|next[_ .-]of[_ .-]kin"
    rb")(?:[_ .-]?\d{1,2})?"
)
_WORDS = rb"(?:fore|sur|first|last|given|family|christian)[_ .-]?name|fname|lname|sname|known[_ .-]as|next[_ .-]of" + (
    rb"|(?:" + _OF_WHOM + rb")[_ .-]?name"
)
_PRINTED = re.compile(rb"(?:(?:fore|sur|first|last|given|family|patient|full)[_.]?name)(?=[ \t\r\n])")
_TABLES = frozenset({"csv", "tsv"})
_DELIMITERS = (b",", b";", b"\t", b"|")
_FIRST = 6  # rows of a text that must agree before it is taken for a table
_HEAD = 8_000  # bytes in which the header of a table stands, below a title perhaps
_PART_OF_NAME = re.compile(rb"(?i)(?:fore|sur|first|last|given|family)[_ .-]?name")
_PLAIN_HEAD = re.compile(rb"[^=(){}]{0,80}")
_BREAK = re.compile(rb"(?<=[a-z])(?=[A-Z])")


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    seen: set[Cell] = set()
    for grid in _grids(specimen, ends):
        for hit in _hits(grid, specimen):
            if (hit.start, hit.end) not in seen:
                seen.add((hit.start, hit.end))
                yield hit


def _grids(specimen: Specimen, ends: Ends) -> Iterator[Grid]:
    data = specimen.data
    if any(label.startswith("pickle:") for label in specimen.via):
        yield from (_while_capitals(grid, data) for grid in listed(data, ends, _PART_OF_NAME.fullmatch))
        return
    is_table = specimen.signature in _TABLES or specimen.role is Role.TABLE
    if ends and ends[0] <= _HEAD:
        rows = _from(data, line_around(data, ends[0] - 1)[0])
        yield rows if is_table else _if_even(rows, data)
    if not is_table:
        yield from inserted(data)
        yield from (_with_capitals(grid, data) for grid in printed(data, ends, _PRINTED, BLANKS_AND_BREAKS))
    yield from of_pages(data)


def _can_head(line: bytes) -> bool:
    """Whether it can be the header of separated values, of a printed table, or of values that stand one a line."""
    if any(mark in line for mark in _DELIMITERS) or _PART_OF_NAME.fullmatch(line):
        return True
    return _PRINTED.search(line.lower() + b"\n") is not None


def _from(data: bytes, begin: int) -> Grid:
    """The separated values that begin at this line."""
    for row in delimited(data[begin:] if begin else data):
        yield Row(tuple((start + begin, end + begin) for start, end in row.cells))


def _if_even(rows: Grid, data: bytes) -> Grid:
    """The rows, where the first of them have as many cells as the header: lines of code and prose do not."""
    head = list(islice(rows, _FIRST))
    if head and not all(_PLAIN_HEAD.fullmatch(data[start:end]) for start, end in head[0].cells):
        return iter(())
    agree = sum(len(row.cells) == len(head[0].cells) for row in head[1:]) if head else 0
    return chain(head, rows) if agree * 2 > len(head[1:]) and head[1:] else iter(())


def _heads_names(line: bytes) -> bool:
    return _HEADER.fullmatch(_BREAK.sub(b"_", line.strip())) is not None


def _while_capitals(grid: Grid, data: bytes) -> Grid:
    """Of values one a line, whose columns have no end, those down to the first that looks like no name."""
    yield from islice(grid, 1)
    yield from takewhile(lambda row: data[slice(*row.cells[0])].strip().istitle(), grid)


def _with_capitals(grid: Grid, data: bytes) -> Grid:
    """Of a printed table, which is told by a word and by the spaces between words, what looks like names."""
    header = next(grid)
    line = data[data.rfind(b"\n", 0, header.cells[0][0]) + 1 : data.find(b"\n", header.cells[0][1])]
    if len(line.split()) > 1 and b"  " in line:
        yield header
        yield from (row for row in grid if row.cells and data[slice(*row.cells[0])].istitle())


def _hits(grid: Grid, specimen: Specimen) -> Iterator[Hit]:
    header = next(grid, None)
    names = [specimen.data[start:end].strip() for start, end in header.cells] if header else []
    wanted = [number for number, name in enumerate(names) if _heads_names(name)]
    if wanted:
        for number, cells in columns_at((row.cells for row in grid), wanted).items():
            yield from hits_in_column(specimen, names[number], cells, _WHY)


DETECTOR = TableDetector(
    Card(
        id="names.name-columns",
        title="Name in a column that is named so",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="The header says that names stand below it, however far. More than twenty different names are one finding.",
        remedy="Remove the file from the whole history, or redact the values. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c)",
        examples=(
            Example(("id,surname,forename\n1,Blo", "ggs,Jo\n"), ("blo", "ggs"), "p.csv"),
            Example(
                ("Staff list\n\nBand;Staff Name\n", *("7;A B\n" * 9), "7;Jo Blo", "ggs\n"), ("jo blo", "ggs"), "s.csv"
            ),
            Example(("INSERT INTO p (id, LastName) VALUES (1, 'Blo", "ggs');"), ("blo", "ggs"), "load.sql"),
            Example(
                ("<table><tr><th>Patient name</th></tr><tr><td>Jo Blo", "ggs</td></tr></table>"),
                ("jo blo", "ggs"),
                "r.html",
            ),
            Example(("   id  surname\n0  A1   Blo", "ggs\n1  A2    Smi", "th\n"), ("blo", "ggs"), "out.txt"),
        ),
        non_examples=(
            Example(("id,ward_name,file_name\n1,Blo", "ggs,Smi", "th\n"), path="p.csv"),
            Example(("id,surname\n1,NA\n2,\n3,12\n",), path="p.csv"),
            Example(("select surname, forename from p where x = 'a'\n",), path="q.sql"),
            Example(("last_name\nBlo", "ggs\nSmi", "th\n"), path="words.txt"),
            Example(("surname, forename = row.split()\nx, y = 1, 2\nreturn Blo", "ggs(x)\n"), path="a.py"),
            Example(
                ("username, password = auth(x)\nm(\n    Proxy,\n    user=a,\n    key=b,\n    n=1,\n",), path="a.py"
            ),
            Example(("the surname, first, then\nthe rest, you know, then\n",), path="notes.md"),
        ),
    ),
    _look,
    (rb"(?i:" + _WORDS + rb")",),
    _can_head,
)

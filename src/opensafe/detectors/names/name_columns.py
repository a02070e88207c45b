"""Names under a header that says so, in tables of every kind and in lists of code."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice, takewhile

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.grids import Cell, Grid
from opensafe.detectors.headedtables import headed, is_pickled, is_table, scattered, table_detector
from opensafe.detectors.kinds import Ends
from opensafe.detectors.namecells import columns_at, hits_in_column, is_known, is_known_in_column
from opensafe.detectors.namedfields import field_of
from opensafe.detectors.namewords import NO_PERSON
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WHY = "in a column whose header says name"
_OF_WHOM = (
    rb"patient|pat|pt|client|resident|service[_ .-]?user|person|staff|employee|emp|clinician|consultant|doctor|gp|nurse"
    rb"|surgeon|midwife|practitioner|carer|parent|guardian|mother|father|spouse|partner|nok|next[_ .-]of[_ .-]kin"
    rb"|analyst|author|reviewer|applicant|referrer|prescriber|full|maiden|middle|known"
)
_PARTS = rb"(?:fore|sur|first|last|given|family|christian)"
_NAME = rb"[_ .-]?(?:names?|nm)"
_SURE = (
    _PARTS + _NAME + rb"|fname|lname|sname|[fs]nm|known[_ .-]as|next[_ .-]of[_ .-]kin"
    rb"|(?:" + _OF_WHOM + rb")" + _NAME + rb"|names?[_ .-]of[_ .-](?:" + _OF_WHOM + rb")"
)
# What is not only of people, and what somebody does: what stands below such a header has to look like names.
_ROLE = (
    rb"(?:display|preferred|user|owner|member|contact|manager|requester|customer|student|recipient|worker|child)"
    + _NAME
    + rb"|(?:allocated|assigned)[_ .-]to|key[_ .-]?worker|care[_ .-]?co-?ordinator|line[_ .-]?manager"
    rb"|staff[_ .-]?member|(?:seen|reviewed|requested|approved|referred|created|checked|signed|entered|updated"
    rb"|completed|reported|authori[sz]ed|recorded|prescribed)[_ .-]by|named[_ .-](?:nurse|consultant)"
    rb"|responsible[_ .-](?:person|clinician)"
)
# Words that are anything in a text, and say who where they are all that a header says.
_ALONE = (
    rb"patient|carer|owner|chair|lead|analyst|author|reviewer|assignee|presenter|attendee|clinician|consultant|doctor"
    rb"|nurse|surgeon|practitioner|gp|registrar|employee|manager|staff"
)
_SHORT = rb"given|family|nok"  # columns of databases
_PREFIX = rb"(?i)(?!(?:the|an?|your|our|their|and|or|of|by|with|is|no)[ ])(?:[\w.'-]{0,40}[_ .-])?(?:"
_HEADER = expression(_PREFIX + _SURE + rb")(?:[_ .-]?\d{1,2})?")
_ROLES = expression(_PREFIX + _ROLE + rb")(?:[_ .-]?\d{1,2})?|(?:" + _ALONE + rb"|" + _SHORT + rb")s?")
_WORDS = _SURE + rb"|" + _ROLE
_OF_CODE = expression(rb"(?i:client" + _NAME + rb")\Z|parentName\Z")  # in code a program, or an element of a page
_LONGEST_HEADER = 200  # bytes
_OF_COLUMNS = expression(rb"[A-Za-z]{2,40}(?:_[A-Za-z]{2,40}){1,5}")
_TYPE = expression(
    rb"(?:\[\w{0,20}\]|\*)?(?:u?int(?:8|16|32|64)?(?:_t)?|float(?:32|64)|byte|bool|rune|usize|[iu](?:8|16|32|64))"
)
_OF_SQL = frozenset(
    (
        *("SELECT", "FROM", "WHERE", "AND", "OR", "ON", "JOIN", "LEFT", "RIGHT", "INNER", "OUTER", "CASE", "WHEN"),
        *("THEN", "ELSE", "END", "AS", "GROUP", "ORDER"),
    )
)
_BREAK = expression(rb"(?<=[a-z])(?=[A-Z])")


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    seen: set[Cell] = set()
    of_pickle = is_pickled(specimen)
    tables = headed(specimen, ends, _heads_names)
    loose = scattered(specimen, ends, _heads_names, _holds)
    for grid in chain((_while_capitals(grid, specimen.data) if of_pickle else grid for grid in tables), loose):
        for hit in _hits(grid, specimen):
            if (hit.start, hit.end) not in seen:
                seen.add((hit.start, hit.end))
                yield hit


@lru_cache(maxsize=1 << 14)
def _heads_names(line: bytes) -> bool:
    return len(line) <= _LONGEST_HEADER and _says_names(line)


def _says_names(line: bytes) -> bool:
    return _is_sure(line) or _ROLES.fullmatch(_BREAK.sub(b"_", line.strip())) is not None


def _is_sure(line: bytes) -> bool:
    return _HEADER.fullmatch(_BREAK.sub(b"_", line.strip())) is not None


def _while_capitals(grid: Grid, data: bytes) -> Grid:
    """Of values one a line, whose columns have no end, those down to the first that looks like no name."""
    yield from islice(grid, 1)
    yield from (row for row in islice(grid, 1) if _begins(data[slice(*row.cells[0])].strip()))
    yield from takewhile(lambda row: _goes_on(data[slice(*row.cells[0])].strip()), grid)


def _begins(cell: bytes) -> bool:
    """Whether a line can be a name, and no name of a column."""
    words = cell.decode("utf-8", "replace").lower().split()
    return _is_capital(cell) and NO_PERSON.isdisjoint(words) and not field_of(cell) and not _heads_names(cell)


def _goes_on(cell: bytes) -> bool:
    return _begins(cell) and not is_common_word(cell)


def _holds(header: bytes, value: bytes) -> bool:  # noqa: ARG001 - every header of names holds the same
    """Whether a value whose column is not told is a name: one that is a word in code is not."""
    text, known = value.decode("utf-8", "replace").strip(), known_names()
    if not text[:1].isupper() or is_common_word(value.strip()) or field_of(value) or _heads_names(value):
        return False
    return known.is_given(text) or known.is_surname(text) or is_known_in_column(value)


def _is_capital(cell: bytes) -> bool:
    """Whether it begins like a name; in code small letters are the names of columns and variables."""
    text = cell.decode("utf-8", "replace")
    return (text[:1].isupper() and text not in _OF_SQL) or is_known(cell)


def _is_header(cell: bytes) -> bool:
    """Whether it is what a column is called: the list is one of columns."""
    return _OF_COLUMNS.fullmatch(cell) is not None or field_of(cell) is not None or _heads_names(cell)


def _hits(grid: Grid, specimen: Specimen) -> Iterator[Hit]:
    header = next(grid, None)
    names = [specimen.data[start:end].strip() for start, end in header.cells] if header else []
    wanted = [number for number, name in enumerate(names) if _heads_names(name)]
    if any(map(_TYPE.fullmatch, names)):
        return  # fields of a structure with their types, one a line
    for number, cells in columns_at((row.cells for row in grid), wanted).items() if wanted else ():
        if not _is_sure(names[number]) or (not is_table(specimen) and _OF_CODE.search(names[number])):
            cells = [cell for cell in cells if is_known_in_column(specimen.data[slice(*cell)])]  # noqa: PLW2901
        elif not is_table(specimen):
            if any(_is_header(specimen.data[slice(*cell)]) for cell in cells):
                continue
            cells = [cell for cell in cells if _is_capital(specimen.data[slice(*cell)])]  # noqa: PLW2901
        yield from hits_in_column(specimen, names[number], cells, _WHY)


DETECTOR = table_detector(
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
            Example(("x <- data.frame(pt_nm = c('Blo", "ggs, Jo', 'A, B'))"), ("jo blo", "ggs"), "a.R"),
            Example(('{"Surname": {"0": "Smi', 'th", "1": "Blo', 'ggs"}}'), ("blo", "ggs"), "p.json"),
            Example(("| Action | Owner |\n|---|---|\n| Call | Priya Hug", "hes |\n"), ("priya hug", "hes"), "a.md"),
            Example(("id,given,family\n1,Gareth,Hug", "hes\n"), ("hug", "hes"), "p.csv"),
            Example(('[{"parentName": "Jo Hug', 'hes"}, {"parentName": "Jo Jones"}]'), ("jo hug", "hes"), "p.json"),
            Example((' $ surname : chr  "Hug', 'hes" "Jones"\n'), ("hug", "hes"), "out.txt"),
            Example(('$ surname <chr> "Jones", "Hug', 'hes"\n'), ("hug", "hes"), "out.txt"),
            Example((" Obs   SURNAME   WARD\n\n   1   Hug", "hes    A\n   2   Jones     B\n"), ("hug", "hes"), "a.lst"),
            Example(("id,allocated_to\n1,P. Hug", "hes\n"), ("p. hug", "hes"), "p.csv"),
        ),
        non_examples=(
            Example(('{"displayName": "Chart Title", "user_name": "Sum Of Value"}',), path="c.json"),
            Example(('{"SubscriptionClientName": "Basket", "ClientName": "Order Swagger UI"}',), path="c.json"),
            Example(('mdx("a", {parentName: "li"}, mdx("b", {parentName: "lee"}))',), path="page.js"),
            Example(
                (
                    "|a|surname|c|\n|---|---|---|\n|x||z|\n|x||z|\n",
                    "\nmore\n\n|Syntax|Description|Text|\n|---|---|---|\n|%d||3|\n",
                ),
                path="a.md",
            ),
            Example(('display_name = "EMIS"\nusername="SA",\n',), path="a.py"),
            Example(("id,ward_name,file_name\n1,Blo", "ggs,Smi", "th\n"), path="p.csv"),
            Example(("id,surname\n1,NA\n2,\n3,12\n",), path="p.csv"),
            Example(("| Table | Owner |\n|---|---|\n| Spells | Data Team |\n",), path="a.md"),
            Example(("select surname, forename from p where x = 'a'\n",), path="q.sql"),
            Example(('x <- c(\n  "Surname",\n  "Sex",\n  "PracticeCode",\n  "Postcode",\n)',), path="a.R"),
            Example(('t.select(\n  "GIVEN_NAME",\n  "NHS_NO",\n  "LABEL",\n  "STATE_OF",\n)',), path="a.py"),
            Example(("last_name\nBlo", "ggs\nSmi", "th\n"), path="words.txt"),
            Example(("surname, forename = row.split()\nx, y = 1, 2\nreturn Blo", "ggs(x)\n"), path="a.py"),
            Example(
                ("username, password = auth(x)\nm(\n    Proxy,\n    user=a,\n    key=b,\n    n=1,\n",), path="a.py"
            ),
            Example(("\tFamily  uint16\n\tTos     uint8\n\tHalen   uint8\n",), path="a.go"),
            Example(('df = {"Parent name": ["Org A", "Org B", "Leeds NHS Trust"]}',), path="a.py"),
            Example(("the surname, first, then\nthe rest, you know, then\n",), path="notes.md"),
        ),
    ),
    _look,
    (
        rb"(?i:" + _WORDS + rb")",
        rb"(?i:(?:[\t>]|[|][ ]?)(?:" + _ALONE + rb"))",
        rb"(?i:[\t,;|>`](?:" + _SHORT + rb"))",
    ),
    _heads_names,
)

"""Passwords and keys under a header that names them: separated values, SQL inserts, HTML tables, pickled records."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.grids import Grid, delimited, listed
from opensafe.detectors.headedtables import is_pickled, table_detector
from opensafe.detectors.kinds import Ends
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.settingnames import Kind, kind_of
from opensafe.detectors.sqlgrids import inserted
from opensafe.detectors.values import Worth, judge
from opensafe.detectors.words import looks_random, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_HEADS = rb"passw|pwd|passphrase|secret|api[ _.-]?key|access[ _.-]?key|auth[ _.-]?key|private[ _.-]?key|token"
_HEAD = expression(rb"(?i)" + _HEADS)
_NAME = expression(rb"[A-Za-z][\w .-]{1,40}")
_FIRST_LINE = 20_000
_LEAST = {Kind.PASSWORD: 6, Kind.KEY: 16}  # characters
_SHARE_OF_KEYS = 0.5  # of its cells: the tokens of a table of words are words, and a few that look like none


def _look(specimen: Specimen, ends: Ends) -> Iterator[Hit]:
    seen: set[int] = set()
    of_pickle = is_pickled(specimen)
    for grid in listed(specimen.data, ends, _kind) if of_pickle else _grids(specimen.data):
        for hit in _hits(grid, specimen.data, unbroken=of_pickle):
            if hit.start not in seen:
                seen.add(hit.start)
                yield hit


def _grids(data: bytes) -> Iterator[Grid]:
    end = data.find(b"\n", 0, _FIRST_LINE)
    if _HEAD.search(data, 0, _FIRST_LINE if end < 0 else end):
        yield delimited(data)
    yield from inserted(data)
    yield from of_pages(data)


def _kind(header: bytes) -> Kind | None:
    """Of a name that says password or key, and nothing for all others."""
    kind = kind_of(header.strip()) if _NAME.fullmatch(header.strip()) and _HEAD.search(header) else None
    return kind if kind in _LEAST else None


def _hits(grid: Grid, data: bytes, *, unbroken: bool) -> Iterator[Hit]:
    """Hits of every row; where columns have no bounds, only of those down to the first that is none."""
    header = next(grid, None)
    named = enumerate(_kind(data[slice(*cell)]) for cell in header.cells) if header else ()
    kinds = [(number, kind) for number, kind in named if kind is not None]
    keys: list[Hit] = []
    cells_of_keys = 0
    for row in grid if kinds else ():
        cells = [(kind, row.cells[number]) for number, kind in kinds if number < len(row.cells)]
        hits = [(kind, hit) for kind, (start, end) in cells for hit in _hit(kind, start, data[start:end])]
        if unbroken and not hits:
            break
        cells_of_keys += sum(kind is Kind.KEY and end > start for kind, (start, end) in cells)
        keys += (hit for kind, hit in hits if kind is Kind.KEY)
        yield from (hit for kind, hit in hits if kind is not Kind.KEY)
    if len(keys) >= _SHARE_OF_KEYS * cells_of_keys:
        yield from keys


def _hit(kind: Kind, start: int, value: bytes) -> Iterator[Hit]:
    """Only what is no word: columns of that name hold many other things."""
    text = value.decode("utf-8", "replace")
    if len(text) < _LEAST[kind] or " " in text or text.isdigit():
        return
    if not mixes_letters_and_digits(text) and not looks_random(text):
        return
    judged = judge(value)
    hit = credential(start, value, judged, f"in a column whose header says {kind.value}", sure=False)
    if hit is not None and judged.worth is Worth.PLAUSIBLE:
        yield hit


_VALUE = ("kT7", "vq9-Lm2x")
_KEY = ("Zk8vQ2pLm4", "Xr7TnBw3Hd")

DETECTOR = table_detector(
    Card(
        id="secrets.password-columns",
        title="Password or key in a column that is named so",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.CONTENT,
        why="A table of accounts keeps its passwords below one word, however far. Values that are words or numbers "
        "are passed over: such columns often hold something else.",
        remedy="Change the passwords, then remove the file from the whole history, or redact the values.",
        reference="CWE-256, plaintext storage of a password; facts: secrets 13",
        examples=(
            Example(("user,password\n", *("app,welcome\n" * 9), "app,", *_VALUE, "\n"), _VALUE, "users.csv"),
            Example(("user;api_key\napp;", *_KEY, "\n"), _KEY, "keys.csv"),
            Example(("INSERT INTO u (name, passwd) VALUES ('app', '", *_VALUE, "');"), _VALUE, "load.sql"),
            Example(("<table><tr><th>Password</th></tr><tr><td>", *_VALUE, "</td></tr></table>"), _VALUE, "r.html"),
        ),
        non_examples=(
            Example(("token,count\npatient2,12\nward9a,3\n",), path="words.csv"),
            Example(("token,count\nflat,9\nhouse,7\nlane,5\n58cumberlandmills2square,1\n",), path="words.csv"),
            Example(("user,password\napp,\napp,yes\napp,1234567\napp,changeme\n",), path="users.csv"),
            Example(("user,password_changed\napp,", *_VALUE, "\n"), path="users.csv"),
            Example(("user,password\napp,REDACTED-1\n",), path="users.csv"),
        ),
    ),
    _look,
    (rb"(?i:" + _HEADS + rb")",),
    _kind,
)

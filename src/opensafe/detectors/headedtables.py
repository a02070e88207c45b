"""Every table of a content that has a column somebody looks for, whatever it is written in.

What is looked for is told by mentions of a column's name. What a name at a mention really says, the caller asks of
the first row of each table.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice, pairwise

from opensafe.detectors.grids import MAX_ROWS, Grid, Row, delimited, listed, stripped
from opensafe.detectors.headlines import FIRST_ROWS, can_stand_in_text, is_marked, is_plain_head
from opensafe.detectors.kinds import Ends, TableDetector
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.printedgrids import printed
from opensafe.detectors.sqlgrids import inserted
from opensafe.detectors.textlines import line_end, lines_at
from opensafe.detectors.valuelists import listed_under, structured, tribbles
from opensafe.model.detector import Card
from opensafe.model.expressions import expression
from opensafe.model.finding import Hit
from opensafe.model.specimen import Role, Specimen

_TABLES = frozenset({"csv", "tsv"})
_HEAD = 8_000  # bytes in which the header of separated values stands, below a title perhaps
_CELLS = expression(rb"[\t,;|:=<>\"'`()\[\]{}~]|[ ]{2,80}")
_RULE = expression(rb":?-{2,200}:?")
_MARK = expression(rb"[\t,;|]")
_MOST_WORDS = 5  # of a name
_LONGEST = 4_000  # bytes of the header of a table in a text
_MARKED_ROWS = 2_000
_MOST_LOOSE = 8  # names of a pickled table
_LARGEST_LOOSE = 200_000  # bytes of its values: larger ones are a question as a file


def table_detector(
    card: Card,
    look: Callable[[Specimen, Ends], Iterable[Hit]],
    triggers: tuple[bytes, ...],
    is_head: Callable[[bytes], object],
) -> TableDetector:
    """A detector of tables with a column of which `is_head` says, by its name, that it is looked for."""
    return TableDetector(
        card,
        look,
        triggers,
        heads=partial(_can_head, is_head),
        stands=can_stand_in_text,
        anywhere=lambda specimen: is_table(specimen) or is_pickled(specimen),
    )


def _can_head(is_head: Callable[[bytes], object], before: bytes, behind: bytes) -> bool:
    """Whether a mention, with what stands before and behind it on its line, can be the header of a column or the name
    of a list: whether its cell or some words with it are one.

    This is asked once of a piece of text, what follows from it of every version of a file.
    """
    begins, ends = _CELLS.split(before)[-1].split(), _CELLS.split(behind)[0]
    words = [*begins[-_MOST_WORDS:-1], *((begins[-1] if begins else b"") + ends).split()]
    at = len(begins[-_MOST_WORDS:-1])
    runs = (
        (first, last) for first in range(at + 1) for last in range(at + 1, min(first + _MOST_WORDS, len(words)) + 1)
    )
    return any(is_head(b" ".join(words[first:last])) for first, last in runs)


def headed(specimen: Specimen, ends: Ends, is_head: Callable[[bytes], object]) -> Iterator[Grid]:
    """The tables, with their header as the first row; some more than once. `ends` are those of mentions in headers."""
    data = specimen.data
    if is_pickled(specimen):
        yield from listed(data, ends, is_head)
        return
    mentions = [end - 1 for end in ends]
    if mentions and mentions[0] <= _HEAD:
        rows = delimited(data, data.rfind(b"\n", 0, mentions[0]) + 1)
        yield rows if is_table(specimen) else _if_even(rows, data)
        if is_table(specimen) and mentions[0] < line_end(data, 0):
            yield _single(data)
    if not is_table(specimen) and specimen.role is not Role.BINARY:
        yield from _of_text(data, mentions)
    yield from of_pages(data)


def _single(data: bytes) -> Grid:
    """The lines of a table of one column; nothing where it has more."""
    at = 0
    for _ in range(MAX_ROWS if not _MARK.search(data, 0, line_end(data, 0)) else 0):
        if at >= len(data):
            return
        end = line_end(data, at)
        yield Row((stripped(data, at, end),))
        at = end + 1


def is_pickled(specimen: Specimen) -> bool:
    """Whether the content is what stood in a pickle, one value a line."""
    return any(label.startswith("pickle:") for label in specimen.via)


def is_table(specimen: Specimen) -> bool:
    """Whether the content is one table and nothing else."""
    return specimen.signature in _TABLES or specimen.role is Role.TABLE


def scattered(
    specimen: Specimen,
    ends: Ends,
    is_head: Callable[[bytes], object],
    is_value: Callable[[bytes, bytes], bool],
) -> Iterator[Grid]:
    """Of a pickled table, which tells its columns' names in one place, each name and the values that may be of it.

    `is_value(name, line)` says whether a line can be: two of them in a row are taken for values.
    """
    data = specimen.data
    if len(data) > _LARGEST_LOOSE or not is_pickled(specimen):
        return
    given: set[bytes] = set()
    for head in lines_at(data, ends):
        name = data[slice(*head)]
        if name in given or len(given) >= _MOST_LOOSE or not is_head(name):
            continue
        if not is_value(name, data[head[1] + 1 : line_end(data, head[1] + 1)]):
            given.add(name)
            yield chain([Row((head,))], _in_a_row(data, partial(is_value, name)))


def _in_a_row(data: bytes, is_value: Callable[[bytes], bool]) -> Iterator[Row]:
    """The lines that are values, beside another one."""
    at, before, was_given = 0, (0, 0), False
    while at < len(data):
        line, at = (at, line_end(data, at)), line_end(data, at) + 1
        if not is_value(data[slice(*line)]):
            before, was_given = (0, 0), False
            continue
        if before != (0, 0):
            yield from (Row((cell,)) for cell in ([line] if was_given else [before, line]))
            was_given = True
        before = line


def _of_text(data: bytes, mentions: list[int]) -> Iterator[Grid]:
    """What stands in texts and code."""
    yield from inserted(data)
    if b"tribble(" in data:
        yield from tribbles(data)
    lines = [at for at in mentions if _is_short(data, at)]
    yield from _marked(data, lines)
    yield from printed(data, lines)
    yield from listed_under(data, mentions)
    yield from structured(data, lines)


def _is_short(data: bytes, at: int) -> bool:
    """Whether it stands near both ends of its line: whole files can be one."""
    behind = data.find(b"\n", at, at + _LONGEST) >= 0 or at + _LONGEST > len(data)
    return behind and (at <= _LONGEST or data.rfind(b"\n", at - _LONGEST, at) >= 0)


def _if_even(rows: Grid, data: bytes) -> Grid:
    """The rows, where the first of them have as many cells as the header: lines of code and prose do not."""
    head = list(islice(rows, 1 + FIRST_ROWS))
    if head and not all(is_plain_head(data[start:end]) for start, end in head[0].cells):
        return iter(())
    agree = sum(len(row.cells) == len(head[0].cells) for row in head[1:]) if head else 0
    return _to_next(chain(head, rows), data) if agree * 2 > len(head[1:]) and head[1:] else iter(())


def _to_next(rows: Grid, data: bytes) -> Grid:
    """The rows down to the header of the next table of Markdown: below it stands a rule."""
    for number, (row, below) in enumerate(pairwise(chain(rows, [Row(())]))):
        if number and _is_rule(below, data):
            return
        yield row


def _is_rule(row: Row, data: bytes) -> bool:
    filled = [data[start:end] for start, end in row.cells if start < end]
    return bool(filled) and all(_RULE.fullmatch(cell) for cell in filled)


def _marked(data: bytes, mentions: list[int]) -> Iterator[Grid]:
    """The tables of Markdown: a rule stands below their header, and they end with the bars."""
    reached = -1
    for at in mentions:
        end = line_end(data, at)
        if at <= reached or not is_marked(data, end + 1):
            continue
        begin = data.rfind(b"\n", 0, at) + 1
        lines = data[begin : begin + 1_000_000].split(b"\n", _MARKED_ROWS)[:_MARKED_ROWS]
        count = next((number for number, line in enumerate(lines) if b"|" not in line), len(lines))
        reached = begin + sum(len(line) + 1 for line in lines[:count])
        yield islice(delimited(data, begin), count)

"""Tables that somebody rendered, in pages, in notebooks and in Markdown: described like those of data files."""

import html
import re
from collections.abc import Iterator
from itertools import chain, islice, takewhile

from opensafe.detectors.grids import Grid
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.tableprofile import Profile, profile_of, small_numbers
from opensafe.detectors.textlines import line_around
from opensafe.formats.tables import Table, table_of
from opensafe.model.disclosure import DisclosureRule
from opensafe.model.expressions import expression

_MOST_TABLES = 200
_SHOWN = 5  # lines about small numbers
_MOST_ROWS = 2000
_RULE = expression(rb"[ \t]{0,3}\|?[ \t]{0,3}:?-{2,80}[ \t:|-]{0,2000}\r?")  # below the header of Markdown
_RULE_ENDS = expression(rb"--[ \t:|-]{0,2000}\r?$", re.MULTILINE)  # begins with letters, so that `re` is quick


def tables_in(data: bytes) -> list[Table]:
    """The tables of HTML and of Markdown in a text, up to 200."""
    grids = islice(of_pages(data), _MOST_TABLES)
    found = [table_of(_texts(grid, data)) for grid in grids]
    found += [table_of(_marked(data, rule)) for rule in islice(_rules(data), _MOST_TABLES)]
    return [table for table in found if table.header and table.rows]


def told(tables: list[Table], rule: DisclosureRule) -> Iterator[str]:
    """How many tables there are, which of them look like rows about people, and small numbers in the others."""
    profiles: list[Profile] = [profile_of(table) for table in tables]
    people = sum(profile.record_level for profile in profiles)
    if tables:
        yield f"tables: {len(tables):,}, of which {people:,} look like one row a person"
    lines = {line for table, profile in zip(tables, profiles, strict=True) if not profile.record_level
             for line in small_numbers(table, rule)}  # fmt: skip
    yield from sorted(lines)[:_SHOWN]


def _texts(grid: Grid, data: bytes) -> Iterator[list[str]]:
    for row in grid:
        yield [html.unescape(data[start:end].decode("utf-8", "replace")) for start, end in row.cells]


def _rules(data: bytes) -> Iterator[re.Match[bytes]]:
    lines = (line_around(data, found.start()) for found in _RULE_ENDS.finditer(data))
    yield from filter(None, (_RULE.fullmatch(data, *line) for line in lines))


def _marked(data: bytes, rule: re.Match[bytes]) -> Iterator[list[str]]:
    """The rows of a Markdown table: the line above the rule, and those below it that have bars."""
    above = data.rfind(b"\n", 0, max(0, rule.start() - 1)) + 1
    below = data[rule.end() + 1 : rule.end() + 1_000_000].split(b"\n", _MOST_ROWS)[:_MOST_ROWS]
    for line in chain([data[above : rule.start()]], takewhile(lambda line: b"|" in line, below)):
        if b"|" in line:
            yield [cell.strip() for cell in line.decode("utf-8", "replace").strip().strip("|").split("|")]

"""Tables in a text are read as rows of cells, whatever they are written in; what is no table is harmless."""

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.grids import Grid, delimited, inserted, of_pages, printed
from opensafe.detectors.kinds import ends_of
from opensafe.detectors.textlines import lines_at

_DOB = re.compile(rb"dob(?=[ \t\r\n])")


def _mentions(data: bytes) -> list[int]:
    return ends_of([b"(?i:dob)"], data)


def texts(data: bytes, grid: Grid) -> list[list[str]]:
    return [[data[start:end].decode("latin-1") for start, end in row.cells] for row in grid]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"a,b\n1, 2\r\n", [["a", "b"], ["1", "2"]]),
        (b'"a, b";c\n"1;2";3', [["a, b", "c"], ["1;2", "3"]]),
        (b"a\tb\n\n1\t2", [["a", "b"], [""], ["1", "2"]]),
        (b"one line\nanother", []),
        (b"", []),
    ],
)
def test_separated_values(data: bytes, rows: list[list[str]]) -> None:
    assert texts(data, delimited(data)) == rows


@pytest.mark.parametrize(
    ("data", "grids"),
    [
        (b"insert into t (a, b) values (1, 'x, y'), (2, 'it''s');", [[["a", "b"], ["1", "x, y"], ["2", "it''s"]]]),
        (b"INSERT INTO [d].[t]\n(a)\nVALUES\n(N'z')\n", [[["a"], ["z"]]]),
        (b"INSERT INTO t (a) VALUES (f('x'))", [[["a"]]]),
        (b"INSERT INTO t SELECT a FROM u", []),
    ],
)
def test_insert_statements(data: bytes, grids: list[list[list[str]]]) -> None:
    assert [texts(data, grid) for grid in inserted(data)] == grids


def test_tables_of_pages() -> None:
    data = b"<table></table><TABLE><tr><th>a<th><b>b</b></tr><tr><td>1</td><td> 2 </td></tr></table><tr><td>9"
    assert [texts(data, grid) for grid in of_pages(data)] == [[], [["a", "b"], ["1", "2"]]]


def test_printed_tables_go_by_the_place_of_the_word() -> None:
    data = b"    id         dob  n\n0   A1  1957-03-14  1\n1   A2  1961-05-03  2\n\nafter  1970-01-02\n"
    assert [texts(data, grid) for grid in printed(data, _mentions(data), _DOB)] == [
        [["dob"], ["1957-03-14"], ["1961-05-03"]]
    ]


def test_a_line_is_looked_at_once_however_many_mentions_it_has() -> None:
    data = b"dob dob\nDOB\nnone\ndob"
    assert [data[start:end] for start, end in lines_at(data, _mentions(data))] == [b"dob dob", b"DOB", b"dob"]


_PIECES = st.lists(
    st.sampled_from(
        [b"insert into t (", b")", b" values (", b"'", b"''", b",", b"<table", b"<tr", b"<td>", b" dob ", b"\n", b'"']
    )
).map(b"".join)


@settings(deadline=None, max_examples=200)
@given(_PIECES)
def test_cells_lie_in_the_text_whatever_it_is(data: bytes) -> None:
    readers: tuple[Callable[[bytes], Iterable[Grid]], ...] = (
        inserted,
        of_pages,
        lambda text: printed(text, _mentions(text), _DOB),
    )
    grids = [delimited(data), *(grid for reader in readers for grid in reader(data))]
    assert all(0 <= start <= end <= len(data) for grid in grids for row in grid for start, end in row.cells)

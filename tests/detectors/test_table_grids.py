"""Tables in a text are read as rows of cells, whatever they are written in; what is no table is harmless."""

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.grids import Grid, delimited
from opensafe.detectors.kinds import ends_of
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.printedgrids import printed
from opensafe.detectors.sqlgrids import inserted
from opensafe.detectors.textlines import lines_at
from opensafe.detectors.valuelists import listed_under, tribbles


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
        (b"INSERT INTO t (a) VALUES (f('x'))", [[["a"], ["x"]]]),
        (b"INSERT INTO t (a, b) VALUES (TO_DATE('x', 'y'), 1)", [[["a", "b"], ["x", "1"]]]),
        (b"INSERT INTO t ([a b], `c`) VALUES ('x', 1)", [[["a b", "c"], ["x", "1"]]]),
        (
            b"CREATE TABLE d.t ([a] decimal(5, 2), b int);\nINSERT INTO T VALUES (1, 'x');\ninsert into u values (1)",
            [[["a", "b"], ["1", "x"]]],
        ),
        (b"INSERT INTO t SELECT a FROM u", []),
    ],
)
def test_insert_statements(data: bytes, grids: list[list[list[str]]]) -> None:
    assert [texts(data, grid) for grid in inserted(data)] == grids


def test_tables_of_pages() -> None:
    data = b"<table></table><TABLE><tr><th>a<th><b>b</b></tr><tr><td>1</td><td> 2 </td></tr></table><tr><td>9"
    assert [texts(data, grid) for grid in of_pages(data)] == [[], [["a", "b"], ["1", "2"]]]


def test_tables_of_word() -> None:
    empty = "<w:tc><w:p/></w:tc>"
    row = f"<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>{empty}<w:tc><w:t>%s</w:t></w:tc></w:tr>"
    data = f"<w:tbl>{row % ('a', 'b')}{row % ('1', '2')}</w:tbl>".encode()
    assert [texts(data, grid) for grid in of_pages(data)] == [[["a", "", "b"], ["1", "", "2"]]]


def _mentions(data: bytes, word: bytes = b"dob") -> list[int]:
    return [found.start() for found in re.finditer(word, data)]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (
            b"    id         dob  n\n0   A1  1957-03-14  1\n1   A2  1961-05-03  2\n\nafter  1970-01-02\n",
            [["", "id", "dob", "n"], ["0", "A1", "1957-03-14", "1"], ["1", "A2", "1961-05-03", "2"]],
        ),
        (
            b"  who         dob of\nZo\xc3\xab A  1957-03-14  1\n",
            [["who", "dob", "of"], ["Zo\xc3\xab A", "1957-03-14", "1"]],
        ),
        (b" dob        | x\n------------+---\n 1957-03-14 | 1\n", [["dob", "x"], ["1957-03-14", "1"]]),
        (b"dob of x\n1957-03-14 1 2\n", []),
        (b"  if dob = x:\n    1957-03-14\n", []),
        (b"  id  dob", []),
    ],
)
def test_printed_tables_go_by_the_blanks_of_all_lines(data: bytes, rows: list[list[str]]) -> None:
    found = [texts(data, grid) for grid in printed(data, _mentions(data))]
    assert found == ([rows] if rows else [])


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"dob = c('1', \"2\", NA)", [["dob"], ["1"], ["2"], ["NA"]]),
        (b'"a dob": {"0": "1", "1": "2"}, "x": 3', [["a dob"], ["1"], ["2"]]),
        (b"`my dob` <- as.Date(c(\n  '1', # one\n  '2'))", [["my dob"], ["1"], ["2"]]),
        (b"df['dob'] = ['1']", [["dob"], ["1"]]),
        (b"dob = x, dob < '1'", [["dob"]]),
        (b"<dob>1957-03-14</x>", [["dob"], ["1957-03-14"]]),
        (b"dob", []),
    ],
)
def test_lists_of_code_stand_behind_their_name(data: bytes, rows: list[list[str]]) -> None:
    assert [texts(data, grid) for grid in listed_under(data, _mentions(data))] == ([rows] if rows else [])


def test_tables_that_r_writes_row_by_row() -> None:
    data = b"tibble::tribble(\n  ~a, ~b,\n  'x', 1,\n  'y', 2\n)"
    assert [texts(data, grid) for grid in tribbles(data)] == [[["a", "b"], ["x", "1"], ["y", "2"]]]


def test_a_line_is_looked_at_once_however_many_mentions_it_has() -> None:
    data = b"dob dob\nDOB\nnone\ndob"
    ends = ends_of([b"(?i:dob)"], data)
    assert [data[start:end] for start, end in lines_at(data, ends)] == [b"dob dob", b"DOB", b"dob"]


_PIECES = st.lists(
    st.sampled_from(
        [
            b"insert into t (",
            b")",
            b" values (",
            b"'",
            b"''",
            b",",
            b"<table",
            b"<tr",
            b"<td>",
            b" dob ",
            b"\n",
            b'"',
            b"tribble(~",
            b" = c(",
            b"create table t (",
            b"\xc3\xab",
        ]
    )
).map(b"".join)


@settings(deadline=None, max_examples=200)
@given(_PIECES)
def test_cells_lie_in_the_text_whatever_it_is(data: bytes) -> None:
    readers: tuple[Callable[[bytes], Iterable[Grid]], ...] = (
        *(inserted, of_pages, tribbles),
        lambda text: printed(text, _mentions(text)),
        lambda text: listed_under(text, _mentions(text)),
    )
    grids = [delimited(data), *(grid for reader in readers for grid in reader(data))]
    assert all(0 <= start <= end <= len(data) for grid in grids for row in grid for start, end in row.cells)

"""Two texts as the lines that differ."""

from hypothesis import given
from hypothesis import strategies as st

from opensafe.reports.differences import differences

LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b""]), max_size=12).map(b"\n".join)


def test_a_changed_line_stands_between_its_neighbours() -> None:
    before = b"one\ntwo\nthree\nfour"
    assert differences(before, b"one\nTWO\nthree\nfour") == ("@ line 2", "  one", "- two", "+ TWO", "  three")


def test_lines_that_go_and_come_are_found_where_they_are() -> None:
    assert differences(b"a\nb\nc", b"a\nc") == ("@ line 2", "  a", "- b", "  c")
    assert differences(b"a\nc", b"a\nb\nc") == ("@ line 2", "  a", "+ b", "  c")


def test_a_long_line_is_cut_around_what_differs() -> None:
    old = b"x" * 5_000 + b"OLD" + b"y" * 5_000
    _, one, other = differences(old, old.replace(b"OLD", b"NEW"))
    assert "OLD" in one
    assert "NEW" in other
    assert len(one) < 200
    assert one.startswith("- …")
    assert one.endswith("…")


def test_many_changes_are_counted_and_not_listed() -> None:
    told = differences(b"a\n" * 1_000, b"b\n" * 1_000)
    assert len(told) == 201
    assert told[-1] == "@ 1,802 further lines are not shown"


def test_two_long_texts_of_different_length_are_not_compared() -> None:
    assert differences(b"a\n" * 4_000, b"b\n" * 5_000) == (
        "@ 4,001 lines before, 5,001 lines after: too many to compare here",
    )


def test_nothing_that_a_terminal_obeys_comes_through() -> None:
    assert differences(b"\x1b[2J\r\n", b"\xff\n") == ("@ line 1", "- \\x1b[2J", "+ \\xff", "  ")


@given(LINES, LINES)
def test_equal_texts_have_no_differences_and_others_do(before: bytes, after: bytes) -> None:
    assert bool(differences(before, after)) is (before != after)


@given(LINES, LINES)
def test_every_line_that_is_told_stands_on_its_side(before: bytes, after: bytes) -> None:
    old, new = before.decode().split("\n"), after.decode().split("\n")
    for line in differences(before, after):
        if line.startswith("- "):
            assert line[2:] in old
        if line.startswith("+ "):
            assert line[2:] in new

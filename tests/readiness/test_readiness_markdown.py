"""Values in Markdown: what they become, and what they can never do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.text import printable
from opensafe.readiness.markdown import MARKDOWN, code, inline, link


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a_name_of_ours", "a_name_of_ours"),
        ("_so_", "\\_so\\_"),
        ("R&D &amp; more", "R&D \\&amp; more"),
        ("<b>", "\\<b>"),
        ("a|b", "a\\|b"),
        ("# not a heading\n## nor this", "\\# not a heading ## nor this"),
        ("1. not a list", "&#49;. not a list"),
        ("write to a@b.example, @team", "write to a@b.example, &#64;team"),
        ("[x](y)", "\\[x\\](y)"),
        ("bell\x07 and \u202e turned", "bell\\\\x07 and \\\\u202e turned"),
    ],
)
def test_a_value_is_text(value: str, written: str) -> None:
    assert inline(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("a.csv", "`a.csv`"), ("a|b", "`a|b`"), ("a`b", "`` a`b ``"), ("a``b`", "``` a``b` ```"), ("a\nb", "`a b`")],
)
def test_a_code_span_holds(value: str, written: str) -> None:
    assert code(value) == written


def test_paragraphs_stay_apart() -> None:
    assert MARKDOWN.paragraphs("One\nline.\n\n\n# Two") == "One line.\n\n\\# Two"


def test_a_link_goes_to_a_path_and_nowhere_else() -> None:
    assert link("docs/a b.md") == "docs/a%20b.md"
    assert link("javascript:alert(1)") == "javascript%3Aalert%281%29"


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=80))
def test_one_line_and_nothing_invisible(value: str) -> None:
    for written in (inline(value), code(value), link(value.encode("utf-8", "replace").decode())):
        assert len(written.splitlines()) <= 1
        assert written == printable(written)

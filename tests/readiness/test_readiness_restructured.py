"""Values in reStructuredText: what they become."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.text import printable
from opensafe.readiness.restructured import RESTRUCTURED, code, inline


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a_name_of_ours", "a_name_of_ours"),
        ("see target_ and a__", "see target\\_ and a\\_\\_"),
        ("*so* |b| `c`", "\\*so\\* \\|b\\| \\`c\\`"),
        ("as follows::", "as follows:\\:"),
        (".. raw:: html", "\\.. raw:\\: html"),
        ("====", "\\===="),
        ("- not a list\n- nor this", "\\- not a list - nor this"),
        ("1. not a list", "\\1. not a list"),
        ("iv) not a list", "\\iv) not a list"),
        ("A. Lead", "\\A. Lead"),
        ("Write to a@b.example: now.", "Write to a@b.example: now."),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_a_value_is_text(value: str, written: str) -> None:
    assert inline(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [("a.csv", "``a.csv``"), ("a`b", "a\\`b"), ("a\nb", "``a b``"), ("C:\\", "C:\\\\")]
)
def test_a_literal_holds(value: str, written: str) -> None:
    assert code(value) == written


def test_blocks_stand_apart() -> None:
    assert RESTRUCTURED.commands(["make", "make test"]) == "::\n\n    make\n    make test"
    assert RESTRUCTURED.comment("x") == ".. x\n\n"
    assert RESTRUCTURED.paragraphs("One\nline.\n\n\n# Two") == "One line.\n\n\\# Two"


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=80))
def test_one_line_and_nothing_invisible(value: str) -> None:
    for written in (inline(value), code(value)):
        assert len(written.splitlines()) <= 1
        assert written == printable(written)

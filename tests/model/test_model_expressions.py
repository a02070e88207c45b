"""An expression that is compiled when it is used does what the compiled one does."""

import re
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.expressions import expression

_SOURCES = (r"", r"a(b)?", r"(?i)(?P<word>ab{1,3})|\bc", r"(?s)a.c", r"^b$")
_FLAGS = (0, re.IGNORECASE, re.MULTILINE | re.IGNORECASE)


@given(st.sampled_from(_SOURCES), st.sampled_from(_FLAGS), st.text("abcAB \n", max_size=20))
def test_it_finds_what_the_compiled_one_finds(source: str, flags: int, text: str) -> None:
    late, compiled = expression(source, flags), re.compile(source, flags)
    for way in ("search", "match", "fullmatch"):
        found, wanted = getattr(late, way)(text), getattr(compiled, way)(text)
        assert (found and found.regs) == (wanted and wanted.regs)
    assert [found.span() for found in late.finditer(text)] == [found.span() for found in compiled.finditer(text)]
    assert late.findall(text) == compiled.findall(text)
    assert late.split(text) == compiled.split(text)
    assert late.sub("-", text) == compiled.sub("-", text)
    assert late.subn("-", text, 1) == compiled.subn("-", text, 1)


@pytest.mark.parametrize("source", _SOURCES)
def test_it_tells_of_itself_what_the_compiled_one_tells(source: str) -> None:
    late, compiled = expression(source), re.compile(source)
    assert (late.pattern, late.flags, late.groups, late.groupindex) == (
        *(compiled.pattern, compiled.flags, compiled.groups),
        compiled.groupindex,
    )


@pytest.mark.parametrize("use", [False, True])
def test_two_of_the_same_are_equal_and_can_be_copied(use: bool) -> None:
    late = expression(b"a+", re.IGNORECASE)
    if use:
        assert late.findall(b"aA b") == [b"aA"]
    for other in (expression(b"a+", re.IGNORECASE), deepcopy(late)):
        assert other == late
        assert hash(other) == hash(late)
        assert other.findall(b"aA b") == [b"aA"]
    assert late not in {expression(b"a+"), expression(b"b+", re.IGNORECASE), b"a+"}


def test_a_mistake_shows_when_it_is_used() -> None:
    broken = expression(r"(a")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("a")


def test_what_a_compiled_one_does_not_have_it_has_not_either() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        expression("a").nothing  # type: ignore[attr-defined] # noqa: B018

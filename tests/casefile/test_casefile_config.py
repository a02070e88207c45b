"""`case.toml`: read strictly, written with care for what people put there."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.config import CaseConfig, parse_config, render_config
from opensafe.errors import UsageError

EDITED = """\
# The analysis of waiting times. Ask Jo before editing.
name = "waits"   # the short name
source = 'C:\\Users\\jo\\waits'

team = ["a", "b"]
publish = [
  "refs/heads/main",  # what people use
]

[roles]
# found on the intranet
ig-lead = "J. Example"
maintainer = "A. N. Other"

[theirs]
key = 1
"""

_TEXT = st.text(max_size=8)
_TABLE = st.dictionaries(_TEXT, _TEXT, max_size=3)
CONFIGS = st.builds(
    CaseConfig,
    source=_TEXT,
    name=_TEXT,
    profile=_TEXT,
    organisation=_TEXT,
    crown_body=st.none() | st.booleans(),
    roles=_TABLE,
    publish=st.lists(_TEXT, max_size=3).map(tuple),
    follow_alternates=st.booleans(),
    worktree=st.booleans(),
    answers=_TABLE,
    format=st.integers(1, 9),
)


@settings(max_examples=100, deadline=None)
@given(CONFIGS, CONFIGS)
def test_what_is_written_is_what_is_read_whatever_stood_there_before(first: CaseConfig, second: CaseConfig) -> None:
    text = render_config(first)
    assert parse_config(text) == first
    assert parse_config(render_config(second, text)) == second
    assert parse_config(render_config(second, EDITED)) == second


def test_comments_order_and_keys_of_others_are_kept() -> None:
    config = parse_config(EDITED)
    changed = replace(config, organisation="A Trust", roles={"maintainer": "B. New", "siro": "C. Third"})
    lines = render_config(changed, EDITED).splitlines()

    kept = set(EDITED.splitlines()) - {"", 'ig-lead = "J. Example"', 'maintainer = "A. N. Other"'}
    assert kept <= set(lines)
    assert [line for line in lines if line in kept] == [line for line in EDITED.splitlines() if line in kept]
    assert 'maintainer = "B. New"' in lines
    assert parse_config("\n".join(lines)) == changed


def test_nothing_changes_where_nothing_changed() -> None:
    written = render_config(parse_config(EDITED), EDITED)
    assert render_config(parse_config(written), written) == written


def test_what_is_not_given_has_its_default() -> None:
    assert parse_config('source = "/x"\nname = "x"') == CaseConfig(source="/x", name="x")
    assert parse_config(EDITED).crown_body is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source = ", "is not TOML"),
        ('name = "x"', 'lacks the key "source"'),
        ('source = "x"', 'lacks the key "name"'),
        ('source = "x"\nname = 1', '"name" must be a text in quotes'),
        ('source = "x"\nname = "x"\ncreated = 2025-01-01', '"created" must be a text in quotes'),
        ('source = "x"\nname = "x"\nworktree = "yes"', '"worktree" must be true or false'),
        ('source = "x"\nname = "x"\ncrown_body = 1', '"crown_body" must be true or false'),
        ('source = "x"\nname = "x"\npublish = "main"', '"publish" must be a list of texts'),
        ('source = "x"\nname = "x"\npublish = [1]', '"publish" must be a list of texts'),
        ('source = "x"\nname = "x"\nroles = ["a"]', '"roles" must be a table of texts'),
        ('source = "x"\nname = "x"\n[answers]\na = true', '"answers" must be a table of texts'),
        ('source = "x"\nname = "x"\nformat = true', '"format" must be a whole number'),
    ],
)
def test_a_wrong_file_is_refused_with_the_key(text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_config(text)
    assert caught.value.cause.startswith("case.toml: ")
    assert says in caught.value.cause


def test_a_path_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(UsageError, match="Unicode text only"):
        render_config(CaseConfig(source="/data/\udce9", name="x"))


def test_a_file_that_was_broken_in_between_is_not_overwritten() -> None:
    with pytest.raises(UsageError, match="is not TOML"):
        render_config(CaseConfig(source="x", name="x"), "source = ")

"""Who the files of a project name as its authors, in each of the forms that such files have."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casework.source import people
from opensafe.history.declared import declared_in
from opensafe.stories.builder import History
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA
from tests.history.history_kit import read

_MAIL = "gh" + "@trust-9.org"


@pytest.mark.parametrize(
    "text",
    [
        'Authors@R: person("Gareth", "Hughes", , "' + _MAIL + '", role = c("aut", "cre"))',
        'person(given = "Gareth",\n  family = "Hughes", role = "aut")',
        "Author: Gareth Hughes [aut, cre]",
        f"Maintainer: Gareth Hughes <{_MAIL}>",
        "authors:\n  - family-names: Hughes\n    given-names: Gareth\n    orcid: x",
        'authors:\n- given-names: "Gareth"\n  family-names: "Hughes"',
        '[project]\nauthors = [{ name = "Gareth Hughes", email = "' + _MAIL + '" }]\n',
        f'authors = ["Gareth Hughes <{_MAIL}>"]',
        "setup(name='x', author='Gareth Hughes')",
        "[metadata]\nname = x\nauthor = Gareth Hughes\n",
        f'{{"name": "pkg", "author": "Gareth Hughes <{_MAIL}> (https://x.org)"}}',
        '{"name": "pkg", "contributors": [{"name": "Gareth Hughes"}] }',
        '{"creators": [{"affiliation": "x", "name": "Hughes, Gareth"}] }',
        '{"author": [{"@type": "Person", "givenName": "Gareth", "familyName": "Hughes"}] }',
        f"# Authors\n\n* Gareth Hughes <{_MAIL}>\n",
    ],
)
def test_author_is_named(text: str) -> None:
    assert b"Gareth Hughes" in {who.name for who in declared_in(text.encode())}


def test_several_in_one_line_are_several() -> None:
    text = b"Author: Gareth Hughes [aut, cre], Priya Patel [ctb]\n"
    assert {who.name for who in declared_in(text)} == {b"Gareth Hughes", b"Priya Patel"}


@settings(deadline=None, max_examples=80)
@given(st.text(alphabet="author:= \"'[]{}<>@,-\\nnamegivfly()", max_size=400))
def test_any_text_is_looked_at(text: str) -> None:
    assert all(who.name == b" ".join(who.name.split()) for who in declared_in(text.encode()))


def test_people_of_every_version_are_known_and_firms_are_not(tmp_path: Path) -> None:
    history = History(ANNA)
    history.commit(b"One\n", {b"DESCRIPTION": b"Author: Gareth Hughes\n", b"notes.txt": b"Author: Priya Patel\n"})
    history.commit(b"Two\n", {b"DESCRIPTION": b"Author: NHS England Analytics Team\n"})
    Workshop.with_history(tmp_path / "r", history)
    names = {name for person in people(read(tmp_path / "r", tmp_path), None) for name in person.names}
    assert names == {ANNA.name, b"Gareth Hughes"}

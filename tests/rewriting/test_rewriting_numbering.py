"""Numbers follow the history, not the keys of a case, and stay once they are given."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.marks import Appearance, Marked
from opensafe.model.place import Place, PlaceKind
from opensafe.rewriting.numbering import assign_replacements, to_be_numbered
from opensafe.stories.builder import History
from tests.rewriting.rewriting_kit import ALICE, World, world


@pytest.fixture
def seen(tmp_path: Path) -> World:
    told = History(ALICE)
    for number in range(3):
        told.commit(b"%d\n" % number, {b"a": b"%d\n" % number})
    return world(tmp_path, told)


def place(commit: Oid, path: str = "a", start: int = 0, *, published: bool = True) -> Place:
    return Place(
        PlaceKind.BLOB,
        Oid("f" * 40),
        path,
        None,
        None,
        None,
        1,
        1,
        start,
        start + 1,
        (),
        commit,
        commit,
        True,
        published,
    )


def finding(name: str, *places: Place, form: Form = Form.TOKEN, person: int | None = None) -> Finding:
    return Finding(
        FindingId(name),
        Category.SECRET,
        "d",
        ("d",),
        "A value",
        Severity.HIGH,
        Confidence.HIGH,
        form,
        "",
        "",
        person,
        len(places),
        True,
        True,
        places=places,
    )


def appearance(number: int, at: Place) -> Appearance:
    where = at.path, at.ref, at.oid, at.via, at.start, at.end
    return Appearance(number, at.published, at.first_commit, at.kind, *where)


def numbered(seen: World, findings: Sequence[Finding], before: dict[str, str] | None = None) -> dict[str, str]:
    told = {n: Marked(f.id, f.category, f.form, f.title, f.person) for n, f in enumerate(findings)}
    places = [appearance(n, place) for n, f in enumerate(findings) for place in f.places]
    return assign_replacements(to_be_numbered(told, before or {}), places, seen.graph, before or {})


def test_first_commit_then_path_then_offset(seen: World) -> None:
    first, second, third = seen.ids.values()
    findings = [
        finding("a", place(third), place(second, "z")),
        finding("b", place(second, "b", 7)),
        finding("c", place(first, published=False), place(second, "b", 3)),
        finding("d", place(first)),
        finding("e", place(first, published=False)),
        finding("f"),
    ]
    expected = {"d": "1", "c": "2", "b": "3", "a": "4", "e": "5", "f": "6"}
    assert numbered(seen, findings) == {name: f"REDACTED-{number}" for name, number in expected.items()}


def test_ids_do_not_matter(seen: World) -> None:
    places = [place(commit) for commit in seen.ids.values()]
    once = numbered(seen, [finding(name, at) for name, at in zip("abc", places, strict=True)])
    other = numbered(seen, [finding(name, at) for name, at in zip("zyx", places, strict=True)])
    assert list(once.values()) == list(other.values())


def test_a_number_that_was_given_stays(seen: World) -> None:
    first, second, third = seen.ids.values()
    before = numbered(seen, [finding("old", place(second))])
    grown = numbered(
        seen, [finding("old", place(first)), finding("new", place(first)), finding("x", place(third))], before
    )
    assert grown == {"old": "REDACTED-1", "new": "REDACTED-2", "x": "REDACTED-3"}


def test_people_keep_their_number_when_the_audit_counts_anew(seen: World) -> None:
    first, second, _ = seen.ids.values()
    name = finding("name", place(first), form=Form.PERSON_NAME, person=1)
    before = numbered(seen, [name])
    mail = finding("mail", place(second), form=Form.EMAIL, person=2)
    newcomer = finding("new", place(second, "b"), form=Form.PERSON_NAME, person=1)
    grown = numbered(seen, [replace(name, person=2), mail, newcomer], before)
    assert grown == {"name": "Person 1", "mail": "person-1@example.invalid", "new": "Person 2"}

"""Identities, trailers and a roster become people with stable numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.kit.containers import workbook
from fixtures.kit.story import Tell
from opensafe.errors import UsageError
from opensafe.history.people import identities, is_machine, people_of
from opensafe.history.roster import Listed, read_roster
from opensafe.history.trailers import trailer_identities
from opensafe.model.context import Person, PersonSource
from opensafe.model.gitobjects import Identity
from tests.history.history_kit import read


def _who(name: str, email: str = "") -> Identity:
    return Identity(name.encode(), email.encode(), b"1 +0000")


def _grouped(*found: Identity) -> list[tuple[set[bytes], set[bytes]]]:
    return [(set(person.names), set(person.emails)) for person in people_of(found)]


def test_a_shared_address_or_a_shared_name_is_one_person() -> None:
    assert _grouped(
        _who("Anna Example", "anna@a.org"),
        _who("Ben Example", "ben@a.org"),
        _who("A. Example", "ANNA@a.org"),
        _who("anna  example", "anna@home.org"),
    ) == [
        ({b"Anna Example", b"A. Example", b"anna example"}, {b"anna@a.org", b"anna@home.org"}),
        ({b"Ben Example"}, {b"ben@a.org"}),
    ]


def test_two_that_turn_out_to_be_one_keep_the_lower_number() -> None:
    people = people_of(
        [
            _who("Anna", "anna@a.org"),
            _who("Ben", "ben@a.org"),
            _who("Anna Example", "anna@b.org"),
            _who("Anna", "anna@b.org"),
            _who("Cara", "cara@a.org"),
        ]
    )
    assert [(person.number, sorted(person.names)) for person in people] == [
        (1, [b"Anna", b"Anna Example"]), (2, [b"Ben"]), (3, [b"Cara"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("github-actions", "actions@github.com"),
        ("GitHub", "noreply@github.com"),
        ("root", "root@localhost"),
        ("Your Name", "you@example.com"),
        ("jovyan", "jovyan@jupyter"),
        ("deploy", "no-reply@trust.nhs.uk"),
    ],
)
def test_machines_are_nobody(name: str, email: str) -> None:
    assert is_machine(name.encode(), email.encode())
    assert people_of([_who(name, email)]) == ()


@pytest.mark.parametrize(
    ("name", "email"),
    [("Anna Root", "anna@a.org"), ("Abbot Example", "abbot@a.org"), ("Anna Example", "noreply@github.com")],
)
def test_people_are_no_machines(name: str, email: str) -> None:
    assert not is_machine(name.encode(), email.encode())
    assert len(people_of([_who(name, email)])) == 1


@pytest.mark.parametrize(
    ("email", "logins"),
    [
        ("12345+anna-x@users.noreply.github.com", {b"anna-x"}),
        ("anna-x@users.noreply.github.com", {b"anna-x"}),
        ("anna.example@nhs.net", {b"anna.example"}),
        ("info@a.org", set()),
        ("", set()),
    ],
)
def test_logins_that_an_address_gives_away(email: str, logins: set[bytes]) -> None:
    (person,) = people_of([_who("Anna Example", email)])
    assert person.logins == logins


def test_the_roster_comes_after_the_identities_and_joins_them() -> None:
    roster = [Listed(b"Ben Example", b"ben@a.org"), Listed(b"Dora Example", login=b"DEX7")]
    assert people_of([_who("B. Example", "ben@a.org")], roster) == (
        Person(1, PersonSource.IDENTITY, frozenset({b"B. Example", b"Ben Example"}), frozenset({b"ben@a.org"}),
               frozenset({b"ben"})),
        Person(2, PersonSource.ROSTER, frozenset({b"Dora Example"}), frozenset(), frozenset({b"dex7"})),
    )  # fmt: skip


_NAMES = st.sampled_from(["Anna", "anna", "Anna Example", "Ben", "Cara D", ""])
_MAILS = st.sampled_from(["anna@a.org", "a@b.org", "ben@a.org", "BEN@a.org", ""])


@given(st.lists(st.builds(_who, _NAMES, _MAILS), max_size=10))
def test_people_share_nothing_and_are_numbered_from_one(found: list[Identity]) -> None:
    people = people_of(found)
    assert [person.number for person in people] == list(range(1, len(people) + 1))
    keys = [{name.lower() for name in person.names} | person.emails for person in people]
    assert sum(map(len, keys)) == len(set().union(*keys))
    for identity in found:
        wanted = {identity.name.lower(), identity.email.lower()} - {b""}
        assert any(wanted <= key for key in keys) or not wanted
    assert people_of([*found, *found]) == people


@given(st.lists(st.builds(_who, _NAMES, _MAILS), max_size=6), st.lists(st.builds(_who, _NAMES, _MAILS), max_size=4))
def test_numbers_depend_on_what_came_before_alone(before: list[Identity], after: list[Identity]) -> None:
    """Later commits join people or add some behind them: nobody new gets in between."""
    first = [name for person in people_of(before) for name in sorted(person.names | person.emails)]
    second = [person.names | person.emails for person in people_of([*before, *after])]
    order = [next(i for i, keys in enumerate(second) if name in keys) for name in first]
    assert max(order, default=-1) < max(len(people_of(before)), 1)


def test_people_of_a_history_in_the_order_of_its_commits(story: Tell, tmp_path: Path) -> None:
    built = story("names_in_messages_and_author_lines")
    people = people_of(identities(read(built.path, tmp_path).graph))
    assert len(people) == 5
    named = {name for person in people for name in person.names}
    planted = {p.value for p in built.planted if p.note in {"Co-authored-by", "Signed-off-by"} and b"@" not in p.value}
    lines = {p.value for p in built.planted if p.kind.value == "identity" and b"@" not in p.value}
    assert named == planted | lines


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"Fix\n\nCo-authored-by: Anna Example <anna@a.org>\n", [(b"Anna Example", b"anna@a.org")]),
        (b"Fix\n\nsigned-off-BY:Ben <ben@a.org>\nAcked-by: C\t<c@a.org>", [(b"Ben", b"ben@a.org"), (b"C", b"c@a.org")]),
        (b"Reviewed-by: \xc3\x89va \xff <e@a.org>\r\n", [(b"\xc3\x89va \xff", b"e@a.org")]),
        (b"Pair-programmed-with: A B <a@b.org>\nMentored-by: <c@a.org>", [(b"A B", b"a@b.org"), (b"", b"c@a.org")]),
        (b"Cc: ben@a.org\r\nOn-behalf-of: @firm <mail@a.org>", [(b"", b"ben@a.org"), (b"@firm", b"mail@a.org")]),
        (b"Author: Anna <anna@a.org>\nCloses: ben@a.org", [(b"Anna", b"anna@a.org")]),
        (b"Co-authored-by: Anna Example\n", []),
        (b"Reviewed-by: ben@a.org and others\nstand-by: no one <at home", []),
        (b"As Co-authored-by: Anna <a@a.org> says", []),
        (b"Fixes: 12 <x@a.org>", []),
        (b"Co-authored-by: " + b"x" * 300 + b" <a@a.org>", []),
    ],
)
def test_trailers(message: bytes, expected: list[tuple[bytes, bytes]]) -> None:
    assert [(who.name, who.email) for who in trailer_identities(message)] == expected


_ANNA = (b"Anna Example", b"anna@a.org", b"")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Example,anna@a.org\n", [_ANNA]),
        ("Name;E-mail\nAnna Example;anna@a.org\n\n;\n", [_ANNA]),
        ("\ufeffFirst name\tSurname\tEmail\r\nAnna\tExample\tanna@a.org\r\n", [_ANNA]),
        ("Surname|Forename|E-mail address\nExample|Anna|anna@a.org\n", [_ANNA]),
        ("Job_Title,EMAIL_ADDRESS,Full.Name\nSenior Analyst,anna@a.org,Anna Example\n", [_ANNA]),
        ("Staff of the unit\n\nBand,Name,Mail\n7,Anna Example,anna@a.org\n", [_ANNA]),
        ("sAMAccountName,sn,givenName\naex7,Example,Anna\n", [(b"Anna Example", b"", b"aex7")]),
        ("First Name,Middle name,Last Name\nAnna,M,Example\n", [(b"Anna M Example", b"", b"")]),
        (
            "Given Name,Surname,Known As,Email\nAnna,Example,Annie,anna@a.org\n",
            [_ANNA, (b"Annie Example", b"anna@a.org", b"")],
        ),
        ("GitHub username\nanna-x\n", [(b"", b"", b"anna-x")]),
        ('"Example, Anna",anna@a.org\n', [_ANNA]),
        ("anna@a.org,Anna,Example\n", [_ANNA]),
        ("Anna,Example,Senior Analyst,anna@a.org\n", [_ANNA]),
        ("Anna Example,Senior Analyst\n", [(b"Anna Example", b"", b"")]),
        ("Anna Example\nBen\n", [(b"Anna Example", b"", b""), (b"Ben", b"", b"")]),
        ("anna@a.org", [(b"", b"anna@a.org", b"")]),
        ("", []),
        ("Name,E-mail\n", []),
        ("Éva Example,e@a.org", [("Éva Example".encode(), b"e@a.org", b"")]),
    ],
)
def test_a_roster_in_any_form(text: str, expected: list[tuple[bytes, bytes, bytes]]) -> None:
    assert list(read_roster(text.encode())) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_roster_as_any_program_saves_it(encoding: str, line_end: str) -> None:
    text = line_end.join(["Name,E-mail", "Éva Example,eva@a.org", "Ben Example,ben@a.org", ""])
    expected = [("Éva Example".encode(), b"eva@a.org", b""), (b"Ben Example", b"ben@a.org", b"")]
    assert list(read_roster(text.encode(encoding))) == expected


def test_a_roster_in_a_workbook() -> None:
    sheets = {
        "Team": [["Surname", "First name", "Band"], ["Example", "Anna", "7"]],
        "Left": [["Name"], ["Ben Example"]],
    }
    assert [listed.name for listed in read_roster(workbook(sheets))] == [b"Anna Example", b"Ben Example"]


@given(st.binary(max_size=80))
def test_any_roster_can_be_read(data: bytes) -> None:
    assert all(any(listed) for listed in read_roster(data))


def test_a_file_that_is_no_roster_is_refused() -> None:
    with pytest.raises(UsageError, match="roster cannot be read"):
        list(read_roster(b'"' + b"x" * 200_000))
    with pytest.raises(UsageError, match="roster cannot be read"):
        list(read_roster(workbook({"Team": [["Name"]]})[:-300]))

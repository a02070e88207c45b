"""Names and addresses on commits, tags and trailers: the mailmap, pseudonyms, and what was decided about a person."""

from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.history.people import identities, people_of
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices, NamedFile, PeopleChoices
from opensafe.model.identifiers import Oid
from opensafe.model.mailmap import Mailmap
from opensafe.model.plan import IdentityRename, SpanEdit
from opensafe.stories.builder import History, Person
from tests.rewriting.choices_kit import Chosen, choose_in
from tests.rewriting.rewriting_kit import ALICE, BOB, World, data_of, world

OLD_ALICE = Person(b"alice", b"alice@laptop.local")
BOT = Person(b"dependabot[bot]", b"support@bots.example")
MAILMAP = b"Alice Archer <alice@trust.example> <alice@laptop.local>\nRobert Brown <bob@trust.example>\n"
MESSAGE = (
    b"Pair\n\nSee alice@laptop.local\n\nCo-authored-by: alice <alice@laptop.local>\nSigned-off-by:  "
    + BOB.name
    + b" <bob@trust.example>\nFixes: 12\n"
)


def team() -> History:
    told = History(OLD_ALICE)
    told.commit(b"Start\n", {b"a": b"1\n"}, by=BOT)
    second = told.commit(MESSAGE, {b"a": b"2\n"})
    told.commit(b"Later\n", {b"a": b"3\n"}, by=ALICE, committed_by=BOB)
    told.tag(b"v1", second, b"One\n\nReviewed-by: alice <alice@laptop.local>\n", by=OLD_ALICE)
    told.note(second, b"Fine")
    return told


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("team"), team())


def lists(seen: World, mailmap: bytes = b"") -> ChoiceLists:
    return ChoiceLists(Mailmap.parse(mailmap), people_of(identities(seen.graph)))


def _pair(seen: World) -> Oid:
    return next(oid for oid, commit in seen.graph.commits.items() if commit.message == MESSAGE)


def people(made: Chosen) -> list[bytes]:
    return made.built.repository.run("log", "main", "--format=%an <%ae> %cn <%ce>").splitlines()


def message(made: Chosen) -> bytes:
    return made.built.repository.run("log", "main~1", "-1", "--format=%B").strip() + b"\n"


def test_a_mailmap_reaches_lines_and_trailers_and_nothing_else(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(NamedFile("map")))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen, MAILMAP))
    assert made.failed() == {}
    alice, robert = b"Alice Archer <alice@trust.example>", b"Robert Brown <bob@trust.example>"
    bot = b"dependabot[bot] <support@bots.example>"
    assert people(made) == [alice + b" " + robert, alice + b" " + alice, bot + b" " + bot]
    assert message(made) == (
        b"Pair\n\nSee alice@laptop.local\n\nCo-authored-by: "
        + alice
        + b"\nSigned-off-by:  "
        + robert
        + b"\nFixes: 12\n"
    )
    tag = data_of(made.seen.view, made.seen.repository.refs()[b"refs/tags/v1"])
    new = made.built.repository.run("cat-file", "tag", "v1")
    assert b"tagger alice <alice@laptop.local>" in tag
    assert b"tagger " + alice in new
    assert b"Reviewed-by: " + alice in new


def test_pseudonyms_are_the_numbers_of_the_audit_and_bots_keep_their_names(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(pseudonyms=True, no_reply="trust.example"))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen))
    assert made.failed() == {}
    numbers = {mail: person.number for person in lists(seen).people for mail in person.emails}
    alice = b"Person %d <person-%d@users.noreply.trust.example>" % ((numbers[b"alice@trust.example"],) * 2)
    bob = b"Person %d <person-%d@users.noreply.trust.example>" % ((numbers[b"bob@trust.example"],) * 2)
    assert people(made)[0] == alice + b" " + bob
    assert people(made)[2].startswith(b"dependabot[bot] <support@bots.example>")
    assert BOB.name not in message(made)


def test_addresses_alone_become_no_reply_and_names_stay(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(NamedFile("map"), no_reply="users.noreply.trust.example"))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen, MAILMAP))
    assert made.failed() == {}
    assert people(made)[1].split(b" <")[0] == b"Alice Archer"
    assert {line.rpartition(b"@")[2] for line in people(made)[:2]} == {b"users.noreply.trust.example>"}


def test_without_a_domain_pseudonyms_have_addresses_that_cannot_exist(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(pseudonyms=True))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen))
    assert {line.rpartition(b"@")[2] for line in people(made)[:2]} == {b"example.invalid>"}


def test_a_decision_about_a_person_goes_before_the_mailmap(seen: World, tmp_path: Path) -> None:
    """The mailmap leads from an old address to the one that was decided away: both become what was decided."""
    line = MESSAGE.index(b"bob@trust.example")
    decided = replace(
        seen.spec,
        identities=(
            IdentityRename(ALICE.name, ALICE.email, b"Person 9", b"person-9@example.invalid"),
            IdentityRename(BOB.name, BOB.email, BOB.name, b"person-2@example.invalid"),
        ),
        message_edits={_pair(seen): (SpanEdit((), line, line + 17, b"person-2@example.invalid"),)},
    )
    choices = Choices(people=PeopleChoices(NamedFile("map")))
    made = choose_in(replace(seen, folder=tmp_path), choices, decided=decided, lists=lists(seen, MAILMAP))
    assert made.failed() == {}
    nine = b"Person 9 <person-9@example.invalid>"
    assert people(made)[:2] == [nine + b" Robert Brown <person-2@example.invalid>", nine + b" " + nine]
    assert b"Co-authored-by: " + nine in message(made)
    assert b"Signed-off-by:  Robert Brown <person-2@example.invalid>" in message(made)


def test_the_proof_notices_names_that_nobody_chose(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(NamedFile("map")))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen, MAILMAP))
    other = replace(made, lists=lists(seen, MAILMAP.replace(b"Robert", b"Rob")))
    assert other.failed().keys() == {"people-chosen"}
    fewer = replace(made, lists=lists(seen, MAILMAP.splitlines()[0]))
    assert fewer.failed().keys() == {"people-chosen"}
    assert made.failed(spec=replace(made.spec, message_edits={})).keys() >= {"people-chosen", "commits-equal"}


def test_the_proof_notices_an_address_that_is_left(seen: World, tmp_path: Path) -> None:
    choices = Choices(people=PeopleChoices(NamedFile("map")))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists(seen, MAILMAP))
    hidden = Choices(people=PeopleChoices(NamedFile("map"), no_reply="trust.example"))
    assert "addresses left" in made.failed(choices=hidden)["people-chosen"]

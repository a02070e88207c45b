"""Commits that are dropped, reworded, or squashed into a new beginning: later trees are never altered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opensafe.errors import UsageError
from opensafe.history.people import identities, people_of
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices, CommitChoices, PeopleChoices, RefChoices
from opensafe.model.identifiers import Oid
from opensafe.model.plan import SpanEdit
from opensafe.model.rewrite import Lost
from opensafe.rewriting.chosen import with_choices
from opensafe.rewriting.chosen_commits import with_full_ids
from opensafe.rewriting.estimate import all_changed, estimate
from opensafe.stories.builder import History
from tests.rewriting.choices_kit import NO_LISTS, Chosen, choose_in
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, redact, world

SIDE, OLD, TOPIC = b"refs/heads/side", b"refs/heads/old", b"refs/heads/topic"


def day(number: int) -> int:
    return int(datetime(2021, 1, number, 12, tzinfo=UTC).timestamp())


def grown() -> History:
    """main: A-B-C-M-D-E. `side` leaves at B and is merged in M, `topic` leaves at B late, `old` ends at A."""
    told = History(ALICE)
    a = told.commit(b"A\n", {b"a": b"1\n", b"key": SECRET + b"\n"}, when=day(1))
    b = told.commit(b"B\n", {b"a": b"2\n"}, by=BOB, when=day(2))
    side = told.commit(b"S\n", {b"s": b"1\n"}, branch=SIDE, after=(b,), when=day(3))
    c = told.commit(b"C\n", {b"c": b"1\n"}, after=(b,), when=day(4))
    merge = told.commit(b"M\n", {b"s": b"1\n"}, after=(c, side), when=day(5))
    told.commit(b"wip\n", {b"a": b"3\n", b"key": b"gone\n"}, when=day(6))
    told.commit(b"E\n", {b"e": b"1\n"}, when=day(7))
    topic = told.commit(b"T\n", {b"t": b"1\n"}, branch=TOPIC, after=(b,), when=day(8))
    told.ref(OLD, a)
    told.tag(b"v0", a, b"Old\n")
    told.tag(b"v1", merge, b"New\n")
    told.note(a, b"on A")
    told.note(c, b"on C")
    told.note(topic, b"on T")
    return told


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("grown"), grown())


def named(seen: World, *subjects: bytes) -> tuple[Oid, ...]:
    by_subject = {commit.message: oid for oid, commit in seen.graph.commits.items()}
    return tuple(by_subject[subject + b"\n"] for subject in subjects)


def shape(made: Chosen) -> dict[bytes, list[bytes]]:
    """Subject of each commit, with those of its parents."""
    lines = [line.split(b"|") for line in made.log("%H|%s|%P") if not line.split(b"|")[1].startswith(b"Notes")]
    subjects = {oid: subject for oid, subject, _ in lines}
    return {subject: [subjects[oid] for oid in parents.split()] for _, subject, parents in lines}


def trees(made: Chosen, subjects: Iterable[bytes]) -> bool:
    """Whether every commit that is left has the very tree that it had."""
    new = dict(line.split(b"|") for line in made.log("%s|%T"))
    return all(new[s].decode() == made.seen.graph.commits[named(made.seen, s)[0]].tree for s in subjects)


def commits(**chosen: object) -> Choices:
    return Choices(commits=CommitChoices(**chosen))  # type: ignore[arg-type]  # passed on


def test_a_dropped_commit_is_taken_up_by_the_next(seen: World, tmp_path: Path) -> None:
    choices = replace(commits(drop=named(seen, b"wip", b"C", b"S")), refs=RefChoices(drop=("side",)))
    made = choose_in(replace(seen, folder=tmp_path), choices)
    assert made.failed() == {}
    assert shape(made) == {
        b"A": [],
        b"B": [b"A"],
        b"M": [b"B"],
        b"E": [b"M"],
        b"T": [b"B"],
    }
    assert trees(made, [b"A", b"B", b"M", b"E", b"T"])
    assert made.built.claim.lost == (Lost("commit", 3), Lost("note", 1))
    assert made.built.repository.refs()[OLD] == made.seen.repository.refs()[OLD]


def test_a_chain_with_its_root_is_dropped(seen: World, tmp_path: Path) -> None:
    choices = replace(commits(drop=named(seen, b"A", b"B")), refs=RefChoices(drop=("old", "v0")))
    made = choose_in(replace(seen, folder=tmp_path), choices)
    assert made.failed() == {}
    assert shape(made)[b"C"] == shape(made)[b"S"] == shape(made)[b"T"] == []
    assert trees(made, [b"C", b"S", b"T", b"M", b"wip", b"E"])


def test_history_before_a_date_becomes_one_root(seen: World, tmp_path: Path) -> None:
    """`topic` left the folded history: it now starts from the new root. What pointed at folded commits is left out."""
    decided = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    made = choose_in(replace(seen, folder=tmp_path), commits(squash_before="2021-01-05"), decided=decided)
    assert made.failed() == {}
    root = b"Publish 3 commits as one"
    assert shape(made) == {
        root: [],
        b"S": [root],
        b"M": [root, b"S"],
        b"wip": [b"M"],
        b"E": [b"wip"],
        b"T": [root],
    }
    assert trees(made, [b"wip", b"E"])
    repository = made.built.repository
    assert set(repository.refs()) == {b"refs/heads/main", SIDE, TOPIC, b"refs/tags/v1", b"refs/notes/commits"}
    oldest = repository.run("log", "main", "--format=%an <%ae> %cI%n%B", "--max-parents=0").decode()
    assert oldest.splitlines() == [
        "opensafe <opensafe@example.invalid> 2021-01-04T12:00:00+00:00",
        "Publish 3 commits as one",
        "",
        "Commits: 3",
        "Authors: 2",
        "",
    ]
    assert len(repository.run("notes", "list").splitlines()) == 2
    assert made.built.claim.lost == (Lost("commit", 2), Lost("note", 1))


def test_the_numbers_of_the_plan_say_what_is_left(seen: World) -> None:
    spec = with_choices(seen.spec, commits(squash_before="2021-01-05"), NO_LISTS, seen.view, seen.graph)
    review, rewrite, *_ = estimate(spec, seen.spec, seen.graph, all_changed(spec, seen.graph, seen.view))
    assert not review.possible
    assert (rewrite.commits_before, rewrite.commits_after) == (8, 6)


def test_everything_older_than_the_date_leaves_one_commit_on_main(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), commits(squash_before="2022-01-01"))
    assert made.failed() == {}
    assert made.built.repository.run("rev-list", "--count", "main") == b"1\n"


def test_a_message_is_written_anew(seen: World, tmp_path: Path) -> None:
    (wip,) = named(seen, b"wip")
    choices = replace(commits(reword={wip: "Remove the key\n\nSee issue 7.\n"}), people=PeopleChoices(pseudonyms=True))
    lists = ChoiceLists(people=people_of(identities(seen.graph)))
    made = choose_in(replace(seen, folder=tmp_path), choices, lists=lists)
    assert made.failed() == {}
    assert b"Remove the key" in made.log("%s")
    assert b"wip" not in made.log("%s")
    other = replace(choices, commits=CommitChoices(reword={wip: "Another\n"}))
    assert made.failed(choices=other).keys() == {"commits-chosen"}


def test_the_proof_notices_another_beginning_and_another_commit_that_went(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), commits(squash_before="2021-01-05"))
    assert "commits-chosen" in made.failed(choices=commits(squash_before="2021-01-06"))
    assert "commits-chosen" in made.failed(choices=Choices(commits=CommitChoices(drop=named(seen, b"A"))))
    dropped = choose_in(replace(seen, folder=tmp_path / "2"), commits(drop=named(seen, b"wip")))
    assert dropped.failed(choices=commits(drop=named(seen, b"wip", b"C"))).keys() == {"commits-chosen"}
    assert {"commits-complete", "losses"} <= dropped.failed(spec=replace(dropped.spec, gone={})).keys()


def test_the_proof_notices_a_wrong_parent(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), commits(drop=named(seen, b"wip")))
    (c,), (wip,) = named(seen, b"C"), named(seen, b"wip")
    forged = replace(made.spec, gone={wip: c})
    assert {"commits-equal", "commits-chosen"} <= made.failed(spec=forged).keys()


def test_the_proof_notices_who_is_credited_with_a_new_root(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), commits(squash_before="2021-01-05"))
    (boundary,) = named(seen, b"C")
    plain = replace(made.spec, new_root=None, message_edits={boundary: (SpanEdit((), 0, 2, b"C\n"),)})
    assert {"commits-equal", "commits-chosen"} <= made.failed(spec=plain).keys()


@pytest.mark.parametrize(
    ("subject", "telling"), [(b"M", "it is a merge"), (b"E", "a branch or a tag names it"), (b"A", "a tag names it")]
)
def test_a_commit_that_cannot_be_dropped_is_refused(seen: World, subject: bytes, telling: str) -> None:
    with pytest.raises(UsageError, match=telling):
        with_choices(seen.spec, commits(drop=named(seen, subject)), NO_LISTS, seen.view, seen.graph)


@pytest.mark.parametrize(
    ("date", "telling"), [("2021-01-01", "is older than 2021-01-01"), ("2021-01-02", "nothing to squash")]
)
def test_a_date_before_which_nothing_can_be_squashed_is_refused(seen: World, date: str, telling: str) -> None:
    with pytest.raises(UsageError, match=telling):
        with_choices(seen.spec, commits(squash_before=date), NO_LISTS, seen.view, seen.graph)


def test_ids_may_be_short_but_must_mean_one_commit(seen: World) -> None:
    (wip,) = named(seen, b"wip")
    full = with_full_ids(CommitChoices(drop=(wip[:9].upper(), wip), reword={wip[:8]: "x"}), seen.graph)
    assert full == CommitChoices(drop=(wip,), reword={wip: "x"})
    for bad in ("123", "f" * 40, wip[:6]):
        with pytest.raises(UsageError, match="means no commit"):
            with_full_ids(CommitChoices(drop=(bad,)), seen.graph)

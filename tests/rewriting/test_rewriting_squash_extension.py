"""A squash that was published is gone on from: what came since is one more commit on top of it."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.git.graph import load_graph
from opensafe.git.view import view_of
from opensafe.model.choices import CommitChoices
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.rewrite import Reach
from opensafe.rewriting.chosen_commits import with_chosen_commits
from opensafe.rewriting.refnames import NamesCollide
from opensafe.stories.builder import DELETED, MAIN, History
from tests.rewriting.rewriting_growing import LICENCE, Growing, redacted
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, file_at, make, paths_at
from tests.rewriting.test_rewriting_extension import forward
from tests.rewriting.test_rewriting_properties import SLOW, Step, Wishes, commits_of, decide, steps, wishes

SIDE = b"refs/heads/side"
ONE_COMMIT = [Option.SQUASH, Option.NEW_REPOSITORY]


def _begin(told: History) -> None:
    told.commit(b"One\n", {b"a.txt": b"1\n", b"DESCRIPTION": b"Version: 1\n"})
    told.commit(b"Two\n", {b"b.txt": b"p = " + SECRET + b"\n"})


def _grow(told: History) -> None:
    told.commit(b"Three\n", {b"c.txt": b"again " + SECRET + b"\n"}, by=BOB)
    told.commit(b"Four\n", {b"a.txt": b"2\n"})


def _chosen(seen: World, choices: CommitChoices) -> RewriteSpec:
    return with_chosen_commits(redacted(seen), choices, seen.graph)


def _squashed_before_the_third_day(seen: World) -> RewriteSpec:
    """The story begins on the second of January, and has a commit a day."""
    return _chosen(seen, CommitChoices(squash_before="2020-01-04"))


@pytest.fixture(params=ONE_COMMIT, ids=str)
def growing(tmp_path: Path, request: pytest.FixtureRequest) -> Growing:
    """Two commits published as one, and documents above."""
    grown = Growing(tmp_path, option=request.param)
    _begin(grown.told)
    grown.rewrite()
    grown.document(LICENCE)
    grown.document({"DESCRIPTION": b"Version: 2\n"})
    return grown


def test_what_is_new_is_one_commit_on_the_documents(growing: Growing) -> None:
    tip = growing.repository.refs()[MAIN]
    _grow(growing.told)
    after = growing.rewrite()
    assert (after.extends, after.reach, after.displaced) == (True, Reach(), frozenset())
    assert forward(after.repository, tip, MAIN)
    graph = load_graph(view_of(after.repository))
    new = graph.commits[after.repository.refs()[MAIN]]
    assert new.parents == (tip,)
    assert new.message.endswith(b"\n\nCommits: 2\nAuthors: 2\n")
    expected = [b"DESCRIPTION", b"LICENCE", b"a.txt", b"b.txt", b"c.txt", b"docs/USE.md"]
    assert paths_at(after.repository, MAIN) == expected
    assert file_at(after.repository, MAIN, b"c.txt") == b"again " + PLACEHOLDER + b"\n"
    assert file_at(after.repository, MAIN, b"DESCRIPTION") == b"Version: 2\n"
    assert {lost.what: lost.count for lost in after.claim.lost} == {"commit": 2}


def test_subjects_say_what_each_commit_is(growing: Growing) -> None:
    _grow(growing.told)
    growing.rewrite()
    told = {
        Option.SQUASH: (b"Publish 2 commits as one", b"Publish 2 commits as one"),
        Option.NEW_REPOSITORY: (b"Publish the latest version", b"Publish the latest version in a new repository"),
    }
    new, root = told[growing.option]
    assert growing.log() == [new, b"Add documents", b"Add documents", root]


def test_nothing_new_changes_nothing(growing: Growing) -> None:
    before = growing.repository.refs()
    after = growing.rewrite()
    assert (after.extends, after.reach, after.repository.refs()) == (True, Reach(), before)


def test_a_decision_about_what_is_public_leads_to_a_new_root_and_says_so(growing: Growing) -> None:
    root = growing.last.refs[MAIN] if growing.last else ""
    _grow(growing.told)
    growing.decide = lambda seen: replace(redacted(seen), path_renames={b"a.txt": b"z.txt"})
    seen = growing.look()
    built = make(seen, growing.decide(seen), option=growing.option, former=growing.former)
    assert (built.extends, built.reach) == (False, Reach(root, 1, 1, 2))
    assert len(load_graph(view_of(built.repository)).commits) == 1


def test_a_decision_about_new_files_only_reaches_nothing(growing: Growing) -> None:
    _grow(growing.told)
    growing.decide = lambda seen: replace(redacted(seen), path_renames={b"c.txt": b"z.txt"})
    after = growing.rewrite()
    assert (after.extends, after.reach) == (True, Reach())
    assert b"z.txt" in paths_at(after.repository, MAIN)


def test_a_branch_that_was_bent_leads_to_a_new_root(growing: Growing) -> None:
    growing.told = History(ALICE)
    growing.told.commit(b"One\n", {b"a.txt": b"1\n", b"DESCRIPTION": b"Version: 1\n"})
    growing.told.commit(b"Other\n", {b"b.txt": b"b\n"})
    seen = growing.look()
    built = make(seen, redacted(seen), option=growing.option, former=growing.former)
    assert (built.extends, built.reach.commits, built.reach.documents) == (False, 1, 2)


def test_what_the_source_has_of_its_own_wins(growing: Growing) -> None:
    growing.told.commit(b"Three\n", {b"LICENCE": b"GPL\n", b"DESCRIPTION": DELETED})
    after = growing.rewrite()
    assert after.displaced == {b"LICENCE", b"DESCRIPTION"}
    assert file_at(after.repository, MAIN, b"LICENCE") == b"GPL\n"
    assert b"DESCRIPTION" not in paths_at(after.repository, MAIN)
    growing.told.commit(b"Four\n", {b"LICENCE": DELETED})
    assert paths_at(growing.rewrite().repository, MAIN) == [b"a.txt", b"b.txt", b"docs/USE.md"]


def test_a_tag_of_ours_stays_though_the_source_has_one_of_its_name(growing: Growing) -> None:
    ours = b"refs/tags/v2"
    growing.repository.set_refs({ours: growing.repository.refs()[MAIN]})
    growing.tags = {ours: growing.repository.refs()[MAIN]}
    three = growing.told.commit(b"Three\n", {b"c.txt": b"c\n"})
    growing.told.tag(b"v2", three, b"Version 2\n")
    after = growing.rewrite()
    assert after.extends
    assert after.repository.refs()[ours] == growing.tags[ours]


def test_another_option_does_not_go_on_from_it(growing: Growing) -> None:
    other = next(option for option in ONE_COMMIT if option is not growing.option)
    seen = growing.look()
    built = make(seen, redacted(seen), option=other, former=growing.former)
    assert (built.extends, built.reach.commits, built.reach.documents) == (False, 1, 2)


def test_after_a_squash_new_commits_may_be_published_one_by_one(tmp_path: Path) -> None:
    grown = Growing(tmp_path, option=Option.SQUASH)
    _begin(grown.told)
    grown.rewrite()
    tip = grown.document(LICENCE)
    grown.told.commit(b"Side\n", {b"s.txt": b"s\n"}, branch=SIDE, after=(grown.told.marks[0],))
    _grow(grown.told)
    grown.option, grown.decide = Option.REWRITE, _squashed_before_the_third_day
    after = grown.rewrite()
    assert (after.extends, after.reach) == (True, Reach())
    assert forward(after.repository, tip, MAIN)
    root = b"Publish 2 commits as one"
    assert grown.log() == [b"Four", b"Three", b"Add documents", root]
    assert grown.log(SIDE) == [b"Side", b"Add documents", root]


def test_a_history_before_a_date_squashed_is_gone_on_from(tmp_path: Path) -> None:
    grown = Growing(tmp_path, decide=_squashed_before_the_third_day)
    _begin(grown.told)
    grown.rewrite()
    tip = grown.document(LICENCE)
    side = grown.told.commit(b"Side\n", {b"s.txt": b"s\n"}, branch=SIDE, after=(grown.told.marks[0],))
    _grow(grown.told)
    grown.told.commit(b"Merge\n", after=(grown.told.marks[-1], side))
    after = grown.rewrite()
    assert (after.extends, after.reach) == (True, Reach())
    assert forward(after.repository, tip, MAIN)
    assert grown.rewrite().repository.refs() == after.repository.refs()


def test_a_new_commit_that_is_dropped_leaves_its_changes_to_the_next(tmp_path: Path) -> None:
    grown = Growing(tmp_path)
    _begin(grown.told)
    grown.rewrite()
    tip = grown.document(LICENCE)
    dropped = grown.told.commit(b"Three\n", {b"LICENCE": b"GPL\n"})
    grown.told.commit(b"Four\n", {b"a.txt": b"2\n"})
    grown.decide = lambda seen: _chosen(seen, CommitChoices(drop=(seen.ids[dropped],)))
    after = grown.rewrite()
    assert after.extends
    assert after.displaced == {b"LICENCE"}
    assert forward(after.repository, tip, MAIN)
    assert grown.log() == [b"Four", b"Add documents", b"Two", b"One"]


@given(steps, wishes, st.integers(1, 8), st.sampled_from(ONE_COMMIT))
@SLOW
def test_a_squash_that_grows_is_extended_or_says_what_goes(
    story: list[Step], wanted: Wishes, cut: int, option: Option
) -> None:
    story = [replace(story[0], branch=MAIN), *story[1:]]
    with tempfile.TemporaryDirectory() as folder:
        growing = Growing(Path(folder), commits_of(story[:cut])[0], lambda seen: decide(seen, wanted), option=option)
        growing.values = [SECRET] if wanted.redact else []
        try:
            growing.rewrite()
            tip = growing.document({"LICENCE": b"MIT\n", "z": b"ours\n"})
            growing.told, _ = commits_of(story)
            after = growing.rewrite()
        except NamesCollide:
            return
        assert after.extends == after.reach.is_nothing
        if after.extends:
            now = after.repository.refs()
            assert after.repository.run("merge-base", tip, now[MAIN]).decode().strip() == tip
            assert growing.rewrite().repository.refs() == now

"""A grown source extends the history that was made before: what was published stays, and what opensafe added too."""

from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.git.owned import OwnedRepository
from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec
from opensafe.model.rewrite import Reach
from opensafe.proof.added import prove_added
from opensafe.stories.builder import DELETED, MAIN, Content, History
from tests.rewriting.rewriting_growing import LICENCE, Growing, redacted
from tests.rewriting.rewriting_kit import (
    ALICE,
    BOB,
    PLACEHOLDER,
    SECRET,
    World,
    data_of,
    file_at,
    make,
    paths_at,
)

TOPIC = b"refs/heads/topic"


@pytest.fixture
def growing(tmp_path: Path) -> Growing:
    """A published history of two commits, the second with the value, and documents above it."""
    grown = Growing(tmp_path)
    grown.told.commit(b"One\n", {b"a.txt": b"1\n", b"DESCRIPTION": b"Version: 1\n"})
    grown.told.commit(b"Two\n", {b"b.txt": b"p = " + SECRET + b"\n"})
    grown.rewrite()
    grown.document(LICENCE)
    grown.document({"DESCRIPTION": b"Version: 2\n"})
    return grown


def forward(repository: OwnedRepository, old: Oid, new: bytes) -> bool:
    """Whether a push would be a fast-forward."""
    return repository.run("merge-base", "--is-ancestor", old, new, ok=(0, 1)) == b"" and bool(
        repository.run("rev-list", "--max-count=1", new, "--not", old)
    )


def test_new_commits_stand_on_the_documents(growing: Growing) -> None:
    before = growing.last
    assert before is not None
    tip = before.repository.refs()[MAIN]
    growing.told.commit(b"Three\n", {b"c.txt": b"again " + SECRET + b"\n"})
    growing.told.commit(b"Four\n", {b"a.txt": b"2\n"}, by=BOB)
    after = growing.rewrite()
    assert (after.extends, after.reach, after.displaced) == (True, Reach(), frozenset())
    assert forward(after.repository, tip, MAIN)
    assert growing.log() == [b"Four", b"Three", b"Add documents", b"Add documents", b"Two", b"One"]
    expected = [b"DESCRIPTION", b"LICENCE", b"a.txt", b"b.txt", b"c.txt", b"docs/USE.md"]
    assert paths_at(after.repository, MAIN) == expected
    assert file_at(after.repository, MAIN, b"DESCRIPTION") == b"Version: 2\n"
    assert file_at(after.repository, MAIN, b"c.txt") == b"again " + PLACEHOLDER + b"\n"


def test_one_run_or_two_give_the_same_ids(growing: Growing, tmp_path: Path) -> None:
    growing.told.commit(b"Three\n", {b"LICENCE": b"ours\n"})
    growing.rewrite()
    growing.told.commit(b"Four\n", {b"LICENCE": DELETED})
    stepwise = growing.rewrite()
    other = Growing(tmp_path / "other")
    other.told.commit(b"One\n", {b"a.txt": b"1\n", b"DESCRIPTION": b"Version: 1\n"})
    other.told.commit(b"Two\n", {b"b.txt": b"p = " + SECRET + b"\n"})
    other.rewrite()
    other.document(LICENCE)
    other.document({"DESCRIPTION": b"Version: 2\n"})
    other.told.commit(b"Three\n", {b"LICENCE": b"ours\n"})
    other.told.commit(b"Four\n", {b"LICENCE": DELETED})
    assert other.rewrite().repository.refs() == stepwise.repository.refs()


def test_nothing_new_changes_nothing(growing: Growing) -> None:
    before = growing.last
    assert before is not None
    again = growing.rewrite()
    assert again.repository.refs() == before.repository.refs()
    assert (again.extends, again.claim, again.refs) == (True, before.claim, before.refs)


def test_without_documents_it_is_what_a_rewrite_from_scratch_gives(tmp_path: Path) -> None:
    grown = Growing(tmp_path)
    grown.told.commit(b"One\n", {b"a.txt": SECRET})
    grown.rewrite()
    grown.told.commit(b"Two\n", {b"b.txt": SECRET})
    extended = grown.rewrite()
    scratch = grown.rewrite(scratch=True)
    assert (extended.extends, scratch.extends) == (True, False)
    assert extended.repository.refs() == scratch.repository.refs()
    assert extended.claim == scratch.claim


def test_the_plain_ids_are_those_of_a_rewrite_from_scratch(growing: Growing) -> None:
    growing.told.commit(b"Three\n", {b"c.txt": SECRET})
    extended = growing.rewrite()
    scratch = growing.rewrite(scratch=True)
    assert {**extended.claim.commits, **extended.claim.plain} == scratch.claim.commits
    assert len(extended.claim.plain) == 1


@pytest.mark.parametrize(
    ("change", "shown", "displaced"),
    [
        ({b"LICENCE": b"GPL\n"}, b"GPL\n", {b"LICENCE"}),
        ({b"docs": b"a file\n"}, b"MIT\n", {b"docs/USE.md"}),
        ({b"licence": b"GPL\n"}, None, {b"LICENCE"}),
        ({b"LICENCE/MIT.txt": b"MIT\n"}, None, {b"LICENCE"}),
        ({b"DESCRIPTION": b"Version: 1.1\n"}, b"MIT\n", {b"DESCRIPTION"}),
        ({b"DESCRIPTION": DELETED}, b"MIT\n", {b"DESCRIPTION"}),
    ],
)
def test_what_the_source_has_of_its_own_wins(
    growing: Growing, change: dict[bytes, Content], shown: bytes | None, displaced: set[bytes]
) -> None:
    growing.told.commit(b"Three\n", change)
    growing.told.commit(b"Four\n", {b"a.txt": b"3\n"})
    after = growing.rewrite()
    assert after.displaced == displaced
    paths = paths_at(after.repository, MAIN)
    assert (b"LICENCE" in paths) == (shown is not None)
    if shown is not None:
        assert file_at(after.repository, MAIN, b"LICENCE") == shown
    if b"DESCRIPTION" in change:
        own = growing.look().repository
        assert (b"DESCRIPTION" in paths) == (b"DESCRIPTION" in paths_at(own, MAIN))


def test_documents_reach_other_branches_through_the_default_one(growing: Growing) -> None:
    base = growing.told.marks[-1]
    side = growing.told.commit(b"Side\n", {b"s.txt": b"s\n"}, branch=TOPIC, after=(growing.told.marks[0],))
    merge = growing.told.commit(b"Merge\n", after=(base, side))
    growing.told.commit(b"Fork\n", {b"f.txt": b"f\n"}, branch=b"refs/heads/fork", after=(merge,))
    after = growing.rewrite()
    assert b"LICENCE" not in paths_at(after.repository, TOPIC)
    assert b"LICENCE" in paths_at(after.repository, MAIN)
    assert b"LICENCE" in paths_at(after.repository, b"refs/heads/fork")


def test_ids_in_messages_and_notes_follow(growing: Growing) -> None:
    three = growing.told.commit(b"Three\n", {b"c.txt": b"c\n"})
    old = growing.look().ids[three].encode()
    growing.told.commit(b"Revert %s (%s)\n" % (old, old[:8]))
    growing.told.note(three, b"Looks good\n")
    after = growing.rewrite()
    new = after.claim.commits[Oid(old.decode())]
    assert new is not None
    tip = data_of(view_of(after.repository), after.repository.refs()[MAIN])
    assert tip.endswith(b"Revert %s (%s)\n" % (new.encode(), new[:8].encode()))
    assert after.repository.run("notes", "show", new) == b"Looks good\n"


def test_a_decision_that_reaches_back_says_how_far(growing: Growing) -> None:
    before = growing.last
    assert before is not None
    growing.told.commit(b"Three\n", {b"c.txt": b"c\n"})
    growing.decide = lambda seen: replace(
        redacted(seen), path_renames={b"b.txt": b"config.txt"}
    )  # the second of two commits, and main
    after = growing.rewrite(scratch=True)
    growing.added.clear()
    foreseen = growing.rewrite()
    old_two = before.refs[MAIN]
    assert (foreseen.extends, foreseen.reach) == (False, Reach(old_two, 1, 1, 0))
    assert foreseen.repository.refs() == after.repository.refs()


def test_documents_that_would_go_are_counted(growing: Growing) -> None:
    growing.decide = lambda seen: replace(redacted(seen), path_renames={b"a.txt": b"z.txt"})
    seen = growing.look()
    built = make(seen, growing.decide(seen), former=growing.former)
    assert (built.extends, built.reach.commits, built.reach.documents) == (False, 2, 2)


def test_a_branch_that_went_is_told_and_the_documents_stay(growing: Growing) -> None:
    other = History(ALICE)
    growing.told.ref(b"refs/heads/old", growing.told.marks[0])
    growing.rewrite()
    other.commit(b"One\n", {b"a.txt": b"1\n", b"DESCRIPTION": b"Version: 1\n"})
    other.commit(b"Two\n", {b"b.txt": b"p = " + SECRET + b"\n"})
    growing.told = other
    after = growing.rewrite()
    assert (after.extends, after.reach) == (True, Reach("", 0, 1, 0))
    assert b"LICENCE" in paths_at(after.repository, MAIN)


def test_a_tag_of_ours_stays_and_the_one_of_the_source_is_not_taken(growing: Growing) -> None:
    before = growing.last
    assert before is not None
    ours = b"refs/tags/v2"
    before.repository.set_refs({ours: before.repository.refs()[MAIN]})
    growing.tags = {ours: before.repository.refs()[MAIN]}
    three = growing.told.commit(b"Three\n", {b"c.txt": b"c\n"})
    growing.told.tag(b"v2", three, b"Version 2\n")
    after = growing.rewrite()
    assert after.repository.refs()[ours] == growing.tags[ours]
    assert ours not in after.refs


def test_a_removed_file_stays_removed_on_top(growing: Growing) -> None:
    growing.told.commit(b"Three\n", {b"data.csv": b"id,name\n"})

    def decide(seen: World) -> RewriteSpec:
        blob = Oid(seen.repository.run("hash-object", "--stdin", stdin=b"id,name\n").decode().strip())
        spec = redacted(seen)
        return replace(spec, blobs=(*spec.blobs, BlobChange(blob, remove=True)))

    growing.decide = decide
    after = growing.rewrite()
    assert after.extends
    assert b"data.csv" not in paths_at(after.repository, MAIN)


def test_a_default_branch_that_moves_on_to_what_was_public_is_joined_with_the_documents(tmp_path: Path) -> None:
    grown = Growing(tmp_path)
    one = grown.told.commit(b"One\n", {b"a.txt": SECRET})
    two = grown.told.commit(b"Two\n", {b"b.txt": b"b\n", b"docs/USE.md": b"ours\n"}, branch=TOPIC, after=(one,))
    grown.rewrite()
    tip = grown.document(LICENCE)
    public = grown.repository.refs()
    grown.told.ref(MAIN, two)
    after = grown.rewrite()
    joined = after.repository.refs()[MAIN]
    assert (after.extends, after.reach, after.joined) == (True, Reach(), joined)
    assert after.displaced == {b"docs/USE.md"}
    parents = after.repository.run("rev-parse", MAIN + b"^1", MAIN + b"^2").decode().split()
    assert parents == [tip, public[TOPIC]]
    assert after.repository.refs()[TOPIC] == public[TOPIC]
    assert paths_at(after.repository, MAIN) == [b"LICENCE", b"a.txt", b"b.txt", b"docs/USE.md"]
    above = prove_added(view_of(after.repository), after.refs[MAIN], joined)
    assert all(check.passed for check in above)
    assert grown.rewrite().repository.refs() == after.repository.refs()

    grown.told.commit(b"Three\n", {b"c.txt": b"c\n"})
    later = grown.rewrite()
    assert (later.extends, later.reach, later.joined) == (True, Reach(), None)
    assert forward(later.repository, joined, MAIN)
    assert b"LICENCE" in paths_at(later.repository, MAIN)

"""Previews against the real rewrite, on the story that has everything in it."""

import base64
from pathlib import Path

import pytest

from opensafe.formats.replacing import Replacer
from opensafe.git.expressions import Expressions
from opensafe.git.graph import walk_tree
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices
from opensafe.model.edit import Edit
from opensafe.model.gitobjects import Commit, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec, SpanEdit
from opensafe.model.replacing import parse_rules
from opensafe.rewriting.chosen import with_choices
from opensafe.rewriting.masks import Masks, masked_file, masked_message, masked_new_name
from opensafe.rewriting.preview import Previewer
from opensafe.rewriting.published import Published
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, data_of, make, paths_at, redact, world
from tests.rewriting.rewriting_stories import TOPIC, rich_decisions, rich_world

MASK = b"[token, up to 32 characters]"


def _masks(seen: World) -> Masks:
    """Masks wherever the value stands: made like the edits of a redaction."""
    spec = redact(seen, seen.spec, SECRET, MASK)
    return Masks({change.oid: change.edits for change in spec.blobs} | dict(spec.message_edits))


def _entries(seen: World, commit: Commit) -> dict[bytes, TreeEntry]:
    return dict(walk_tree(seen.graph.trees, commit.tree))


def test_without_masks_a_preview_is_exactly_what_the_rewrite_makes(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    spec = rich_decisions(seen)
    built = make(seen, spec)
    previewer = Previewer(spec, seen.graph, seen.view, Masks())
    compared = 0
    for old in Published.of(spec, seen.graph).commits:
        commit, new = seen.graph.commits[old], built.claim.commits[old]
        assert new is not None
        for path, entry in _entries(seen, commit).items():
            told = previewer.file(path, entry)
            if entry.is_gitlink:
                continue
            if told.sides.removed:
                assert told.new_path not in paths_at(built.repository, new.encode())
            else:
                written = built.repository.run("cat-file", "blob", new.encode() + b":" + told.new_path)
                assert told.sides.after == written
            compared += 1
    assert compared > 40


def test_with_masks_neither_side_of_anything_holds_the_value(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    masks = _masks(seen)
    encoded = base64.b64encode(b"password=" + SECRET)[4:-4]
    for spec in (seen.spec, rich_decisions(seen)):
        previewer = Previewer(spec, seen.graph, seen.view, masks)
        shown: list[bytes] = []
        for commit in seen.graph.commits.values():
            for path, entry in _entries(seen, commit).items():
                file = previewer.file(path, entry)
                shown += [part or b"" for p in file.parts for part in (p.before, p.after)]
                shown += [file.sides.before or b"", file.sides.after or b""]
        holders: list[Commit | Tag] = [*seen.graph.commits.values(), *seen.graph.tags.values()]
        for holder in holders:
            sides = previewer.message(holder)
            shown += [sides.before or b"", sides.after or b""]
        everything = b"\n".join(shown)
        assert SECRET not in everything
        assert SECRET.decode().encode("utf-16-le") not in everything
        assert encoded not in everything
        assert MASK in everything


def test_a_commit_brings_what_differs_from_all_its_parents(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    previewer = Previewer(rich_decisions(seen), seen.graph, seen.view, Masks())
    by_subject = {commit.message.split(b"\n")[0]: commit for commit in seen.graph.commits.values()}
    third = by_subject[b"Connect with " + SECRET]
    assert [(path, own) for path, _, own in previewer.brought(third)] == [(b"src/a.py", True)]
    merge = by_subject[b"Merge"]
    assert {path: own for path, _, own in previewer.brought(merge)} == {
        b"src/a.py": False,
        b"wide.sql": False,
        b"data/patients.csv": False,
        b"conf.txt": False,
    }


def test_people_are_told_before_and_after(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    line = BOB.name + b" <" + BOB.email + b">"
    masks = Masks(names={line: (Edit(0, len(BOB.name), b"Person 2 (name)"),)})
    previewer = Previewer(rich_decisions(seen), seen.graph, seen.view, masks)
    who = next(c.author for c in seen.graph.commits.values() if c.author.email == BOB.email)
    assert previewer.person(who) == (
        b"Person 2 (name) <" + BOB.email + b">",
        b"Person 2 <person-2@example.invalid>",
    )


def test_what_nobody_looked_through_is_not_shown(tmp_path: Path) -> None:
    told = History(ALICE)
    told.commit(b"One\n", {b"a": SECRET + b"\n"})
    seen = world(tmp_path, told)
    (blob,) = seen.graph.blobs
    sides = masked_file(blob, data_of(seen.view, blob), None, Masks(unread=frozenset({blob})), b"a")
    assert (sides.before, sides.after, sides.removed) == (None, None, False)


def test_what_cannot_be_masked_inside_is_not_shown() -> None:
    wrong = SpanEdit((), 0, 1_000, MASK)
    sides = masked_file(Oid("1"), b"short", None, Masks({Oid("1"): (wrong,)}), b"a")
    assert (sides.before, sides.after) == (None, None)


@pytest.mark.parametrize("remove", [True, False])
def test_a_file_that_goes_says_whether_that_was_decided(remove: bool) -> None:
    change = BlobChange(Oid("1"), edits=() if remove else (SpanEdit((), 0, 99, b"x"),), remove=remove)
    sides = masked_file(Oid("1"), b"short", change, Masks(), b"a")
    assert (sides.removed, sides.given_up, sides.before, sides.after) == (True, not remove, None, None)


@pytest.mark.parametrize("remove", [True, False])
def test_a_file_that_cannot_be_read_goes_where_it_was_to_be_changed(tmp_path: Path, remove: bool) -> None:
    seen = rich_world(tmp_path)
    lost = Oid("2" * 40)
    changed = RewriteSpec(seen.repository.refs(), MAIN, blobs=(BlobChange(lost, remove=remove),))
    for spec, goes in ((changed, True), (seen.spec, False)):
        sides = Previewer(spec, seen.graph, seen.view, Masks()).file(b"a", TreeEntry(0o100644, b"a", lost)).sides
        assert (sides.removed, sides.given_up) == (goes, goes and not remove)
        assert (sides.before, sides.after) == (None, None)


def test_an_edit_takes_the_place_of_its_mask_and_leaves_the_others() -> None:
    data = b"user=alice pass=" + SECRET
    secret = SpanEdit((), 16, len(data), MASK)
    name = SpanEdit((), 5, 10, b"Person 1 (name)")
    edit = SpanEdit((), 16, len(data), PLACEHOLDER)
    sides = masked_message(Oid("1"), data, (edit,), Masks({Oid("1"): (secret, name)}))
    assert sides.before == b"user=Person 1 (name) pass=" + MASK
    assert sides.after == b"user=Person 1 (name) pass=" + PLACEHOLDER


def test_a_value_that_stays_in_a_new_name_is_masked_there() -> None:
    masks = Masks(names={b"alice/bob.csv": (Edit(0, 5, b"[A]"), Edit(6, 9, b"[B]"))})
    assert masked_new_name(b"alice/bob.csv", b"alice/person-2.csv", masks) == b"[A]/person-2.csv"
    assert masked_new_name(b"alice/bob.csv", b"alice/bob.csv", masks) == b"[A]/[B].csv"


def test_a_spec_that_changes_nothing_leaves_every_file_as_it_is(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    nothing = RewriteSpec(seen.repository.refs(), MAIN)
    previewer = Previewer(nothing, seen.graph, seen.view, Masks())
    tip = seen.graph.commits[seen.repository.refs()[TOPIC]]
    files = [previewer.file(path, entry) for path, entry in _entries(seen, tip).items() if not entry.is_gitlink]
    assert files
    assert all(file.sides.before == file.sides.after and not file.parts for file in files)


def test_what_a_rule_of_the_team_matches_is_masked_and_shown_replaced(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    rules = parse_rules(b"literal:" + SECRET + b"==>OURS\nregex:Alice [A-Z][a-z]+==>A. A.\n")
    spec = with_choices(seen.spec, Choices(), ChoiceLists(rules=rules), seen.view, seen.graph)
    with Expressions(rules) as expressions:
        masks = Masks(rules=Replacer(rules, expressions.find))
        previewer = Previewer(spec, seen.graph, seen.view, masks)
        shown = 0
        for oid in Published.of(spec, seen.graph).commits:
            commit = seen.graph.commits[oid]
            files = [previewer.file(path, entry) for path, entry in _entries(seen, commit).items()]
            sides = [previewer.message(commit), *(file.sides for file in files)]
            told = b"\0".join(side for pair in sides for side in (pair.before, pair.after) if side is not None)
            names = b"\0".join([*(file.path for file in files), *previewer.person(commit.author)])
            assert SECRET not in told
            assert SECRET.decode().encode("utf-16-le") not in told
            assert b"Alice Archer" not in told + names
            shown += any(pair.after is not None and b"OURS" in pair.after for pair in sides)
        assert shown > 3


def test_what_no_rule_matches_is_shown_as_it_is(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    rules = Replacer(parse_rules(b"literal:nowhere-in-here\n"), lambda _text: ())
    masked = Previewer(seen.spec, seen.graph, seen.view, Masks(rules=rules))
    plain = Previewer(seen.spec, seen.graph, seen.view, Masks())
    for commit in seen.graph.commits.values():
        entries = _entries(seen, commit).items()
        assert [masked.file(*entry) for entry in entries] == [plain.file(*entry) for entry in entries]
        assert masked.message(commit) == plain.message(commit)
        assert masked.person(commit.author) == plain.person(commit.author)

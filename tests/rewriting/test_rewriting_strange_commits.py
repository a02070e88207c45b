"""Commits that no porcelain makes: what the stream cannot carry is repaired by a rule, kept, or counted as lost."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.model.plan import IdentityRename, Option
from opensafe.model.rewrite import Lost
from opensafe.rewriting.estimate import all_changed, estimate
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import (
    ALICE,
    PLACEHOLDER,
    SECRET,
    World,
    data_of,
    failed,
    look,
    make,
    proven,
    redact,
    tell,
)

GOOD = b"A <a@b> 1600000000 +0000"


def strange_world(folder: Path, author: bytes, extra: bytes = b"", message: bytes = b"Strange\n") -> World:
    """A dirty root and above it a commit with this author line, these header lines and this message."""
    told = History(ALICE)
    root = told.commit(b"Root\n", {b"a.txt": SECRET})
    repository, ids = tell(folder, told)
    tree = repository.run("rev-parse", MAIN + b"^{tree}").strip()
    raw = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n%s\n%s"
    tip = repository.write_object("commit", raw % (tree, ids[root].encode(), author, GOOD, extra, message))
    repository.set_refs({MAIN: tip})
    return look(folder, repository, ids)


def rewritten(seen: World) -> tuple[bytes, Sequence[Lost], dict[str, str]]:
    """The raw new tip, what was lost, and what the proof does not accept."""
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    built = make(seen, spec)
    tip = data_of(view_of(built.repository), built.repository.refs()[MAIN])
    return tip, built.claim.lost, failed(proven(seen, spec, built, [SECRET]))


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (b"No Mail 1600000000 +0000", b"No Mail 1600000000 +0000 <> 0 +0000"),
        (b"A <a@b> yesterday", b"A <a@b> 0 +0000"),
        (b"A <a@b>", b"A <a@b> 0 +0000"),
        (b"<a@b> 1600000000 +0000", b" <a@b> 1600000000 +0000"),
        (b"A <a<b> 1600000000 +0000", b"A <ab> 1600000000 +0000"),
    ],
)
def test_malformed_lines_are_repaired_and_counted(tmp_path: Path, author: bytes, expected: bytes) -> None:
    tip, lost, wrong = rewritten(strange_world(tmp_path, author))
    assert b"\nauthor " + expected + b"\n" in tip
    assert (lost, wrong) == ((Lost("malformed identity", 1),), {})


def test_a_person_on_a_malformed_line_gets_the_name_that_was_decided(tmp_path: Path) -> None:
    """The line is repaired and then renamed: the decision names it as it stood."""
    seen = strange_world(tmp_path, b"Ann <B <ann@b.example> 1600000000 +0000")
    rename = IdentityRename(b"Ann", b"B <ann@b.example", b"Person 1", b"person-1@example.invalid")
    spec = replace(seen.spec, identities=(rename,))
    built = make(seen, spec)
    tip = data_of(view_of(built.repository), built.repository.refs()[MAIN])
    assert b"\nauthor Person 1 <person-1@example.invalid> 1600000000 +0000\n" in tip
    assert failed(proven(seen, spec, built, [b"ann@b.example"])) == {}


@pytest.mark.parametrize(
    "author",
    [
        b" <> 1600000000 +0000",
        b" <a@b> 1600000000 -0000",
        b"A <> 1600000000 +0545",
        b"A <a@b> -86400 +0000",
        b"A <a@b> 5000000000 +051800",
        b"\xc9mile <a@b> 1600000000 +0000",
        b"A  <a b> 1600000000 +0000",
    ],
)
def test_rare_but_sound_lines_stay_byte_for_byte(tmp_path: Path, author: bytes) -> None:
    tip, lost, wrong = rewritten(strange_world(tmp_path, author))
    assert b"\nauthor " + author + b"\n" in tip
    assert (lost, wrong) == ((), {})


def test_text_after_a_nul_stays(tmp_path: Path) -> None:
    tip, _, wrong = rewritten(strange_world(tmp_path, GOOD, message=b"Before\0after\n"))
    assert tip.endswith(b"\n\nBefore\0after\n")
    assert wrong == {}


def test_a_value_after_a_nul_goes(tmp_path: Path) -> None:
    tip, _, wrong = rewritten(strange_world(tmp_path, GOOD, message=b"Before\0" + SECRET))
    assert tip.endswith(b"Before\0" + PLACEHOLDER)
    assert wrong == {}


EXTRA = b"gpgsig -----BEGIN\n  line\n -----END\nmergetag object\n text\nHG:extra x\nencoding ISO-8859-1\n"


@pytest.mark.parametrize("option", [Option.REWRITE, Option.SQUASH, Option.NEW_REPOSITORY])
def test_the_plan_says_before_which_headers_go(tmp_path: Path, option: Option) -> None:
    seen = strange_world(tmp_path, GOOD, EXTRA)
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    row = next(
        row
        for row in estimate(spec, spec, seen.graph, all_changed(spec, seen.graph, seen.view))
        if row.option is option
    )
    built = make(seen, spec, option=option)
    lost = {lost.what: lost.count for lost in built.claim.lost}
    assert (row.signatures_lost, row.headers_lost) == (lost["signature"], lost["header"] + lost["mergetag"]) == (1, 2)
    assert failed(proven(seen, spec, built, [SECRET], option)) == {}
    kept = replace(built, claim=replace(built.claim, lost=tuple(x for x in built.claim.lost if x.what != "header")))
    assert failed(proven(seen, spec, kept, [SECRET], option)).keys() == {"losses"}


def test_commits_that_stay_lose_no_header(tmp_path: Path) -> None:
    seen = strange_world(tmp_path, GOOD, EXTRA)
    rows = estimate(seen.spec, seen.spec, seen.graph, all_changed(seen.spec, seen.graph, seen.view))
    assert [row.headers_lost for row in rows] == [0, 0, 2, 2]
    built = make(seen, seen.spec)
    assert built.claim.lost == ()
    assert b"\nHG:extra x\n" in data_of(view_of(built.repository), built.repository.refs()[MAIN])
    assert failed(proven(seen, seen.spec, built)) == {}


def test_signatures_and_headers_are_counted(tmp_path: Path) -> None:
    tip, lost, wrong = rewritten(strange_world(tmp_path, GOOD, EXTRA))
    assert b"\nencoding ISO-8859-1\n" in tip
    assert lost == (Lost("header", 1), Lost("mergetag", 1), Lost("signature", 1))
    assert wrong == {}


def test_a_header_with_a_value_goes(tmp_path: Path) -> None:
    seen = strange_world(tmp_path, GOOD, b"HG:extra " + SECRET + b"\n")
    spec = replace(seen.spec, header_drops=frozenset({seen.spec.refs[MAIN]}))
    built = make(seen, spec)
    assert b"HG:extra" not in data_of(view_of(built.repository), built.repository.refs()[MAIN])
    assert failed(proven(seen, spec, built)) == {}


@pytest.mark.parametrize("dropped", [True, False])
def test_extra_lines_of_a_tag_go_where_they_hold_a_value_and_stay_elsewhere(tmp_path: Path, *, dropped: bool) -> None:
    seen = strange_world(tmp_path, GOOD)
    raw = b"object %s\ntype commit\ntag v\ntagger A <a@b> 0771 %s\ntag %s\nnote %s\n\nTagged\n"
    value = SECRET if dropped else b"harmless"
    tag = seen.repository.write_object("tag", raw % (seen.spec.refs[MAIN].encode(), value, value, value))
    seen.repository.set_refs({b"refs/tags/v": tag})
    seen = look(tmp_path / "again", seen.repository)
    spec = replace(redact(seen, seen.spec, SECRET, PLACEHOLDER), header_drops=frozenset({tag} if dropped else ()))
    built = make(seen, spec)
    refs = built.repository.refs()
    made = data_of(view_of(built.repository), refs[b"refs/tags/v"])
    people = b"tagger A <a@b> 0 +0000\n" if dropped else b"tagger A <a@b> 0771 harmless\ntag harmless\nnote harmless\n"
    assert made == b"object %s\ntype commit\ntag v\n%s\nTagged\n" % (refs[MAIN].encode(), people)
    assert failed(proven(seen, spec, built, [SECRET])) == {}


def test_a_second_author_line_with_a_value_goes(tmp_path: Path) -> None:
    seen = strange_world(tmp_path, GOOD, b"author " + SECRET + b" <b@b> 1600000000 +0000\n")
    tip, _, wrong = rewritten(seen)
    assert SECRET not in tip
    assert wrong == {}


def test_ids_in_messages_become_the_new_ids(tmp_path: Path) -> None:
    told = History(ALICE)
    root = told.commit(b"Root\n", {b"a.txt": SECRET})
    repository, ids = tell(tmp_path, told)
    old = ids[root].encode()
    told.commit(b"Revert %s (%s), see deadbeef\n" % (old, old[:9]), {b"a.txt": b"clean\n"})
    repository.run("fast-import", "--quiet", "--force", stdin=told.stream())
    seen = look(tmp_path, repository, ids)
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    built = make(seen, spec)
    new = built.claim.commits[Oid(old.decode())]
    assert new is not None
    tip = data_of(view_of(built.repository), built.repository.refs()[MAIN])
    assert tip.endswith(b"Revert %s (%s), see deadbeef\n" % (new.encode(), new[:9].encode()))
    assert failed(proven(seen, spec, built, [SECRET])) == {}


def test_signed_tags_lose_their_signature_only_when_they_change(tmp_path: Path) -> None:
    signature = b"-----BEGIN PGP SIGNATURE-----\nxyz\n-----END PGP SIGNATURE-----\n"
    told = History(ALICE)
    clean = told.commit(b"Clean\n", {b"a.txt": b"1\n"})
    dirty = told.commit(b"Dirty\n", {b"a.txt": SECRET})
    told.tag(b"before", clean, b"Signed\n" + signature)
    told.tag(b"after", dirty, b"Signed\n" + signature)
    repository, ids = tell(tmp_path, told)
    seen = look(tmp_path, repository, ids)
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    built = make(seen, spec)
    refs, view = built.repository.refs(), view_of(built.repository)
    assert refs[b"refs/tags/before"] == seen.spec.refs[b"refs/tags/before"]
    assert data_of(view, refs[b"refs/tags/after"]).endswith(b"\n\nSigned\n")
    assert built.claim.lost == (Lost("tag signature", 1),)
    assert failed(proven(seen, spec, built, [SECRET])) == {}


def test_people_change_in_commits_tags_and_notes(tmp_path: Path) -> None:
    told = History(ALICE)
    commit = told.commit(b"One\n", {b"a.txt": b"1\n"})
    told.tag(b"v1", commit, b"Release\n")
    told.note(commit, b"Fine\n")
    repository, ids = tell(tmp_path, told)
    seen = look(tmp_path, repository, ids)
    rename = IdentityRename(ALICE.name, ALICE.email, b"Person 1", b"person-1@example.invalid")
    spec = replace(seen.spec, identities=(rename,))
    built = make(seen, spec)
    assert failed(proven(seen, spec, built, [ALICE.name, ALICE.email])) == {}

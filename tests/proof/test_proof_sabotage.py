"""The proof must fail on every result that is not what was decided: each way to spoil one is a test.

A result is built as it should be, then one thing in it is forged. The forger is clever: the claim is made to fit
and nothing unreachable is left behind, so that the check that should notice is the one that does.
"""

import base64
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import format_tree, parse_tree
from opensafe.git.view import view_of
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import NoProgress
from opensafe.model.rewrite import Lost
from opensafe.rewriting.build import Built, build
from opensafe.stories.builder import MAIN
from tests.rewriting.rewriting_kit import BOB, SECRET, World, approved, data_of, failed, make, proven
from tests.rewriting.rewriting_stories import raw_tag, rich_decisions, rich_world


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, RewriteSpec, Built]:
    seen = rich_world(tmp_path_factory.mktemp("proof"))
    spec = rich_decisions(seen)
    return seen, spec, make(seen, spec)


@dataclass
class Forger:
    """Changes a copy of the result. `claim` is what the forger would have the proof believe."""

    seen: World
    spec: RewriteSpec
    built: Built
    option: Option = Option.REWRITE

    @property
    def repository(self) -> OwnedRepository:
        return self.built.repository

    def verdict(self) -> dict[str, str]:
        """The checks that fail, once what became unreachable is gone."""
        self.repository.run("repack", "-a", "-d", "-q", "--no-write-bitmap-index")
        self.repository.run("prune", "--expire=now")
        for stray in ("info", "logs"):
            shutil.rmtree(self.repository.git_dir / stray, ignore_errors=True)
        shutil.rmtree(self.repository.git_dir / "objects" / "info", ignore_errors=True)
        return failed(proven(self.seen, self.spec, self.built, [SECRET, BOB.name], self.option))

    def tip(self, change: Callable[[bytes], bytes]) -> None:
        """Forge the last commit of main, and every ref and claim that named it."""
        self.forge(self.repository.refs()[MAIN], "commit", change)

    def forge(self, old: Oid, kind: str, change: Callable[[bytes], bytes]) -> None:
        data = data_of(view_of(self.repository), old)
        forged = change(data)
        assert forged != data
        self.replace(old, self.repository.write_object(kind, forged))

    def replace(self, old: Oid, new: Oid) -> None:
        refs = {name: new for name, oid in self.repository.refs().items() if oid == old}
        self.repository.set_refs(refs)
        claim = self.built.claim
        commits = {source: new if target == old else target for source, target in claim.commits.items()}
        self.built = replace(self.built, claim=replace(claim, commits=commits))

    def tree(self, change: Callable[[list[TreeEntry]], list[TreeEntry]]) -> None:
        """Forge the root tree of the last commit."""
        oid = Oid(self.repository.run("rev-parse", MAIN + b"^{tree}").decode().strip())
        entries = list(parse_tree(RawObject(oid, "tree", data_of(view_of(self.repository), oid))))
        new = self.repository.write_object("tree", format_tree(change(entries)))
        self.tip(lambda data: data.replace(oid.encode(), new.encode(), 1))

    def file(self, name: bytes, data: bytes) -> None:
        """Put other content at a path of the last commit."""
        blob = self.repository.write_object("blob", data)
        self.tree(lambda entries: [replace(e, oid=blob) if e.name == name else e for e in entries])


@pytest.fixture
def forger(honest: tuple[World, RewriteSpec, Built], tmp_path: Path) -> Forger:
    seen, spec, built = honest
    shutil.copytree(built.repository.git_dir, tmp_path / "forged.git")
    tags = b"refs/custom/tag"  # it names the tip by its id: out of the way, and not followed
    lean = replace(spec, refs={name: oid for name, oid in spec.refs.items() if name != tags})
    copy = OwnedRepository(tmp_path / "forged.git")
    copy.set_refs({}, delete=[tags])
    return Forger(seen, lean, replace(built, repository=copy))


def test_an_honest_copy_passes(forger: Forger) -> None:
    assert forger.verdict() == {}


@pytest.mark.parametrize(
    "left",
    [
        SECRET,
        b"\0\x01" + SECRET,
        SECRET.decode().encode("utf-16-le"),
        SECRET.decode().encode("utf-16-be"),
        base64.b64encode(b"a" + SECRET),
        base64.b64encode(b"ab" + SECRET),
        base64.b64encode(b"abc" + SECRET),
        SECRET.hex().encode(),
        SECRET.hex().upper().encode(),
        b"".join(b"%%%02x" % byte for byte in SECRET),
    ],
)
def test_a_value_left_in_a_file(forger: Forger, left: bytes) -> None:
    forger.file(b"side.txt", b"x " + left + b" y\n")
    assert {"no-value-left", "files-equal"} <= forger.verdict().keys()


def test_a_value_left_in_a_message(forger: Forger) -> None:
    forger.tip(lambda data: data + SECRET)
    assert forger.verdict().keys() == {"no-value-left", "commits-equal"}


def test_a_value_left_in_a_header(forger: Forger) -> None:
    forger.tip(lambda data: data.replace(b"\n\n", b"\nHG:extra " + SECRET + b"\n\n", 1))
    assert {"no-value-left", "commits-equal"} <= forger.verdict().keys()


def test_a_value_left_in_a_tag(forger: Forger) -> None:
    old = forger.repository.refs()[b"refs/tags/on-blob"]
    forger.forge(old, "tag", lambda data: data + SECRET)
    assert {"no-value-left", "tags-equal"} <= forger.verdict().keys()


def test_a_value_left_in_a_note(forger: Forger) -> None:
    notes = b"refs/notes/commits"
    tip = forger.repository.refs()[notes]
    tree = Oid(forger.repository.run("rev-parse", notes + b"^{tree}").decode().strip())
    entries = parse_tree(RawObject(tree, "tree", data_of(view_of(forger.repository), tree)))
    blob = forger.repository.write_object("blob", SECRET)
    new = forger.repository.write_object("tree", format_tree([replace(entries[0], oid=blob), *entries[1:]]))
    forger.forge(tip, "commit", lambda data: data.replace(tree.encode(), new.encode()))
    assert {"no-value-left"} < forger.verdict().keys()


def test_a_note_under_an_old_id(forger: Forger) -> None:
    notes = b"refs/notes/commits"
    old = next(oid for oid, commit in forger.seen.graph.commits.items() if commit.message.startswith(b"Connect"))
    new = forger.built.claim.commits[old]
    tree = Oid(forger.repository.run("rev-parse", notes + b"^{tree}").decode().strip())
    entries = parse_tree(RawObject(tree, "tree", data_of(view_of(forger.repository), tree)))
    assert new is not None
    refiled = [replace(e, name=old.encode()) if e.name == new.encode() else e for e in entries]
    forged = forger.repository.write_object("tree", format_tree(refiled))
    forger.forge(forger.repository.refs()[notes], "commit", lambda data: data.replace(tree.encode(), forged.encode()))
    assert "notes-equal" in forger.verdict()


def test_a_value_left_in_a_path(forger: Forger) -> None:
    forger.tree(lambda entries: [replace(e, name=SECRET) if e.name == b"side.txt" else e for e in entries])
    assert forger.verdict().keys() == {"no-value-left", "files-equal"}


def test_a_value_left_in_a_ref_name(forger: Forger) -> None:
    forger.repository.set_refs({b"refs/heads/" + SECRET: forger.repository.refs()[MAIN]})
    assert forger.verdict().keys() == {"no-value-left", "refs"}


def test_one_byte_changed_elsewhere(forger: Forger) -> None:
    forger.file(b"side.txt", b"Side\n")
    assert forger.verdict().keys() == {"files-equal"}


def test_one_byte_changed_in_a_file_with_a_decision(forger: Forger) -> None:
    data = forger.repository.run("cat-file", "blob", MAIN + b":conf.txt")
    forger.file(b"conf.txt", b"K" + data[1:])
    assert forger.verdict().keys() == {"files-equal"}


def test_a_mode_changed(forger: Forger) -> None:
    forger.tree(lambda entries: [replace(e, mode=0o100755) if e.name == b"side.txt" else e for e in entries])
    assert forger.verdict().keys() == {"files-equal"}


def test_a_file_added(forger: Forger) -> None:
    blob = forger.repository.write_object("blob", b"extra\n")
    forger.tree(lambda entries: [*entries, TreeEntry(0o100644, b"extra", blob)])
    assert forger.verdict().keys() == {"files-equal"}


def test_a_file_missing(forger: Forger) -> None:
    forger.tree(lambda entries: [e for e in entries if e.name != b"side.txt"])
    assert forger.verdict().keys() == {"files-equal"}


def test_a_file_with_an_edit_removed_instead(forger: Forger) -> None:
    forger.tree(lambda entries: [e for e in entries if e.name != b"conf.txt"])
    assert {"files-equal", "losses"} <= forger.verdict().keys()


def test_a_submodule_moved(forger: Forger) -> None:
    forger.tree(lambda entries: [replace(e, oid=Oid("2" * 40)) if e.name == b"vendor" else e for e in entries])
    assert forger.verdict().keys() == {"files-equal"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b" -0000\ncommitter", b" +0000\ncommitter"),
        (b"author Alice Archer", b"author Alice Arches"),
        (b"\ncommitter Alice Archer", b"\ncommitter Alice Arches"),
        (b"encoding ISO-8859-1\n", b""),
        (b"\n\nMode", b"\n\nmode"),
    ],
)
def test_a_line_of_a_commit_changed(forger: Forger, old: bytes, new: bytes) -> None:
    """Dates, people, encodings and messages: of the tip, or of the commit below that has the line."""
    order = forger.repository.run("rev-list", MAIN).decode().split()
    view = view_of(forger.repository)
    at = next(number for number, oid in enumerate(order) if old in data_of(view, Oid(oid)))
    forged = forger.repository.write_object("commit", data_of(view, Oid(order[at])).replace(old, new))
    swaps = {order[at]: forged}
    for oid in reversed(order[:at]):
        data = data_of(view, Oid(oid))
        for before, after in swaps.items():
            data = data.replace(before.encode(), after.encode())
        swaps[oid] = forger.repository.write_object("commit", data)
    for before, after in swaps.items():
        forger.replace(Oid(before), after)
    assert "commits-equal" in forger.verdict()


def test_a_parent_dropped(forger: Forger) -> None:
    parent = forger.repository.run("rev-parse", MAIN + b"^").strip()
    forger.tip(lambda data: data.replace(b"parent " + parent + b"\n", b""))
    assert {"commits-equal", "commits-complete"} <= forger.verdict().keys()


def test_a_ref_missing(forger: Forger) -> None:
    forger.repository.set_refs({}, delete=[b"refs/tags/v0"])
    assert forger.verdict().keys() == {"refs"}


def test_a_ref_missing_that_is_claimed_as_lost(forger: Forger) -> None:
    forger.repository.set_refs({}, delete=[b"refs/tags/v0"])
    claim = forger.built.claim
    claim = replace(claim, refs={**claim.refs, b"refs/tags/v0": None}, lost=(*claim.lost, Lost("ref", 1)))
    forger.built = replace(forger.built, claim=claim)
    assert forger.verdict().keys() == {"refs"}


def test_a_ref_on_another_commit(forger: Forger) -> None:
    refs = forger.repository.refs()
    forger.repository.set_refs({b"refs/heads/topic": refs[MAIN]})
    assert "refs" in forger.verdict()


def test_a_tag_made_anew(forger: Forger) -> None:
    target = Oid(forger.repository.run("rev-parse", "refs/tags/v0^{commit}").decode().strip())
    forger.repository.set_refs({b"refs/tags/v0": raw_tag(forger.repository, target, "commit", b"v0")})
    assert forger.verdict().keys() == {"refs", "tags-equal"}


def test_an_unreachable_object(forger: Forger) -> None:
    assert forger.verdict() == {}
    forger.repository.write_object("blob", b"nothing to see\n")
    assert failed(proven(forger.seen, forger.spec, forger.built)).keys() == {"only-reachable-objects"}


def test_an_old_object_left(forger: Forger) -> None:
    assert forger.verdict() == {}
    old = next(oid for oid, commit in forger.seen.graph.commits.items() if commit.message.startswith(b"Connect"))
    forger.repository.write_object("commit", data_of(forger.seen.view, old))
    assert {"only-reachable-objects", "old-objects-gone"} <= failed(
        proven(forger.seen, forger.spec, forger.built)
    ).keys()


@pytest.mark.parametrize(
    "stray",
    [
        "objects/info/alternates",
        "objects/info/commit-graph",
        "logs/HEAD",
        "ORIG_HEAD",
        "FETCH_HEAD",
        "filter-repo/commit-map",
        "hooks/post-checkout",
        "shallow",
        "info/grafts",
    ],
)
def test_a_stray_file(forger: Forger, stray: str) -> None:
    assert forger.verdict() == {}
    file = forger.repository.git_dir / stray
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")
    assert "nothing-beside-it" in failed(proven(forger.seen, forger.spec, forger.built))


def test_a_remote_in_the_configuration(forger: Forger) -> None:
    with (forger.repository.git_dir / "config").open("a", newline="\n") as config:
        config.write('[remote "origin"]\n\turl = somewhere\n')
    assert forger.verdict().keys() == {"nothing-beside-it"}


def test_a_replace_ref(forger: Forger) -> None:
    refs = forger.repository.refs()
    forger.repository.set_refs({b"refs/replace/" + refs[MAIN].encode(): refs[b"refs/heads/topic"]})
    assert {"nothing-beside-it", "refs"} <= forger.verdict().keys()


def test_head_on_another_branch(forger: Forger) -> None:
    forger.repository.set_head(b"refs/heads/topic")
    assert forger.verdict().keys() == {"head"}


def test_a_loss_that_was_not_told(forger: Forger) -> None:
    claim = forger.built.claim
    forger.built = replace(forger.built, claim=replace(claim, lost=(Lost("signature", 5),)))
    assert forger.verdict().keys() == {"losses"}


def test_a_damaged_object(forger: Forger) -> None:
    assert forger.verdict() == {}
    pack = next((forger.repository.git_dir / "objects" / "pack").glob("*.pack"))
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0xFF
    pack.chmod(0o600)
    pack.write_bytes(data)
    assert {"fsck", "no-value-left"} & failed(proven(forger.seen, forger.spec, forger.built)).keys()


@pytest.fixture
def squashed(honest: tuple[World, RewriteSpec, Built], tmp_path: Path) -> Forger:
    seen, spec, _ = honest
    workspace, destination = tmp_path / "work", tmp_path / "squashed.git"
    built = build(approved(Option.SQUASH), spec, seen.view, seen.graph, workspace, destination, NoProgress())
    return Forger(seen, spec, built, Option.SQUASH)


def test_an_honest_squash_passes(squashed: Forger) -> None:
    assert squashed.verdict() == {}


def test_a_squash_with_a_parent(squashed: Forger) -> None:
    old = squashed.repository.refs()[MAIN]
    squashed.tip(lambda data: data.replace(b"author", b"parent " + old.encode() + b"\nauthor", 1))
    assert "one-commit" in squashed.verdict()


def test_a_squash_that_names_an_old_commit(squashed: Forger) -> None:
    old = squashed.seen.spec.refs[MAIN]
    squashed.tip(lambda data: data + b"From " + old[:10].encode())
    assert squashed.verdict().keys() == {"one-commit"}


def test_a_squash_with_somebodys_name(squashed: Forger) -> None:
    squashed.tip(lambda data: data.replace(b"author opensafe", b"author Alice Archer"))
    assert squashed.verdict().keys() == {"one-commit"}


def test_a_squash_with_a_file_changed(squashed: Forger) -> None:
    squashed.file(b"side.txt", b"Side\n")
    assert squashed.verdict().keys() == {"files-equal"}


def test_a_squash_with_a_second_ref(squashed: Forger) -> None:
    squashed.repository.set_refs({b"refs/tags/v1": squashed.repository.refs()[MAIN]})
    assert squashed.verdict().keys() == {"refs"}

"""For every history: no decided value survives, everything else is equal, and an empty plan changes nothing."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensafe.model.plan import BlobChange, IdentityRename, RewriteSpec
from opensafe.rewriting.refnames import NamesCollide
from opensafe.stories.builder import DELETED, MAIN, Content, History, Mark, executable, gitlink, symlink
from tests.rewriting.rewriting_growing import Growing
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, failed, make, proven, redact, world

PATHS = [b"a.txt", b"b/c.txt", b"b/d/e.py", b"caf\xe9.txt", b"sp ace", b'quo"te', b"b\nl", b"z"]
CONTENTS: list[Content] = [
    b"",
    b"clean\n",
    b"x" * 40,
    b"pass " + SECRET + b"\n",
    SECRET,
    ("p = '" + SECRET.decode() + "'\n").encode("utf-16"),
    b"\0bin " + SECRET + b"\0",
    executable(b"clean\n"),
    executable(b"run " + SECRET),
    symlink(b"a.txt"),
    gitlink("2" * 40),
    DELETED,
]
MESSAGES = [b"", b"One\n", b"No newline", b"With " + SECRET + b"\n", b"Line\n\nBob <bob@trust.example>\n", b"caf\xe9\n"]
ZONES = [b"+0000", b"-0000", b"+0545", b"-1130"]
BRANCHES = [b"refs/heads/main", b"refs/heads/other", b"refs/heads/third"]

changes = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS), max_size=3)


@dataclass(frozen=True)
class Step:
    """One commit: its branch, what it changes, and how many earlier commits it merges."""

    branch: bytes
    changes: Mapping[bytes, Content]
    message: bytes
    zone: bytes
    merges: tuple[int, ...]
    by_bob: bool
    root: bool


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(BRANCHES),
        changes,
        st.sampled_from(MESSAGES),
        st.sampled_from(ZONES),
        st.lists(st.integers(0, 20), max_size=3).map(tuple),
        st.booleans(),
        st.integers(0, 9).map(lambda number: number == 0),
    ),
    min_size=1,
    max_size=9,
)


@dataclass(frozen=True)
class Wishes:
    """Random decisions."""

    redact: bool
    remove: frozenset[bytes]
    rename: Mapping[bytes, bytes]
    hide_bob: bool


wishes = st.builds(
    Wishes,
    st.booleans(),
    st.frozensets(st.sampled_from(PATHS), max_size=2),
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"new.txt", b"b/new", b"z", b"n/e/w"]), max_size=2),
    st.booleans(),
)


def history_of(story: list[Step]) -> History:
    told, commits = commits_of(story)
    told.tag(b"v1", commits[len(commits) // 2], b"Release " + SECRET + b"\n", by=BOB)
    told.note(commits[0], b"Note " + SECRET)
    return told


def commits_of(story: list[Step]) -> tuple[History, list[Mark]]:
    told = History(ALICE)
    tips: dict[bytes, Mark] = {}
    commits: list[Mark] = []
    for step in story:
        own = [tips[step.branch]] if step.branch in tips and not step.root else []
        others = [commits[number % len(commits)] for number in step.merges if commits]
        parents = tuple(dict.fromkeys([*own, *others]))
        by = BOB if step.by_bob else ALICE
        mark = told.commit(step.message, step.changes, branch=step.branch, after=parents, by=by, zone=step.zone)
        tips[step.branch] = mark
        commits.append(mark)
    return told, commits


def decide(seen: World, wanted: Wishes) -> RewriteSpec:
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER) if wanted.redact else seen.spec
    removed = [BlobChange(oid, frozenset(wanted.remove), remove=True) for oid in seen.graph.blobs if wanted.remove]
    bob = IdentityRename(BOB.name, BOB.email, b"Person 2", b"person-2@example.invalid")
    return replace(
        spec,
        blobs=(*spec.blobs, *removed),
        identities=(bob,) if wanted.hide_bob else (),
        path_renames={old: new for old, new in wanted.rename.items() if old != new},
    )


SLOW = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@given(steps, wishes)
@SLOW
def test_what_was_decided_and_nothing_else(story: list[Step], wanted: Wishes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = world(Path(folder) / "w", history_of(story))
        spec = decide(seen, wanted)
        try:
            built = make(seen, spec)
        except NamesCollide:
            return
        values = [SECRET] if wanted.redact else []
        values += [BOB.name] if wanted.hide_bob else []
        assert failed(proven(seen, spec, built, values)) == {}
        again = make(seen, spec, "again")
        assert again.repository.refs() == built.repository.refs()


@given(steps)
@SLOW
def test_nothing_decided_changes_no_id(story: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = world(Path(folder) / "w", history_of(story))
        built = make(seen, seen.spec)
        assert built.repository.refs() == seen.repository.refs()
        assert all(old == new for old, new in built.claim.commits.items())
        assert failed(proven(seen, seen.spec, built)) == {}


@given(steps, wishes, st.integers(1, 8))
@SLOW
def test_a_history_that_grows_is_extended_or_says_what_goes(story: list[Step], wanted: Wishes, cut: int) -> None:
    story = [replace(story[0], branch=MAIN), *story[1:]]
    with tempfile.TemporaryDirectory() as folder:
        growing = Growing(Path(folder), commits_of(story[:cut])[0], lambda seen: decide(seen, wanted))
        growing.values = [SECRET] if wanted.redact else []
        try:
            growing.rewrite()
            growing.document({"LICENCE": b"MIT\n", "z": b"ours\n"})
            before = growing.repository.refs()
            growing.told, _ = commits_of(story)
            after = growing.rewrite()
        except NamesCollide:
            return
        assert after.extends or not after.reach.is_nothing
        if after.reach.is_nothing:
            now = after.repository.refs()
            bases = {name: after.repository.run("merge-base", old, now[name]) for name, old in before.items()}
            assert {name: oid.decode().strip() for name, oid in bases.items()} == before

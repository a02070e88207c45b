"""Plain git as a witness, and random repositories: what the tests of the lower rooms compare with."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from fixtures.kit.raw import raw_tag
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import DELETED, Content, History, Mark, Person, executable, gitlink, symlink
from opensafe.stories.workshop import LogLine, Workshop

ANNA = Person(b"Anna Example", b"anna@example.org")
MAIN = b"refs/heads/main"
SUBMODULE = Oid("5eed" * 10)

_PATHS = (b"a", b"d/a", b"d/e/b", b"current", b".gitmodules", b"caf\xe9")
_CONTENTS: tuple[Content, ...] = (
    b"one\n", b"two\n", b"three\n", executable(b"one\n"), symlink(b"one\n"), gitlink(SUBMODULE), DELETED,
)  # fmt: skip
_REFS = (
    MAIN, b"refs/heads/other", b"refs/tags/light", b"refs/notes/commits", b"refs/pull/1/head",
    b"refs/remotes/origin/topic", b"refs/stash",
)  # fmt: skip
_TAGS = (b"refs/tags/v1", b"refs/tags/v2", b"refs/archive/v1")
_WHEN = 1_580_000_000


def as_usual(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git prints when a person calls it in a folder."""
    return subprocess.run(["git", *arguments], cwd=folder, input=stdin, capture_output=True, check=True).stdout


@dataclass(frozen=True, slots=True)
class Step:
    """A commit; `parents` are numbers of earlier ones."""

    parents: tuple[int, ...]
    changes: Mapping[bytes, Content]
    when: int


@dataclass(frozen=True, slots=True)
class Tale:
    """A repository as numbers: of commits, and for `tags` of the kind of target (commit, tree, blob or tag)."""

    steps: Sequence[Step]
    refs: Mapping[bytes, int]
    tags: Mapping[bytes, tuple[int, str]]
    logged: Sequence[int]
    staged: Mapping[bytes, bytes]
    detached: int | None
    loose: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Told:
    """A tale on disk: the ids of its commits in the order of the steps, and of the objects that its tags name."""

    tale: Tale
    workshop: Workshop
    commits: Sequence[Oid]
    tags: Mapping[bytes, Oid]

    @property
    def git_dir(self) -> Path:
        return self.workshop.git_dir

    @property
    def head(self) -> Oid | None:
        at = self.tale.refs.get(MAIN) if self.tale.detached is None else self.tale.detached
        return None if at is None else self.commits[at]

    def tree(self, commit: Oid) -> dict[bytes, tuple[str, Oid]]:
        """Path → mode and id, of everything that a commit's (or a tree's) tree holds at any depth."""
        return full_tree(self.git_dir, commit)


def full_tree(git_dir: Path, name: str) -> dict[bytes, tuple[str, Oid]]:
    listed = git(git_dir, "ls-tree", "-r", "-z", "--full-tree", name).split(b"\0")[:-1]
    entries = (line.partition(b"\t") for line in listed)
    return {path: (head.split()[0].decode(), Oid(head.split()[2].decode())) for head, _, path in entries}


@st.composite
def tales(draw: st.DrawFn, most: int = 7) -> Tale:
    """Any small repository: merges, roots, ties of dates, refs to anything, lost commits, a reflog, an index."""
    count = draw(st.integers(1, most))
    steps = [draw(_steps(number)) for number in range(count)]
    commit = st.integers(0, count - 1)
    files = st.dictionaries(st.sampled_from(_PATHS), st.sampled_from([b"one\n", b"staged\n"]), max_size=2)
    target = st.tuples(commit, st.sampled_from(["commit", "tree", "blob", "tag", "none"]))
    return Tale(
        steps=steps,
        refs=draw(st.dictionaries(st.sampled_from(_REFS), commit, max_size=4)),
        tags=draw(st.dictionaries(st.sampled_from(_TAGS), target, max_size=2)),
        logged=draw(st.lists(commit, max_size=2)),
        staged=draw(files),
        detached=draw(st.none() | commit),
        loose=draw(st.lists(st.sampled_from([b"loose\n", b"two\n"]), max_size=2, unique=True)),
    )


@st.composite
def _steps(draw: st.DrawFn, number: int) -> Step:
    earlier = st.lists(st.integers(0, number - 1), max_size=3, unique=True) if number else st.just([])
    changes = st.dictionaries(st.sampled_from(_PATHS), st.sampled_from(_CONTENTS), max_size=3)
    return Step(tuple(draw(earlier)), draw(changes), _WHEN + draw(st.integers(0, 2)))


def tell(tale: Tale, path: Path) -> Told:
    """The repository of a tale, not bare."""
    history, marks = History(ANNA), list[Mark]()
    for number, step in enumerate(tale.steps):
        parents = tuple(marks[parent] for parent in step.parents)
        message = b"Step %d\n" % number
        marks.append(history.commit(message, step.changes, after=parents, when=step.when, branch=b"refs/heads/tale"))
    workshop = Workshop.open(path)
    ids = workshop.tell(history)
    commits = [ids[mark] for mark in marks]
    workshop.unreferenced(commits[-1], b"refs/heads/tale")
    workshop.refs({name: commits[at] for name, at in tale.refs.items()})
    tags = {name: _target(workshop, commits[at], kind) for name, (at, kind) in tale.tags.items()}
    workshop.refs(tags)
    for name, data in tale.staged.items():
        oid = workshop.blob(data)
        entry = b"100644 %s\t%s\0" % (oid.encode(), name)
        workshop.repository.run("update-index", "-z", "--replace", "--index-info", stdin=entry)
    for data in tale.loose:
        workshop.blob(data)
    if tale.logged:
        workshop.reflog("HEAD", [LogLine(commits[at], b"moved") for at in tale.logged], ANNA)
    if tale.detached is not None:
        (workshop.git_dir / "HEAD").write_text(commits[tale.detached] + "\n", newline="\n")
    return Told(tale, workshop, commits, tags)


def _target(workshop: Workshop, commit: Oid, kind: str) -> Oid:
    """An annotated tag on a commit, its tree, a blob or another tag; `none` is the tree itself."""
    write = workshop.repository.write_object
    if kind == "commit":
        return write("tag", raw_tag(commit, b"commit", b"v", ANNA, b"On a commit\n"))
    if kind == "tag":
        inner = _target(workshop, commit, "commit")
        return write("tag", raw_tag(inner, b"tag", b"outer", ANNA, b"On a tag\n"))
    if kind == "blob":
        return write("tag", raw_tag(workshop.blob(b"tagged\n"), b"blob", b"b", ANNA, b"On a blob\n"))
    tree = Oid(git(workshop.git_dir, "rev-parse", f"{commit}^{{tree}}").decode().strip())
    return tree if kind == "none" else write("tag", raw_tag(tree, b"tree", b"t", ANNA, b"On a tree\n"))

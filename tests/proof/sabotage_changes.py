"""Every kind of change that nobody decided, and everything that must not lie in or beside a new history."""

from collections.abc import Callable
from dataclasses import replace

from opensafe.git.view import view_of
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.rewrite import Lost
from opensafe.stories.builder import MAIN
from tests.proof.forger import NOTES, Forger, Sabotage
from tests.rewriting.rewriting_kit import data_of
from tests.rewriting.rewriting_stories import raw_tag

Spoil = Callable[[Forger], None]

_TOPIC, _TAG, _ON_BLOB = b"refs/heads/topic", b"refs/tags/v0", b"refs/tags/on-blob"


def _content(forger: Forger) -> None:
    data = forger.repository.run("cat-file", "blob", MAIN + b":conf.txt")
    forger.file(b"conf.txt", b"K" + data[1:])


def _without(name: bytes) -> Spoil:
    return lambda forger: forger.tree(lambda entries: [entry for entry in entries if entry.name != name])


def _an_older_version(forger: Forger) -> None:
    """A change that the last commit made is not there: the file is as before."""
    folder = Oid(forger.repository.run("rev-parse", MAIN + b"~1:src").decode().strip())
    forger.replace_entry(b"src", oid=folder)


def _line(old: bytes, new: bytes) -> Spoil:
    return lambda forger: forger.commit_with(old, new)


def _parents_swapped(forger: Forger) -> None:
    merge = forger.repository.run("rev-list", "--merges", "--max-count=1", MAIN).decode().strip()
    parents = forger.repository.run("rev-parse", f"{merge}^@").split()
    lines = b"".join(b"parent %s\n" % parent for parent in parents)
    swapped = b"".join(b"parent %s\n" % parent for parent in reversed(parents))
    forger.commit_with(lines, swapped)


def _parent_dropped(forger: Forger) -> None:
    parent = forger.repository.run("rev-parse", MAIN + b"^").strip()
    forger.tip(lambda data: data.replace(b"parent " + parent + b"\n", b""))


def _a_commit_on_top(forger: Forger) -> None:
    old = forger.repository.refs()[MAIN]
    data = data_of(view_of(forger.repository), old)
    head, _, _ = data.partition(b"\nauthor")
    tree = head.split(b"\n")[0]
    above = forger.repository.write_object(
        "commit", tree + b"\nparent " + old.encode() + data[data.index(b"\nauthor") :]
    )
    forger.repository.set_refs({MAIN: above})


def _a_commit_between(forger: Forger) -> None:
    """The tip stands on an extra commit; the claim knows nothing of it."""
    parent = forger.repository.run("rev-parse", MAIN + b"^").strip()
    data = data_of(view_of(forger.repository), Oid(parent.decode()))
    extra = forger.repository.write_object("commit", data + b"again\n")
    forger.tip(lambda tip: tip.replace(parent, extra.encode(), 1))


def _set(ref: bytes, to: bytes | None) -> Spoil:
    """Point a ref to where another one is, or delete it."""

    def spoil(forger: Forger) -> None:
        refs = forger.repository.refs()
        forger.repository.set_refs({ref: refs[to]} if to else {}, delete=[] if to else [ref])

    return spoil


def _claimed_as_lost(forger: Forger) -> None:
    forger.repository.set_refs({}, delete=[_TAG])
    claim = forger.built.claim
    claim = replace(claim, refs={**claim.refs, _TAG: None}, lost=(*claim.lost, Lost("ref", 1)))
    forger.built = replace(forger.built, claim=claim)


def _tag_made_anew(forger: Forger) -> None:
    target = Oid(forger.repository.run("rev-parse", "refs/tags/v0^{commit}").decode().strip())
    forger.repository.set_refs({_TAG: raw_tag(forger.repository, target, "commit", b"v0")})


def _tag_made_light(forger: Forger) -> None:
    target = Oid(forger.repository.run("rev-parse", "refs/tags/v0^{commit}").decode().strip())
    forger.repository.set_refs({_TAG: target})


def _tagged_file(forger: Forger) -> None:
    old = forger.repository.run("rev-parse", _ON_BLOB + b"^{}").strip()
    other = forger.repository.write_object("blob", b"tagged: another\n")
    forger.tag(lambda data: data.replace(old, other.encode()))


def _notes_of_an_old_id(forger: Forger) -> None:
    old = next(oid for oid, commit in forger.seen.graph.commits.items() if commit.message.startswith(b"Connect"))
    new = forger.built.claim.commits[old] or Oid("")
    forger.note_tree(lambda entries: [replace(e, name=old.encode()) if e.name == new.encode() else e for e in entries])


def _note_with(data: bytes) -> Spoil:
    def spoil(forger: Forger) -> None:
        blob = forger.repository.write_object("blob", data)
        forger.note_tree(lambda entries: [*entries[:-1], replace(entries[-1], oid=blob)])

    return spoil


def _note_added(forger: Forger) -> None:
    blob = forger.repository.write_object("blob", b"New\n")
    tip = forger.repository.refs()[MAIN].encode()
    forger.note_tree(lambda entries: [*entries, TreeEntry(0o100644, tip, blob)])


def _unreachable(forger: Forger) -> None:
    forger.repository.write_object("blob", b"nothing to see\n")


def _old_object(kind: str) -> Spoil:
    def spoil(forger: Forger) -> None:
        old = next(oid for oid, commit in forger.seen.graph.commits.items() if commit.message.startswith(b"Connect"))
        if kind == "blob":
            old = next(change.oid for change in forger.spec.blobs if change.edits)
        forger.repository.write_object(kind, data_of(forger.seen.view, old))

    return spoil


def _file_beside(name: str, content: bytes = b"") -> Spoil:
    def spoil(forger: Forger) -> None:
        file = forger.repository.git_dir / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    return spoil


def _setting(text: str) -> Spoil:
    def spoil(forger: Forger) -> None:
        with (forger.repository.git_dir / "config").open("a", newline="\n") as config:
            config.write(text)

    return spoil


def _replaced(forger: Forger) -> None:
    refs = forger.repository.refs()
    forger.repository.set_refs({b"refs/replace/" + refs[MAIN].encode(): refs[_TOPIC]})


def _damaged(forger: Forger) -> None:
    pack = next((forger.repository.git_dir / "objects" / "pack").glob("*.pack"))
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0xFF
    pack.chmod(0o600)
    pack.write_bytes(data)


def _missing(forger: Forger) -> None:
    """Every object but one is packed again."""
    victim = forger.repository.run("rev-parse", MAIN + b":side.txt").strip()
    listed = forger.repository.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    pack = forger.repository.run("pack-objects", "--stdout", "-q", stdin=b"\n".join(o for o in listed if o != victim))
    for file in (forger.repository.git_dir / "objects" / "pack").iterdir():
        file.chmod(0o600)
        file.unlink()
    forger.repository.run("index-pack", "--stdin", stdin=pack)


def _lost(*lost: Lost) -> Spoil:
    def spoil(forger: Forger) -> None:
        forger.built = replace(forger.built, claim=replace(forger.built.claim, lost=lost))

    return spoil


_CHANGES: tuple[tuple[str, Spoil, set[str]], ...] = (
    ("a byte of a file", lambda f: f.file(b"side.txt", b"Side\n"), {"files-equal"}),
    ("a byte of a file, outside what was decided in it", _content, {"files-equal"}),
    ("a folder as it was one commit before", _an_older_version, {"files-equal"}),
    ("a mode", lambda f: f.replace_entry(b"side.txt", mode=0o100755), {"files-equal"}),
    ("a file that became a symbolic link", lambda f: f.replace_entry(b"side.txt", mode=0o120000), {"files-equal"}),
    ("the target of a symbolic link", lambda f: f.file(b"link", b"src"), {"files-equal"}),
    ("the commit of a submodule", lambda f: f.replace_entry(b"vendor", oid=Oid("2" * 40)), {"files-equal"}),
    ("a file that was added", lambda f: f.add(b"extra", b"extra\n"), {"files-equal"}),
    ("a file that is missing", _without(b"side.txt"), {"files-equal"}),
    ("a folder that is missing", _without(b"src"), {"files-equal"}),
    ("a file with another name", lambda f: f.replace_entry(b"side.txt", name=b"slide.txt"), {"files-equal"}),
    ("a file that went, though a change in it was decided", _without(b"conf.txt"), {"files-equal", "losses"}),
    ("the name of an author", _line(b"author Alice Archer", b"author Alice Arches"), {"commits-equal"}),
    ("the address of an author", _line(b"author Alice Archer <a", b"author Alice Archer <b"), {"commits-equal"}),
    ("the name of a committer", _line(b"committer Alice Archer", b"committer Alice Arches"), {"commits-equal"}),
    ("the date of an author", _line(b"> 1", b"> 2"), {"commits-equal"}),
    ("a zone", _line(b" -0000\ncommitter", b" +0000\ncommitter"), {"commits-equal"}),
    ("an encoding that is missing", _line(b"encoding ISO-8859-1\n", b""), {"commits-equal"}),
    ("a header that was added", _line(b"\n\nMode", b"\nHG:extra x\n\nMode"), {"commits-equal"}),
    ("a letter of a message", _line(b"\n\nMode", b"\n\nmode"), {"commits-equal"}),
    ("the end of a message", _line(b"\n\nMode\n", b"\n\nMode"), {"commits-equal"}),
    ("the order of parents", _parents_swapped, {"commits-equal"}),
    ("a parent that is missing", _parent_dropped, {"commits-equal", "commits-complete"}),
    ("a commit on top", _a_commit_on_top, {"commits-complete"}),
    ("a commit between", _a_commit_between, {"commits-complete", "commits-equal"}),
    ("a branch that is missing", _set(_TOPIC, None), {"refs"}),
    ("a branch on another commit", _set(_TOPIC, MAIN), {"refs"}),
    ("a branch that was added", _set(b"refs/heads/extra", MAIN), {"refs"}),
    ("a tag that is missing", _set(_TAG, None), {"refs"}),
    ("a tag that is missing, and claimed as lost", _claimed_as_lost, {"refs"}),
    ("a tag that was made anew", _tag_made_anew, {"refs", "tags-equal"}),
    ("a tag that lost its message", _tag_made_light, {"refs"}),
    ("the message of a tag", lambda f: f.tag(lambda data: data.replace(b"A tag", b"B tag")), {"tags-equal"}),
    ("the tagger of a tag", lambda f: f.tag(lambda data: data.replace(b"Carol", b"Karol")), {"tags-equal"}),
    ("the date of a tag", lambda f: f.tag(lambda data: data.replace(b"> 16", b"> 17")), {"tags-equal"}),
    ("the file that a tag points to", _tagged_file, {"files-equal"}),
    ("a note", _note_with(b"Other\n"), {"notes-equal"}),
    ("a note that is missing", lambda f: f.note_tree(lambda entries: entries[:-1]), {"notes-equal"}),
    ("a note that was added", _note_added, {"notes-equal"}),
    ("a note under an old id", _notes_of_an_old_id, {"notes-equal"}),
    ("notes that are missing", _set(NOTES, None), {"refs"}),
    ("another default branch", lambda f: f.repository.set_head(_TOPIC), {"head"}),
    ("a loss that was not told", _lost(Lost("signature", 5)), {"losses"}),
    ("an object that is replaced", _replaced, {"nothing-beside-it", "refs"}),
    ("a remote in the configuration", _setting('[remote "origin"]\n\turl = x\n'), {"nothing-beside-it"}),
    ("an include in the configuration", _setting("[include]\n\tpath = x\n"), {"nothing-beside-it"}),
)
_LATE: tuple[tuple[str, Spoil, set[str]], ...] = (
    ("an object that no ref reaches", _unreachable, {"only-reachable-objects"}),
    ("an old commit", _old_object("commit"), {"only-reachable-objects", "old-objects-gone"}),
    ("an old version of a file", _old_object("blob"), {"only-reachable-objects", "old-objects-gone", "no-value-left"}),
    ("an object that is damaged", _damaged, {"fsck", "no-value-left", "only-reachable-objects"}),
    ("an object that is missing", _missing, {"only-reachable-objects"}),
)
_STRAYS = (
    "objects/info/alternates",
    "objects/info/commit-graph",
    "objects/pack/multi-pack-index",
    "objects/pack/pack-1.keep",
    "logs/HEAD",
    "logs/refs/heads/main",
    "ORIG_HEAD",
    "FETCH_HEAD",
    "MERGE_HEAD",
    "index",
    "filter-repo/commit-map",
    "hooks/post-checkout",
    "info/attributes",
    "info/grafts",
    "rr-cache/1/preimage",
    "shallow",
    "worktrees/x/HEAD",
    "modules/x/config",
)

CHANGED: tuple[Sabotage, ...] = (
    *(Sabotage(what, spoil, frozenset(checks)) for what, spoil, checks in _CHANGES),
    *(Sabotage(what, spoil, frozenset(checks), late=True) for what, spoil, checks in _LATE),
    *(Sabotage(f"`{name}`", _file_beside(name), frozenset({"nothing-beside-it"}), late=True) for name in _STRAYS),
)

"""What a push, or all that is not on the default branch yet, would add to the remote repository."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from opensafe.errors import UsageError
from opensafe.git.layout import SourceLayout, read_text
from opensafe.git.refs import SourceRefs, read_refs
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.history.additions import Additions
from opensafe.history.changes import brought_in
from opensafe.history.new_commits import new_commits
from opensafe.history.objects import Objects
from opensafe.history.published import REMOTES, chosen_remote
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, RawObject, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

_OID = expression(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FIELDS = 4
_BRANCHES = (b"HEAD", b"main", b"master")


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that a push changes: the id that it gets (none: it is deleted) and the one that it has (none: new)."""

    ref: bytes
    new: Oid | None
    old: Oid | None


def parse_updates(data: bytes) -> tuple[Update, ...]:
    """The lines that git gives to a pre-push hook: local ref and id, remote ref and id. Raises UsageError."""
    return tuple(_update(line) for line in data.splitlines() if line.strip())


def _update(line: bytes) -> Update:
    fields = line.split(b" ")
    if len(fields) != _FIELDS or not (_OID.fullmatch(fields[1]) and _OID.fullmatch(fields[3])):
        raise UsageError(
            "a line on standard input is not one that git gives to a pre-push hook",
            remedy="give: LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID; ids in full, zeros where there is none",
        )
    return Update(fields[2], _id(fields[1]), _id(fields[3]))


def _id(raw: bytes) -> Oid | None:
    return Oid(raw.decode()) if raw.strip(b"0") else None


def pushed_additions(view: ObjectView, layout: SourceLayout, updates: Sequence[Update], remote: str) -> Additions:
    """What the remote has not: known are the old ids, and the branches that were last seen on this very `remote`."""
    prefix = REMOTES + remote.encode("utf-8", "surrogateescape") + b"/"
    seen = [oid for name, oid in read_refs(layout).refs.items() if remote and name.startswith(prefix)]
    known = [*seen, *(update.old for update in updates if update.old)]
    tips = {update.ref: update.new for update in updates if update.new}
    return _additions(view, tips.items(), known, cut_off(layout))


def unmerged_additions(view: ObjectView, layout: SourceLayout) -> tuple[Additions, str]:
    """All that HEAD reaches and the default branch of the remote does not, and that branch's name (empty: none).

    A shallow clone cannot tell what is new, and never gives a whole answer.
    """
    refs = read_refs(layout)
    base = default_remote_branch(refs)
    known = [refs.refs[base]] if base else []
    cut = cut_off(layout)
    added = _additions(view, [(b"", refs.head)] if refs.head else [], known, cut)
    if cut and not any(item.reason is SkipReason.SHALLOW for item in added.unread):
        added.unread.append(Unread(SkipReason.SHALLOW, min(cut), detail="what lies behind this commit is not here"))
    return added, base.decode("utf-8", "surrogateescape")


def default_remote_branch(refs: SourceRefs) -> bytes:
    """`refs/remotes/origin/HEAD`, or main or master there; empty where there is no such branch."""
    remote = chosen_remote(refs.refs)
    names = (REMOTES + remote + b"/" + branch for branch in _BRANCHES)
    return next((name for name in names if name in refs.refs), b"")


def cut_off(layout: SourceLayout) -> frozenset[Oid]:
    """The commits behind which a shallow clone ends."""
    return frozenset(Oid(line.decode("ascii", "replace")) for line in read_text(layout.common_dir / "shallow").split())


def _additions(
    view: ObjectView, tips: Iterable[tuple[bytes, Oid]], known: Iterable[Oid], cut: Collection[Oid]
) -> Additions:
    added = Additions()
    with ObjectReader(view) as reader:
        objects = Objects(reader)
        commits = [oid for ref, tip in tips if (oid := _tip(added, objects, ref, tip))]
        for commit in new_commits(objects, commits, [_peeled(objects, oid) for oid in known], cut):
            added.add_commit(commit)
            before = [parent.tree for oid in commit.parents if isinstance(parent := objects.commit(oid), Commit)]
            for path, entry in brought_in(objects, commit.tree, before):
                added.add_file(path, entry, commit.oid)
        added.unread += objects.unread.values()
    return added


def _tip(added: Additions, objects: Objects, ref: bytes, oid: Oid) -> Oid | None:
    """The commit that a ref leads to, its name and tags noted. A tag on something else is read here and now."""
    if ref:
        added.add_ref(ref, oid)
    item = objects.named(oid)
    seen: set[Oid] = set()
    while isinstance(item, Tag) and item.oid not in seen:
        seen.add(item.oid)
        added.add_tag(item, ref)
        item = objects.named(item.target)
    if isinstance(item, Unread):
        objects.needed(item)
    elif isinstance(item, RawObject) and item.kind == "commit":
        return item.oid
    elif isinstance(item, RawObject) and item.kind == "blob":
        added.add_file(b"", TreeEntry(0o100644, b"", item.oid))
    elif isinstance(item, RawObject):
        for path, entry in brought_in(objects, item.oid):
            added.add_file(path, entry)
    return None


def _peeled(objects: Objects, oid: Oid) -> Oid:
    """The commit behind the tags that a known ref names."""
    item = objects.named(oid)
    seen: set[Oid] = set()
    while isinstance(item, Tag) and item.oid not in seen:
        seen.add(item.oid)
        oid = item.target
        item = objects.named(oid)
    return oid

"""Which refs will be published: heads, tags, notes, and the branches of one chosen remote without a local head."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from opensafe.git.refs import SourceRefs
from opensafe.model.identifiers import Oid

HEADS, TAGS, NOTES, REMOTES = b"refs/heads/", b"refs/tags/", b"refs/notes/", b"refs/remotes/"


@dataclass(frozen=True, slots=True)
class PublishedRef:
    """A ref of the source and the name under which it will be public."""

    source: bytes
    public: bytes
    oid: Oid


def published_refs(refs: SourceRefs, chosen: Collection[str] = ()) -> tuple[PublishedRef, ...]:
    """The refs that will be published, sorted by public name.

    `chosen` are globs of full names or of branch and tag names; without any, everything that DESIGN section 4
    calls published is taken.
    """
    own = [PublishedRef(name, name, oid) for name, oid in refs.refs.items() if _is_own(name)]
    taken = {ref.public for ref in own}
    remote = [ref for ref in _remote_branches(refs.refs) if ref.public not in taken]
    wanted = [ref for ref in own + remote if not chosen or _chosen(ref, chosen)]
    return tuple(sorted(wanted, key=lambda ref: ref.public))


def default_branch(refs: SourceRefs, published: Collection[PublishedRef]) -> bytes:
    """What HEAD will name: the source's own where it is published, else main, master, or the first branch."""
    heads = [ref.public for ref in published if ref.public.startswith(HEADS)]
    for candidate in (refs.head_ref, HEADS + b"main", HEADS + b"master"):
        if candidate in heads:
            return candidate
    return heads[0] if heads else HEADS + b"main"


def _is_own(name: bytes) -> bool:
    return name.startswith((HEADS, TAGS, NOTES))


def chosen_remote(refs: Mapping[bytes, Oid]) -> bytes:
    """The remote whose branches count: `origin`, or the first by name where there is no origin; empty without any."""
    names = sorted({name.removeprefix(REMOTES).partition(b"/")[0] for name in refs if name.startswith(REMOTES)})
    return b"origin" if b"origin" in names else next(iter(names), b"")


def _remote_branches(refs: Mapping[bytes, Oid]) -> list[PublishedRef]:
    """Branches of the chosen remote."""
    prefix = REMOTES + chosen_remote(refs) + b"/"
    return [
        PublishedRef(name, HEADS + name.removeprefix(prefix), oid)
        for name, oid in refs.items()
        if name.startswith(prefix) and name != prefix + b"HEAD"
    ]


def _chosen(ref: PublishedRef, chosen: Collection[str]) -> bool:
    full = ref.public.decode("utf-8", "surrogateescape")
    short = full.removeprefix("refs/heads/").removeprefix("refs/tags/")
    return any(fnmatchcase(full, glob) or fnmatchcase(short, glob) for glob in chosen)

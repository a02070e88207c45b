"""What a new history holds that leads elsewhere, and what of the source is not in it: to be told, not to be hidden."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.treework import folded
from opensafe.git.view import view_of
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.text import counted, shown
from opensafe.rewriting.folders import folders_of

_ID = expression(rb"(?<![0-9a-zA-Z])[0-9a-f]{7,64}(?![0-9a-zA-Z])")
_ENTRY = expression(rb"([0-7]{6}) \w+ ([0-9a-f]+) +(-|[0-9]+)\t([^\0]+)\0", re.DOTALL)
_POINTER = b"version https://git-lfs.github.com/spec/"
_POINTER_BYTES = 1024  # a pointer is smaller (specification of Git LFS)
_TEXT_BYTES = 1 << 20  # larger files of the tip are not searched for ids
_GITLINK = "160000"
_NAMED = 5  # paths that a line names
_KINDS = {b"refs/pull/": "refs/pull", b"refs/replace/": "refs/replace", b"refs/remotes/": "refs/remotes"}


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Of the files of the default branch's tip, by path: how many ids of commits of the source they hold, which are
    submodules, which stand for content in LFS, and which names (a folder's ends in a slash) differ only in case or
    Unicode form.

    `messages` counts ids in commit messages that lead nowhere, `dropped` refs of the source that are not published,
    `older` versions of lists of commit ids, which no tool reads any more, that still have the old ones.
    """

    references: Mapping[bytes, int]
    submodules: tuple[bytes, ...]
    pointers: tuple[bytes, ...]
    alike: tuple[bytes, ...]
    messages: int
    dropped: Mapping[str, int]
    older: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Each in words; none for what there is not."""
        total = sum(self.references.values())
        told = [
            (total, f"{counted(total, 'reference')} to old commits in files will not resolve", self.references),
            (self.messages, f"{counted(self.messages, 'reference')} to old commits in messages will not resolve", ()),
            (self.older, f"{counted(self.older, 'older version')} of lists of commit ids with the old ids", ()),
            (len(self.submodules), f"{counted(len(self.submodules), 'submodule')} not read", self.submodules),
            (
                len(self.pointers),
                f"{counted(len(self.pointers), 'file')} with content in LFS, not copied",
                self.pointers,
            ),
            (len(self.alike), "names that differ in case or Unicode form only", self.alike),
        ]
        lines = [text + _named(paths) for count, text, paths in told if count]
        refs = [f"{counted(count, 'ref')} of {kind} not published" for kind, count in sorted(self.dropped.items())]
        return (*lines, *refs)


def leftovers(
    result: OwnedRepository,
    head: bytes,
    commits: Mapping[Oid, Oid | None],
    source_refs: Iterable[bytes],
    lists: Collection[Oid] = (),
) -> Leftovers:
    """Read the tip of `head` (a ref; empty for none) and the messages of the result.

    `commits` are old to new ids, `source_refs` the names of refs that are not published, `lists` the contents of every
    version of a file that lists commits by id.
    """
    old = sorted(oid for oid, new in commits.items() if oid != new)
    entries = _ENTRY.findall(result.run("ls-tree", "-r", "-l", "-z", "--full-tree", head)) if head else []
    sizes = {path: int(size) for mode, _, size, path in entries if size != b"-" and mode != b"120000"}
    blobs = {path: Oid(oid.decode()) for _, oid, _, path in entries if sizes.get(path, _TEXT_BYTES) < _TEXT_BYTES}
    contents = _contents(result, blobs.values()) if old or blobs else {}
    held = {path: _count(contents.get(oid, b""), old) for path, oid in blobs.items()}
    return Leftovers(
        references={path: count for path, count in sorted(held.items()) if count},
        submodules=tuple(path for mode, _, _, path in entries if mode.decode() == _GITLINK),
        pointers=tuple(
            path
            for path, oid in sorted(blobs.items())
            if sizes[path] < _POINTER_BYTES and contents.get(oid, b"").startswith(_POINTER)
        ),
        alike=_alike([path for _, _, _, path in entries]),
        messages=sum(_count(message, old) for message in _messages(result, commits.values())) if old else 0,
        dropped=Counter(_kind(name) for name in source_refs),
        older=sum(_count(data, old) > 0 for data in _contents(result, set(lists) - set(blobs.values())).values()),
    )


def _contents(result: OwnedRepository, oids: Iterable[Oid]) -> dict[Oid, bytes]:
    """Only what may matter is kept: pointers, and contents without a NUL byte."""
    items = read_objects(view_of(result), sorted(set(oids)))
    return {item.oid: item.data for item in items if isinstance(item, RawObject) and b"\0" not in item.data}


def _messages(result: OwnedRepository, oids: Iterable[Oid | None]) -> Iterable[bytes]:
    for item in read_objects(view_of(result), sorted({oid for oid in oids if oid is not None})):
        if isinstance(item, RawObject):
            yield item.data.partition(b"\n\n")[2]


def _count(data: bytes, old: Sequence[Oid]) -> int:
    return sum(_leads_back(found.decode(), old) for found in _ID.findall(data)) if old else 0


def _leads_back(token: str, old: Sequence[Oid]) -> bool:
    at = bisect_left(old, token)
    return at < len(old) and old[at].startswith(token)


def _alike(paths: Sequence[bytes]) -> tuple[bytes, ...]:
    """Files that a file system without case takes for one another, and the uppermost folders that it makes one."""
    folders = {folder for path in paths for folder in folders_of(path)}
    names = Counter(folded(name) for name in folders | set(paths))
    merged = {folder for folder in folders if names[folded(folder)] > 1}
    inner = {folder for folder in merged if any(above in merged for above in folders_of(folder[:-1]))}
    return tuple(name for name in sorted((merged - inner) | set(paths)) if names[folded(name)] > 1)


def _kind(name: bytes) -> str:
    """Names of refs may hold anything: only kinds are told."""
    return next((kind for prefix, kind in _KINDS.items() if name.startswith(prefix)), "other kinds")


def _named(paths: Iterable[bytes]) -> str:
    listed = list(paths)
    if not listed:
        return ""
    more = f" and {len(listed) - _NAMED:,} more" if len(listed) > _NAMED else ""
    return ": " + ", ".join(map(shown, listed[:_NAMED])) + more

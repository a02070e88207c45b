"""Reads the refs and reflogs of a source as files: no git runs in the source, symbolic links are not followed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from opensafe.errors import SourceUnreadable
from opensafe.git.layout import SourceLayout, is_file, is_folder, read_text
from opensafe.git.reftable import LogRecord, Table, merged, read_table
from opensafe.model.expressions import expression
from opensafe.model.identifiers import Oid

_OID = expression(rb"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
LARGEST_FILE = 1 << 30
"""Of larger lists of refs and reflogs the rest is not read (bytes)."""

_MAX_TABLES = 10_000  # git compacts a stack long before
_MAX_SYMBOLIC = 5
_LOCK = ".lock"  # no ref may end so: it is what a git that was killed left behind


@dataclass(frozen=True, slots=True)
class SourceRefs:
    """Every ref with the id it leads to, what HEAD names (empty when detached), and HEAD's id.

    `unresolved` are refs that lead nowhere, with what stands in them: they hide nothing but their own text.
    """

    refs: dict[bytes, Oid]
    head_ref: bytes
    head: Oid | None
    unresolved: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReflogLine:
    """One line of a reflog: ids before and after, who, and the message, all as raw bytes.

    A malformed line has no ids and stands in `message` as it is.
    """

    ref: bytes
    old: Oid
    new: Oid
    who: bytes
    message: bytes


def read_refs(layout: SourceLayout) -> SourceRefs:
    """Every ref. Raises SourceUnreadable where a reftable is damaged."""
    raw, head = _raw_refs(layout)
    refs = {name: oid for name in raw if (oid := _resolve(raw, raw[name])) is not None}
    head_ref = head.removeprefix(b"ref: ").strip() if head.startswith(b"ref:") else b""
    unresolved = {name: value for name, value in raw.items() if name not in refs}
    return SourceRefs(refs, head_ref, refs.get(head_ref) if head_ref else _as_oid(head), unresolved)


def read_reflogs(layout: SourceLayout) -> Iterator[ReflogLine]:
    """Every line of every reflog, linked work trees' and those of deleted branches included."""
    for folder in (layout.common_dir, *worktree_folders(layout)) if layout.reftable else ():
        yield from map(_as_line, _stack(folder)[1])
    for base in (folder / "logs" for folder in (layout.common_dir, *worktree_folders(layout))):
        for file in _files_below(base):
            name = os.fsencode(file.relative_to(base).as_posix())
            for line in read_text(file, LARGEST_FILE).split(b"\n"):
                if line:
                    yield _reflog_line(name, line)


def worktree_heads(layout: SourceLayout) -> dict[bytes, Oid]:
    """What the HEAD of each linked work tree names, as `worktrees/NAME/HEAD`, where it is detached."""
    found: dict[bytes, Oid] = {}
    for child in worktree_folders(layout):
        head = _stack(child)[0].get(b"HEAD", b"") if layout.reftable else b""
        oid = _as_oid(head or read_text(child / "HEAD").strip())
        if oid is not None:
            found[b"worktrees/" + os.fsencode(child.name) + b"/HEAD"] = oid
    return found


def worktree_folders(layout: SourceLayout) -> list[Path]:
    """The folder in `worktrees` of each linked work tree: HEAD, index and logs of its own."""
    folder = layout.common_dir / "worktrees"
    return [child for child in sorted(folder.iterdir()) if is_folder(child)] if is_folder(folder) else []


def _raw_refs(layout: SourceLayout) -> tuple[dict[bytes, bytes], bytes]:
    """The value of each ref as its file or table holds it, and HEAD's.

    Where there are tables, HEAD is a ref among the others, a linked work tree's in a stack of its own. Files are read
    all the same: an empty folder that is called `reftable` hides nothing.
    """
    raw = dict(_packed(layout.common_dir)) | dict(_loose(layout.common_dir))
    head = read_text(layout.git_dir / "HEAD").strip()
    if layout.reftable:
        tables = _stack(layout.common_dir)[0]
        own = _stack(layout.git_dir)[0] if layout.git_dir != layout.common_dir else tables
        head = own.get(b"HEAD", head)
        raw |= {name: value for name, value in tables.items() if name.startswith(b"refs/")}
    return raw, head


def _stack(folder: Path) -> tuple[dict[bytes, bytes], list[LogRecord]]:
    """Refs and logs of the tables that `tables.list` names, oldest first; of all in order where it is lost."""
    base = folder / "reftable"
    names = read_text(base / "tables.list").decode("utf-8", "surrogateescape").split()
    if not names and is_folder(base):
        names = sorted(file.name for file in base.glob("*.ref"))
    return merged([_table(base / Path(name).name) for name in names[:_MAX_TABLES]])


def _table(file: Path) -> Table:
    try:
        return read_table(read_text(file, LARGEST_FILE))
    except ValueError as error:
        raise SourceUnreadable(
            f"{file} is damaged or missing: refs cannot be listed",
            remedy="repair the repository (git refs verify), or audit a fresh clone of it",
        ) from error


def _as_line(record: LogRecord) -> ReflogLine:
    """An entry of a table as the line that a file would hold."""
    who = b"%s <%s> %d %+05d" % (record.name, record.email, record.seconds, record.zone)
    message = record.message.removesuffix(b"\n")
    return ReflogLine(record.ref, Oid(record.old.decode()), Oid(record.new.decode()), who, message)


def _packed(common: Path) -> Iterator[tuple[bytes, bytes]]:
    for line in read_text(common / "packed-refs", LARGEST_FILE).splitlines():
        oid, _, name = line.partition(b" ")
        if _OID.match(oid) and name:
            yield name, oid


def _loose(common: Path) -> Iterator[tuple[bytes, bytes]]:
    base = common / "refs"
    for file in _files_below(base):
        if file.suffix != _LOCK:
            yield b"refs/" + os.fsencode(file.relative_to(base).as_posix()), read_text(file).strip()


def _files_below(base: Path) -> Iterator[Path]:
    if not is_folder(base):
        return
    for child in sorted(base.iterdir()):
        if is_folder(child):
            yield from _files_below(child)
        elif is_file(child):
            yield child


def _resolve(raw: dict[bytes, bytes], value: bytes) -> Oid | None:
    """Follow symbolic refs (refs/remotes/origin/HEAD) a few steps."""
    for _ in range(_MAX_SYMBOLIC):
        if not value.startswith(b"ref:"):
            return _as_oid(value)
        value = raw.get(value.removeprefix(b"ref:").strip(), b"")
    return None


def _as_oid(value: bytes) -> Oid | None:
    return Oid(value.decode()) if _OID.match(value) else None


def _reflog_line(name: bytes, line: bytes) -> ReflogLine:
    head, _, message = line.partition(b"\t")
    old, _, rest = head.partition(b" ")
    new, _, who = rest.partition(b" ")
    old_id, new_id = _as_oid(old), _as_oid(new)
    if old_id is None or new_id is None:
        return ReflogLine(name, Oid(""), Oid(""), b"", line)
    return ReflogLine(name, old_id, new_id, who, message)

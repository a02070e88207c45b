"""Reads the refs of a source as text: no git runs in the source, symbolic links are not followed.

The one tested exception is the reftable format, which only git can read.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.layout import SourceLayout, is_file, is_folder, read_text
from opensafe.git.process import run_git
from opensafe.model.identifiers import Oid

_OID = re.compile(rb"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_MAX_PACKED = 1 << 30
_MAX_SYMBOLIC = 5
_LOCK = ".lock"  # no ref may end so: it is what a git that was killed left behind


@dataclass(frozen=True, slots=True)
class SourceRefs:
    """Every ref with the id it leads to, what HEAD names (empty when detached), and HEAD's id."""

    refs: dict[bytes, Oid]
    head_ref: bytes
    head: Oid | None


@dataclass(frozen=True, slots=True)
class ReflogLine:
    """One line of a reflog: ids before and after, who, and the message, all as raw bytes."""

    ref: bytes
    old: Oid
    new: Oid
    who: bytes
    message: bytes


def read_refs(layout: SourceLayout) -> SourceRefs:
    if layout.reftable:
        return _read_with_git(layout)
    raw = dict(_packed(layout.common_dir)) | dict(_loose(layout.common_dir))
    refs = {name: oid for name in raw if (oid := _resolve(raw, raw[name])) is not None}
    head = read_text(layout.git_dir / "HEAD").strip()
    head_ref = head.removeprefix(b"ref: ").strip() if head.startswith(b"ref:") else b""
    return SourceRefs(refs, head_ref, refs.get(head_ref) if head_ref else _as_oid(head))


def read_reflogs(layout: SourceLayout) -> Iterator[ReflogLine]:
    """Every line of every reflog, linked work trees' included."""
    for base in (layout.common_dir / "logs", *_worktree_logs(layout.common_dir)):
        for file in _files_below(base):
            name = os.fsencode(file.relative_to(base).as_posix())
            for line in read_text(file, _MAX_PACKED).splitlines():
                parsed = _reflog_line(name, line)
                if parsed is not None:
                    yield parsed


def worktree_heads(layout: SourceLayout) -> dict[bytes, Oid]:
    """What the HEAD of each linked work tree names, as `worktrees/NAME/HEAD`."""
    folder = layout.common_dir / "worktrees"
    found: dict[bytes, Oid] = {}
    for child in sorted(folder.iterdir()) if is_folder(folder) else ():
        oid = _as_oid(read_text(child / "HEAD").strip())
        if oid is not None:
            found[b"worktrees/" + os.fsencode(child.name) + b"/HEAD"] = oid
    return found


def _packed(common: Path) -> Iterator[tuple[bytes, bytes]]:
    for line in read_text(common / "packed-refs", _MAX_PACKED).splitlines():
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


def _worktree_logs(common: Path) -> list[Path]:
    folder = common / "worktrees"
    return [child / "logs" for child in sorted(folder.iterdir())] if is_folder(folder) else []


def _reflog_line(name: bytes, line: bytes) -> ReflogLine | None:
    head, _, message = line.partition(b"\t")
    old, _, rest = head.partition(b" ")
    new, _, who = rest.partition(b" ")
    old_id, new_id = _as_oid(old), _as_oid(new)
    if old_id is None or new_id is None:
        return None
    return ReflogLine(name, old_id, new_id, who, message)


def _read_with_git(layout: SourceLayout) -> SourceRefs:
    printed = run_git(layout.git_dir, ["for-each-ref", "--format=%(objectname) %(refname)"])
    pairs = (line.partition(b" ") for line in printed.splitlines())
    refs = {name: Oid(oid.decode()) for oid, _, name in pairs}
    head_ref = run_git(layout.git_dir, ["symbolic-ref", "--quiet", "HEAD"], ok=(0, 1)).strip()
    return SourceRefs(refs, head_ref, refs.get(head_ref))

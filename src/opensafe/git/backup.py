"""A verified copy of a source, made before anything is built: a bundle, or an object copy where objects are missing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from opensafe.errors import GitFailed, VerificationFailed
from opensafe.git.layout import SourceLayout, read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid

_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
"""What a backup holds is what is to be taken out: nobody else reads it, wherever the case is copied to."""


def back_up(
    layout: SourceLayout,
    view: ObjectView,
    refs: Mapping[bytes, Oid],
    present: Sequence[Oid],
    target: Path,
    scratch: Path,
) -> Path:
    """Write `target` (a bundle of every ref), or where that fails a bare repository with every readable object.

    Returns what was written. The copy is read back and compared with `refs` before it gets its name.
    Raises VerificationFailed.
    """
    holder = OwnedRepository.create(scratch / "holder", object_format=layout.object_format)
    holder.borrow_objects([layout.objects])
    held = set(present)
    usable = {name: oid for name, oid in refs.items() if oid in held}
    try:
        holder.set_refs(usable)
        return _bundle(holder, usable, target, scratch)
    except GitFailed:
        return _object_copy(layout, view, present, target.with_suffix(".git"), scratch)


def _bundle(holder: OwnedRepository, refs: Mapping[bytes, Oid], target: Path, scratch: Path) -> Path:
    temporary = scratch / "backup.bundle"
    holder.run("bundle", "create", "--quiet", str(temporary), "--all")
    listed = holder.run("bundle", "list-heads", str(temporary)).splitlines()
    found = {name: Oid(oid.decode()) for oid, _, name in (line.partition(b" ") for line in listed) if name != b"HEAD"}
    holder.run("bundle", "verify", "--quiet", str(temporary))
    if found != dict(refs):
        raise VerificationFailed(
            "the backup does not hold every ref of the source",
            remedy="nothing was changed; check the free space and run the step again",
        )
    temporary.chmod(_PRIVATE_FILE)
    temporary.replace(target)
    return target


def _object_copy(layout: SourceLayout, view: ObjectView, present: Sequence[Oid], target: Path, scratch: Path) -> Path:
    """Every object that can be read, as one pack; refs are not kept, because some lead to what is lost."""
    copy = OwnedRepository.create(scratch / "copy", object_format=layout.object_format)
    readable = (item.oid for item in read_objects(view, present) if isinstance(item, RawObject))
    listing = "".join(f"{oid}\n" for oid in readable).encode()
    pack = view.run("pack-objects", "--stdout", "--quiet", stdin=listing)
    copy.run("index-pack", "--stdin", stdin=pack)
    copy.git_dir.chmod(_PRIVATE_FOLDER)
    copy.git_dir.replace(target)
    return target


def open_backup(backup: Path, folder: Path, object_format: str) -> SourceLayout:
    """Read a backup again: a bundle is unpacked in `folder` (created, ours), an object copy is read where it lies.

    Raises GitFailed where the bundle is damaged.
    """
    if backup.is_dir():
        return read_layout(backup)
    repository = OwnedRepository.create(folder, object_format=object_format)
    printed = repository.run("bundle", "unbundle", str(backup.resolve())).splitlines()
    heads = {name: Oid(oid.decode()) for oid, _, name in (line.partition(b" ") for line in printed)}
    repository.set_refs({name: oid for name, oid in heads.items() if name.startswith(b"refs/")})
    return read_layout(folder)

"""Writes the blobs that decisions change: read, changed at their spans, stored, remembered by their ids."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.rewriting.changes import Changes, FileKey
from opensafe.rewriting.content import changed_content

_BATCH_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class CleanFiles:
    """The new blob of each key (`None`: the file goes). `given_up` could not be changed inside, so they go too."""

    files: Mapping[FileKey, Oid | None]
    given_up: frozenset[Oid]

    def blob_map(self) -> dict[Oid, Oid]:
        """Old blob to new blob; where paths differ, the first path's."""
        ordered = sorted(self.files.items(), key=lambda item: (item[0][0], item[0][1] or b""), reverse=True)
        return {oid: new for (oid, _), new in ordered if new is not None}


def clean_files(
    changes: Changes,
    touched: Iterable[tuple[bytes, TreeEntry]],
    source: ObjectView,
    work: OwnedRepository,
    progress: Progress,
) -> CleanFiles:
    """Make every content that `touched` (paths and entries) needs, and store it in `work`."""
    paths = _paths(changes, touched)
    files: dict[FileKey, Oid | None] = {key: None for key in paths if changes.files[key].remove}
    wanted: dict[Oid, list[FileKey]] = {}
    for key in sorted(paths.keys() - files.keys(), key=lambda key: (key[0], key[1] or b"")):
        wanted.setdefault(key[0], []).append(key)
    progress.stage("Changing files", len(wanted))
    for batch in _batches(changes, wanted, paths, source, progress):
        kept = {key: data for key, data in batch.items() if data is not None}
        files |= dict.fromkeys(batch.keys() - kept.keys())
        files |= dict(zip(kept, work.write_blobs(list(kept.values())), strict=True))
    given_up = {key[0] for key, new in files.items() if new is None and not changes.files[key].remove}
    return CleanFiles(files, frozenset(given_up))


def _paths(changes: Changes, touched: Iterable[tuple[bytes, TreeEntry]]) -> dict[FileKey, bytes]:
    """The keys that occur, each with its first path: the name helps to recognise the format."""
    paths: dict[FileKey, bytes] = {}
    for path, entry in touched:
        key = changes.key_at(entry.oid, path)
        if key is not None:
            paths[key] = min(path, paths.get(key, path))
    return paths


def _batches(
    changes: Changes,
    wanted: Mapping[Oid, list[FileKey]],
    paths: Mapping[FileKey, bytes],
    source: ObjectView,
    progress: Progress,
) -> Iterator[dict[FileKey, bytes | None]]:
    """New contents in portions that are bounded in bytes; what cannot be read cannot be changed."""
    batch: dict[FileKey, bytes | None] = {}
    held = 0
    for item in read_objects(source, list(wanted)):
        progress.advance()
        if not isinstance(item, RawObject):
            batch |= dict.fromkeys(wanted[item.oid] if item.oid else ())
            continue
        for key in wanted[item.oid]:
            data = changed_content(item.data, changes.files[key], paths[key])
            batch[key] = data
            held += len(data or b"")
        if held > _BATCH_BYTES:
            yield batch
            batch, held = {}, 0
    yield batch

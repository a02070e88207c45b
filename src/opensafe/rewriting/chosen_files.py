"""The files that the team wants to leave out, by path, size and type, in all of history."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from opensafe.errors import UsageError
from opensafe.formats.signature import DATA_SIGNATURES, signature
from opensafe.git.graph import ObjectGraph
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.choices import FileChoices
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.globs import matches_path, raw_glob
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec

DATA = "data"
"""As a type: every signature of a data file."""

_Files = Mapping[Oid, frozenset[bytes]]


def with_chosen_files(
    spec: RewriteSpec,
    choices: FileChoices,
    standing: Iterable[tuple[bytes, TreeEntry]],
    view: ObjectView,
    graph: ObjectGraph,
) -> RewriteSpec:
    """`spec` with the removals of `choices`. Raises UsageError where one of them reaches nothing."""
    files = _by_blob(standing)
    folder = raw_glob(choices.only_path)
    removed = [
        *_by_path(files, choices),
        *_by_size(files, choices, graph),
        *_by_type(files, choices, view),
        *_outside(files, folder),
    ]
    blobs = (*spec.blobs, *_merged(removed))
    if not choices.to_root:
        return replace(spec, blobs=blobs)
    renames = {old: new for old, new in spec.path_renames.items() if is_below(old, folder)}
    if not all(is_below(new, folder) for new in renames.values()):
        raise UsageError(
            "a decision renames the folder that is to become the root",
            remedy="leave --to-root out, or decide again about the name in that path",
        )
    return replace(spec, blobs=blobs, path_renames=renames, root_folder=folder)


def is_below(path: bytes, folder: bytes) -> bool:
    return path.startswith(folder + b"/")


def _by_blob(standing: Iterable[tuple[bytes, TreeEntry]]) -> _Files:
    found: dict[Oid, set[bytes]] = {}
    for path, entry in standing:
        found.setdefault(entry.oid, set()).add(path)
    return {oid: frozenset(paths) for oid, paths in found.items()}


def _by_path(files: _Files, choices: FileChoices) -> Iterator[BlobChange]:
    for glob in choices.remove_paths:
        found = list(_narrowed(files, partial(matches_path, globs=[raw_glob(glob)])))
        if not found:
            raise UsageError(f"--remove-path {glob} matches no published file", remedy="correct the glob")
        yield from found


def _by_size(files: _Files, choices: FileChoices, graph: ObjectGraph) -> Iterator[BlobChange]:
    if not choices.remove_larger:
        return
    large = [oid for oid in files if graph.sizes.get(oid, 0) > choices.remove_larger]
    if not large:
        raise UsageError("no published file is that large", remedy="leave --remove-larger out, or name a smaller size")
    for oid in large:
        yield BlobChange(oid, files[oid], remove=True)


def _by_type(files: _Files, choices: FileChoices, view: ObjectView) -> Iterator[BlobChange]:
    wanted = wanted_types(choices)
    if not wanted:
        return
    seen: set[str] = set()
    for item in read_objects(view, sorted(files)):
        if isinstance(item, RawObject):
            types = {path: signature(item.data, path) for path in files[item.oid]}
            seen |= set(types.values())
            taken = frozenset(path for path, found in types.items() if found in wanted)
            if taken:
                yield BlobChange(item.oid, taken, remove=True)
    for name in choices.remove_types:
        if not seen & (DATA_SIGNATURES if name == DATA else {name}):
            raise UsageError(
                f"--remove-type {name}: no published file has this type",
                remedy=f"types that occur: {', '.join(sorted(seen - {''}))}; {DATA} stands for every kind of data file",
            )


def wanted_types(choices: FileChoices) -> frozenset[str]:
    """The signatures that go: `data` stands for all data files."""
    named = frozenset(choices.remove_types)
    return (named - {DATA}) | DATA_SIGNATURES if DATA in named else named


def _outside(files: _Files, folder: bytes) -> Iterator[BlobChange]:
    if not folder:
        return
    if not any(is_below(path, folder) for paths in files.values() for path in paths):
        raise UsageError("--only-path names a folder with no published file", remedy="name a folder of the repository")
    yield from _narrowed(files, lambda path: not is_below(path, folder))


def _narrowed(files: _Files, goes: Callable[[bytes], bool]) -> Iterator[BlobChange]:
    for oid, paths in files.items():
        taken = frozenset(filter(goes, paths))
        if taken:
            yield BlobChange(oid, taken, remove=True)


def _merged(removed: Iterable[BlobChange]) -> Iterator[BlobChange]:
    """One removal for each blob, in a fixed order."""
    paths: dict[Oid, frozenset[bytes]] = {}
    for change in removed:
        paths[change.oid] = paths.get(change.oid, frozenset()) | (change.paths or frozenset())
    for oid, taken in sorted(paths.items()):
        yield BlobChange(oid, taken, remove=True)

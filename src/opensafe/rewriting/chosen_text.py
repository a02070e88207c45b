"""The team's own literals and expressions, in files and messages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from opensafe.errors import UsageError
from opensafe.formats.decode import Part, decode
from opensafe.formats.replacing import Replacer
from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec, SpanEdit
from opensafe.rewriting.published import Published


def with_chosen_text(
    spec: RewriteSpec,
    replacer: Replacer,
    standing: Iterable[tuple[bytes, TreeEntry]],
    view: ObjectView,
    graph: ObjectGraph,
) -> RewriteSpec:
    """`spec` with the edits of every rule. Raises UsageError where a new text would have to be replaced again."""
    _refuse_decided(spec, replacer)
    published = Published.of(spec, graph)
    paths = _first_paths(standing) | _other_blobs(spec, graph, published)
    blobs = tuple(_blobs(replacer, view, paths))
    holders = {oid: graph.commits.get(oid) or graph.tags[oid] for oid in (*published.all_commits, *published.tags)}
    found = {oid: tuple(_edits(replacer, holder.message, b"")) for oid, holder in holders.items()}
    messages = dict(spec.message_edits)
    for oid, edits in found.items():
        if edits:
            messages[oid] = (*messages.get(oid, ()), *edits)
    return replace(spec, blobs=(*spec.blobs, *blobs), message_edits=messages)


def _refuse_decided(spec: RewriteSpec, replacer: Replacer) -> None:
    """What decisions put in place stays."""
    texts = {edit.replacement for change in spec.blobs for edit in change.edits}
    texts |= {edit.replacement for edits in spec.message_edits.values() for edit in edits}
    if any(replacer.in_text(text) for text in texts):
        raise UsageError(
            "the file of --replace-file would replace what decisions put in place (REDACTED-1, Person 2)"
            " or a message of --message-file",
            remedy="make its lines match less, or write the message as it is to be",
        )


def _first_paths(standing: Iterable[tuple[bytes, TreeEntry]]) -> dict[Oid, bytes]:
    """The first path of each file, by which its format is recognised."""
    paths: dict[Oid, bytes] = {}
    for path, entry in standing:
        if not entry.is_gitlink:
            paths[entry.oid] = min(path, paths.get(entry.oid, path))
    return paths


def _other_blobs(spec: RewriteSpec, graph: ObjectGraph, published: Published) -> dict[Oid, bytes]:
    """Notes, and blobs that a ref or a tag names."""
    named = {graph.tags[oid].target for oid in published.tags} | set(spec.refs.values())
    noted = {entry.oid for oid in published.notes for _, entry in walk_tree(graph.trees, graph.commits[oid].tree)}
    blobs = set(graph.blobs)
    return dict.fromkeys(sorted((named | noted) & blobs), b"")


def _blobs(replacer: Replacer, view: ObjectView, paths: Mapping[Oid, bytes]) -> Iterator[BlobChange]:
    for item in read_objects(view, sorted(paths)):
        if isinstance(item, RawObject):
            edits = tuple(_edits(replacer, item.data, paths[item.oid]))
            if edits:
                yield BlobChange(item.oid, None, edits)


def _edits(replacer: Replacer, data: bytes, path: bytes) -> Iterator[SpanEdit]:
    for part in decode(data, path).parts:
        found = list(replacer.in_part(part))
        if found:
            _refuse_endless(replacer, part, found)
            yield from (SpanEdit(part.via, edit.start, edit.end, edit.replacement) for edit in found)


def _refuse_endless(replacer: Replacer, part: Part, found: list[Edit]) -> None:
    changed = Part(part.via, apply_edits(part.data, found), part.role)
    if next(replacer.in_part(changed), None) is not None:
        raise UsageError(
            "what the file of --replace-file puts in place would have to be replaced again",
            remedy="choose replacements that no line of it matches",
        )

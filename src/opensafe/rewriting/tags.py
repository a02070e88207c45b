"""Annotated tags after a rewrite, wherever they stand and whatever they point to.

Written as raw objects and not through fast-export, which leaves out tags on trees and blobs, moves tags outside
refs/tags and drops every signature (facts, history and rewriting, sections 9.4 and 9.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import parse_identity
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject, Tag
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles
from opensafe.rewriting.malformed import repaired
from opensafe.rewriting.published import TAGS
from opensafe.rewriting.rawobjects import (
    PEOPLE,
    SIGNATURES,
    edit_object,
    format_identity,
    rename_line,
    without_signature,
)
from opensafe.rewriting.touched import TouchedTrees
from opensafe.rewriting.treewriter import TreeWriter


@dataclass(slots=True)
class Targets:
    """What becomes of an object that a ref or a tag names: the same, another, or nothing (`None`)."""

    graph: ObjectGraph
    commits: Mapping[Oid, Oid]
    changes: Changes
    clean: CleanFiles
    touched: TouchedTrees
    trees: TreeWriter
    tags: dict[Oid, Oid | None] = field(default_factory=dict)

    def of(self, oid: Oid) -> Oid | None:
        if oid in self.tags:
            return self.tags[oid]
        if oid in self.graph.commits:
            return self.commits.get(oid, oid)
        return self._tree(oid) if oid in self.graph.trees else self._blob(oid)

    def _tree(self, oid: Oid) -> Oid:
        return self.trees.cleaned(oid, self.changes, self.clean.files) if self.touched.touched(oid) else oid

    def _blob(self, oid: Oid) -> Oid | None:
        """A blob without a path goes if it is changed at some paths only: nobody said whether this is one of them."""
        if any(blob == oid and path is not None for blob, path in self.changes.files):
            return None
        return self.clean.files.get((oid, None), oid)


def write_tags(
    work: OwnedRepository, source: ObjectView, order: tuple[Oid, ...], targets: Targets, messages: Mapping[Oid, bytes]
) -> None:
    """Rewrite the tags in `order` (innermost first) into `targets.tags`: `None` where the target went."""
    names = _tag_names(targets.changes)
    for item in read_objects(source, order):
        if not isinstance(item, RawObject):
            continue
        tag = targets.graph.tags[item.oid]
        target = targets.of(tag.target)
        targets.tags[item.oid] = None if target is None else _write(work, item, tag, target, targets, names, messages)


def _tag_names(changes: Changes) -> dict[bytes, bytes]:
    """The name inside a tag follows the name of its ref."""
    renames = changes.spec.ref_renames.items()
    return {
        old.removeprefix(TAGS): new.removeprefix(TAGS)
        for old, new in renames
        if old.startswith(TAGS) and new.startswith(TAGS)
    }


def _write(
    work: OwnedRepository,
    raw: RawObject,
    tag: Tag,
    target: Oid,
    targets: Targets,
    names: Mapping[bytes, bytes],
    messages: Mapping[Oid, bytes],
) -> Oid:
    message = messages.get(raw.oid, tag.message)

    def edit(name: bytes, value: bytes) -> bytes | None:
        if name == b"object":
            return target.encode()
        if name == b"tag":
            return names.get(value, value)
        return rename_line(value, targets.changes.renamed) if name in PEOPLE else value

    changed = edit_object(raw.data, edit, message)
    if raw.oid in targets.changes.spec.header_drops:
        changed = edit_object(changed, _OwnLines(), message)
    if changed == raw.data:
        return raw.oid
    return work.write_object("tag", edit_object(changed, _unsigned, without_signature(message)))


class _OwnLines:
    """Keeps the first of each line that a tag is made of, with a date that git can read, and drops the rest."""

    def __init__(self) -> None:
        self._left = {b"object", b"type", b"tag", b"tagger"}

    def __call__(self, name: bytes, value: bytes) -> bytes | None:
        if name not in self._left:
            return None
        self._left.remove(name)
        return format_identity(repaired(parse_identity(value))) if name in PEOPLE else value


def _unsigned(name: bytes, value: bytes) -> bytes | None:
    return None if name in SIGNATURES else value

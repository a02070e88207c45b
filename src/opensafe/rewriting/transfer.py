"""Puts what the final refs reach, and nothing else, into a new bare repository."""

import os
from collections.abc import Mapping
from pathlib import Path

from opensafe.errors import GitFailed
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.model.expressions import expression
from opensafe.model.identifiers import Oid
from opensafe.rewriting.published import SourceIncomplete

_ID = expression(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b")
"""Git's own words name the first object that it could not read."""


def transfer(
    work: OwnedRepository,
    graph: ObjectGraph,
    destination: Path,
    *,
    object_format: str,
    refs: Mapping[bytes, Oid],
    head: bytes,
) -> OwnedRepository:
    """A repository at `destination` with these refs: one pack, no alternates, no reflogs, nothing of the work.

    Git walks from the refs, so an object that they do not reach cannot come along. Raises SourceIncomplete where
    one that they reach is damaged or missing.
    """
    made = OwnedRepository.create(destination, object_format=object_format)
    if refs:
        packs = destination / "objects" / "pack" / "pack"
        tips = "".join(f"{oid}\n" for oid in sorted(set(refs.values()))).encode()
        try:
            work.run("pack-objects", "--revs", "--quiet", "--delta-base-offset", os.fsencode(packs), stdin=tips)
        except GitFailed as failure:
            _explain(graph, failure)
        made.set_refs(refs)
    if head:
        made.set_head(head)
    return made


def _explain(graph: ObjectGraph, failure: GitFailed) -> None:
    """Tell a gap in the source, which a person can settle, from a failure of git's."""
    unreadable = _ID.search(failure.cause)
    if unreadable:
        raise SourceIncomplete(
            f"the published history needs object {unreadable[0]}, which is damaged or missing in the source",
            remedy="restore it, or audit again, settle its skip with remove-file, and plan again",
        ) from failure
    named = {entry.oid for entries in graph.trees.values() for entry in entries if not entry.is_gitlink}
    absent = len(named - graph.sizes.keys()) + len(graph.unread)
    if not absent:
        raise failure
    raise SourceIncomplete(
        f"the published history needs an object that is damaged or missing ({absent} are in this source)",
        remedy="restore the objects, or settle their skips with remove-file, and plan again",
    ) from failure

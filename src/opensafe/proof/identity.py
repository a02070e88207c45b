"""Tests that objects are what their ids say: git checks that when it fetches, not when it reads."""

import hashlib

from opensafe.git.graph import ObjectGraph
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject
from opensafe.model.progress import Progress
from opensafe.model.verification import Check

_SHA1_LENGTH = 40


def check_ids(view: ObjectView, graph: ObjectGraph, progress: Progress) -> Check:
    """Every readable object hashed again. What cannot be read is counted by the audit's coverage."""
    wrong = hashed = 0
    progress.stage("Checking ids", len(graph.order))
    for item in read_objects(view, graph.order, as_packed=True):
        progress.advance()
        if isinstance(item, RawObject):
            hashed += 1
            wrong += _id_of(item) != item.oid
    return Check("ids-hold", not wrong, f"{hashed:,} objects hashed again, {wrong:,} are not what their id says")


def _id_of(item: RawObject) -> str:
    algorithm = "sha1" if len(item.oid) == _SHA1_LENGTH else "sha256"
    total = hashlib.new(algorithm, b"%s %d\0" % (item.kind.encode(), len(item.data)), usedforsecurity=False)
    total.update(item.data)
    return total.hexdigest()

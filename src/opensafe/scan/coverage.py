"""What was read, of what there is, and every skip by name."""

from collections.abc import Iterable, Sequence

from opensafe.history.reading import History
from opensafe.model.coverage import Coverage
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.match import ObjectScan
from opensafe.model.skip import Skip, SkipReason, Unread
from opensafe.scan.names import Names


def coverage_of(
    history: History, scans: Sequence[ObjectScan], unread: Iterable[Unread], key: FingerprintKey, names: Names
) -> Coverage:
    """Counts and skips. An object that is referred to but absent counts as present and not read.

    The commit of a submodule is a skip, but no object of this repository.
    """
    graph = history.graph
    skips = {skip.id: skip for skip in (skip_of(item, key, names) for item in unread)}
    listed = set(graph.order)
    absent = {item.oid for item in history.unread if item.oid not in listed and item.reason is not SkipReason.SUBMODULE}
    whole = {scan.oid for scan in scans for item in scan.unread if not item.via and not scan.bytes}
    # Of a long history trees are read late: the damaged ones are named by what came to them first.
    named = (*graph.unread, *(item for item in history.unread if item.reason is SkipReason.CORRUPT))
    damaged = {item.oid for item in named if item.oid in listed}
    return Coverage(
        objects=len(graph.order) + len(absent),
        read=len(graph.order) - len(whole | damaged),
        bytes=sum(graph.sizes.values()),
        by_kind=graph.kinds(),
        skipped=tuple(sorted(skips.values(), key=lambda skip: (skip.reason, skip.path or "", skip.id))),
    )


def skip_of(item: Unread, key: FingerprintKey, names: Names) -> Skip:
    """A skip with its id, by what was not read and where."""
    what = "\0".join([item.oid or "", item.reason, *item.via]).encode() + b"\0" + (item.path or b"")
    path = names.shown(item.path) if item.path else None
    detail = " → ".join(part for part in (*item.via, item.detail) if part)
    path_key = key.name(item.path) if item.path else None
    return Skip(key.skip(what), item.oid, path, item.reason, detail, path_key=path_key)

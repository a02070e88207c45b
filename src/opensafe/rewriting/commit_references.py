"""Messages that name commits: which of them lead nowhere in the new history."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from opensafe.git.graph import ObjectGraph
from opensafe.model.expressions import expression
from opensafe.model.identifiers import Oid

_COMMIT_ID = expression(rb"\b[0-9a-f]{7,64}\b")


def named_commits(message: bytes, ids: Sequence[Oid]) -> Iterator[Oid | None]:
    """The commits that ids in a message mean, out of the sorted `ids`; `None` where a short one means several."""
    for match in _COMMIT_ID.finditer(message):
        text = match.group().decode()
        at = bisect_left(ids, text)
        if at < len(ids) and ids[at].startswith(text):
            is_ambiguous = at + 1 < len(ids) and ids[at + 1].startswith(text)
            yield None if is_ambiguous else ids[at]


def broken_messages(graph: ObjectGraph, order: Sequence[Oid], changed: Collection[Oid]) -> int:
    """How many messages of the commits in `order` (parents first) name one that has another id, or none, afterwards.

    The rewrite puts new ids in the place of old ones where a message names a commit that comes before it. It cannot
    where one comes later, where a short id means several, and where a commit is not published.
    """
    ids = sorted(graph.commits)
    position = {oid: at for at, oid in enumerate(order)}
    return sum(
        any(not _is_found(target, holder, position, changed) for target in named_commits(_message(graph, holder), ids))
        for holder in order
    )


def _message(graph: ObjectGraph, oid: Oid) -> bytes:
    return graph.commits[oid].message


def _is_found(target: Oid | None, holder: Oid, position: Mapping[Oid, int], changed: Collection[Oid]) -> bool:
    if target is None or target not in position:
        return False
    return target not in changed or (holder in changed and position[target] < position[holder])

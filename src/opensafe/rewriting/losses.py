"""What the new history cannot carry, in numbers. `proof` counts again, from the objects."""

from collections import Counter
from collections.abc import Iterable, Mapping

from opensafe.git.graph import ObjectGraph
from opensafe.model.identifiers import Oid
from opensafe.model.rewrite import Lost
from opensafe.rewriting.rawobjects import SIGNATURES

GIVEN_UP = "file that could not be changed inside"
_CARRIED = SIGNATURES | {b"encoding"}


def lost_headers(graph: ObjectGraph, changed: Iterable[Oid]) -> Counter[str]:
    """Commits whose signature goes, and extra headers by kind: fast-export carries `encoding` alone (section 9.5)."""
    lost: Counter[str] = Counter()
    for oid in changed:
        commit = graph.commits[oid]
        lost["signature"] += commit.signed
        lost.update(
            "mergetag" if name == b"mergetag" else "header" for name, _ in commit.headers if name not in _CARRIED
        )
    return lost


def lost_signatures(graph: ObjectGraph, mapped: Mapping[Oid, Oid | None]) -> Counter[str]:
    """Signed commits and tags whose id changed."""
    gone = [oid for oid, new in mapped.items() if new != oid]
    return Counter(
        {
            "signature": sum(graph.commits[oid].signed for oid in gone if oid in graph.commits),
            "tag signature": sum(graph.tags[oid].signed for oid in gone if oid in graph.tags),
        }
    )


def as_lost(counted: Counter[str]) -> tuple[Lost, ...]:
    """Sorted, without what was not lost."""
    return tuple(Lost(what, count) for what, count in sorted(counted.items()) if count)

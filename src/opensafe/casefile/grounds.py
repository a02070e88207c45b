"""The ground that an audit leaves for the next one, as it lies in the index."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from opensafe.casefile.rows import Row
from opensafe.casefile.verdicts import said, verdict_from
from opensafe.model.finding import Form
from opensafe.model.ground import ARRIVAL, Footing, Ground, Source
from opensafe.model.identifiers import FindingId, Oid, SkipId
from opensafe.model.place import PlaceKind

_ID_BYTES = (20, 32)
_PACKED = ("ids", "commits", "circles", "places", "dates", "parents", "arrivals")


def ground_rows(ground: Ground | None) -> Iterator[Row]:
    """Nothing where there is no ground: the next audit goes through everything."""
    if ground is None:
        return
    footing = ground.footing
    for name in _PACKED:
        yield name, getattr(footing, name)
    facts = {
        "newest": footing.newest,
        "aside": footing.aside,
        "reflogged": footing.reflogged,
        "tags": footing.tags,
        "introduced": footing.introduced,
        "declared": footing.declared,
        "declarations": footing.declarations,
        "stored": footing.stored,
        "folders": ground.folders,
        "paths": ground.paths,
        "sources": [_source_row(source) for source in ground.sources],
        "inside": ground.inside,
    }
    yield "facts", json.dumps(facts, separators=(",", ":"))


def spoken_rows(ground: Ground | None, keys: Mapping[FindingId, int]) -> Iterator[Row]:
    for finding, verdicts in ground.told.items() if ground else ():
        for verdict in verdicts:
            yield keys[finding], said(verdict)


def ground_from(rows: Mapping[str, Any]) -> Ground | None:
    """The ground again, without its verdicts. Raises LookupError, TypeError or ValueError for what is none."""
    if not rows:
        return None
    facts = json.loads(rows["facts"])
    footing = Footing(
        **{name: bytes(rows[name]) for name in _PACKED},
        newest=int(facts["newest"]),
        aside=_oids(facts["aside"]),
        reflogged=_oids(facts["reflogged"]),
        tags=_oids(facts["tags"]),
        introduced=_oids(facts["introduced"]),
        declared=tuple((path, Oid(oid)) for path, oid in facts["declared"]),
        declarations=int(facts["declarations"]),
        stored={name: (size, changed) for name, (size, changed) in facts["stored"].items()},
    )
    commits = len(footing.circles)
    sizes = len(footing.places) // 4, len(footing.dates) // 8, len(footing.commits) // (commits or 1)
    if sizes[:2] != (commits, commits) or (commits and sizes[2] not in _ID_BYTES) or len(footing.arrivals) % ARRIVAL:
        raise ValueError("the ground is damaged")
    sources = tuple(map(_source_from, facts["sources"]))
    return Ground(footing, facts["folders"], facts["paths"], sources, tuple(map(SkipId, facts["inside"])))


def _oids(texts: list[str]) -> tuple[Oid, ...]:
    return tuple(map(Oid, texts))


def _source_row(source: Source) -> list[Any]:
    return [
        said(source.verdict),
        source.kind,
        source.oid,
        source.key,
        source.via,
        source.start,
        source.end,
        source.form,
    ]


def _source_from(row: list[Any]) -> Source:
    verdict, kind, oid, key, via, start, end, form = row
    return Source(verdict_from(verdict), PlaceKind(kind), Oid(oid), key, tuple(via), start, end, Form(form))

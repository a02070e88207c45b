"""Questions about the places of many findings, answered by the index itself: no place is made into an object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import itemgetter

from opensafe.casefile.index import Index
from opensafe.casefile.rows import Row, place_from
from opensafe.casefile.where import listed
from opensafe.model.expressions import expression
from opensafe.model.finding import Form
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.place import Place, PlaceKind

_SPECIAL = expression(r"[*?[]")
_REMEMBERED = 100_000  # paths: what is forgotten is only compared again

# Ids come as one JSON list: a query holds a limited number of parameters.
_REACH = """
SELECT count(*), count(DISTINCT CASE WHEN kind IN ('blob', 'path') THEN path END), count(DISTINCT first_commit)
FROM place
WHERE finding IN (SELECT number FROM finding WHERE id IN (SELECT value FROM json_each(?)))
  AND (? = '' OR matches(path, ?))
"""
# SQLite compares the beginning itself; what is left to the function is remembered, as most paths come many times.
_AT = """
SELECT id FROM finding WHERE number IN (
  SELECT finding FROM place WHERE substr(path, 1, ?) = ? AND matches(path, ?)
)
"""
_IN = """
SELECT place.*, form FROM place JOIN finding ON place.finding = finding.number
WHERE oid IN (SELECT value FROM json_each(?))
"""
_OF_EACH = """
SELECT id, mark.number, kind, oid, path, path_key, ref, ref_key, line, "column", start, "end", via,
  first_commit, last_commit, spot.in_head, spot.published, count
FROM (SELECT value FROM json_each(?)) AS wanted CROSS JOIN finding ON id = wanted.value
JOIN mark ON mark.finding = finding.key AND mark.number < ? JOIN spot ON spot.number = mark.spot
"""
_TEXTS = """
SELECT id, kind, path, path_key, ref, ref_key
FROM (SELECT value FROM json_each(?)) AS wanted CROSS JOIN finding ON id = wanted.value
JOIN mark ON mark.finding = finding.key AND mark.number < ? JOIN spot ON spot.number = mark.spot
"""
_FIRST = """
SELECT id, place.* FROM place JOIN finding ON place.finding = finding.number
WHERE place.number = 0 AND id IN (SELECT value FROM json_each(?))
ORDER BY oid
"""
_NAMES = """
SELECT id, coalesce(nullif(path, ''), nullif(ref, ''), kind) FROM place JOIN finding ON place.finding = finding.number
WHERE place.number < ? AND id IN (SELECT value FROM json_each(?)) ORDER BY place.finding, place.number
"""
_BROUGHT = """
FROM (SELECT value FROM json_each(?)) AS wanted CROSS JOIN finding ON id = wanted.value
JOIN mark ON mark.finding = finding.key JOIN spot ON spot.number = mark.spot WHERE first_commit IS NOT NULL
"""
_FIRST_COMMITS = f"SELECT DISTINCT first_commit {_BROUGHT} ORDER BY first_commit"
_FIRST_DAYS = f"SELECT id, min(day_of(first_commit)) {_BROUGHT} GROUP BY finding.key"
_LINES = """
SELECT DISTINCT path, line, id FROM place JOIN finding ON place.finding = finding.number
WHERE path IS NOT NULL AND line > 0 AND id IN (SELECT value FROM json_each(?))
"""
_FIRST_PATHS = """
SELECT id, (
  SELECT path FROM mark JOIN spot ON spot.number = mark.spot WHERE mark.finding = finding.key AND path IS NOT NULL
  ORDER BY mark.number LIMIT 1
) FROM finding
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a decision touches: places, files that hold them, and commits that brought them."""

    places: int
    files: int
    commits: int


def reach(index: Index, findings: Iterable[FindingId], glob: str = "") -> Reach:
    """Counts over the places of these findings, of those only whose path matches where there is a `glob`."""
    with index.query() as database:
        database.create_function("matches", 2, _matches, deterministic=True)
        return Reach(*database.execute(_REACH, (listed(findings), glob, glob)).fetchone())


def findings_at(index: Index, glob: str) -> frozenset[str]:
    """The ids of findings with a place whose path, as shown, matches."""
    with index.query() as database:
        database.create_function("matches", 2, lru_cache(_REMEMBERED)(_matches), deterministic=True)
        plain = _SPECIAL.split(glob, maxsplit=1)[0]
        return frozenset(row[0] for row in database.execute(_AT, (len(plain), plain, glob)))


def places_in(index: Index, oids: Iterable[str]) -> tuple[tuple[Place, Form], ...]:
    """Every place in these objects, with the form of what stands there."""
    with index.query() as database:
        rows = database.execute(_IN, (listed(oids),))
        return tuple((place_from(row[:-1]), Form(row[-1])) for row in rows)


def first_places(index: Index, findings: Iterable[FindingId]) -> dict[FindingId, Place]:
    """The first place of each of these findings, sorted by object: that is how they are read fastest."""
    with index.query() as database:
        rows = database.execute(_FIRST, (listed(findings),))
        return {FindingId(row[0]): place_from(row[1:]) for row in rows}


def places_of_each(index: Index, findings: Iterable[FindingId], most: int) -> dict[FindingId, tuple[Place, ...]]:
    """The first `most` places of each of these findings, in the order of the audit; what has none is left out."""
    found: dict[FindingId, list[Row]] = {}
    with index.query() as database:
        for row in database.execute(_OF_EACH, (listed(dict.fromkeys(findings)), most)):
            found.setdefault(row[0], []).append(row)
    return {id_: tuple(map(place_from, sorted(rows, key=itemgetter(1)))) for id_, rows in found.items()}


def texts_of_each(index: Index, findings: Iterable[FindingId], most: int) -> dict[FindingId, tuple[Place, ...]]:
    """In what texts the first `most` places of each of these findings stand: of a place nothing else is told.

    Places in the same text are one object. Somebody who wrote much may stand in thousands of places.
    """
    known: dict[Row, Place] = {}
    found: dict[FindingId, list[Place]] = {}
    with index.query() as database:
        for id_, *named in database.execute(_TEXTS, (listed(dict.fromkeys(findings)), most)):
            text = tuple(named)
            if text not in known:
                known[text] = _text(*text)
            found.setdefault(id_, []).append(known[text])
    return {id_: tuple(places) for id_, places in found.items()}


def _text(kind: str, path: str | None, path_key: str | None, ref: str | None, ref_key: str | None) -> Place:
    nowhere: tuple[int, int, int, int] = (0, 0, 0, 0)
    return Place(PlaceKind(kind), None, path, path_key, ref, ref_key, *nowhere, (), None, None, False, False)


def names_of(index: Index, findings: Iterable[FindingId], most: int) -> dict[FindingId, tuple[str, ...]]:
    """Under which names each of these findings stands, of its first `most` places: each name once, in order."""
    found: dict[FindingId, dict[str, None]] = {}
    with index.query() as database:
        for id_, name in database.execute(_NAMES, (most, listed(findings))):
            found.setdefault(FindingId(id_), {})[name] = None
    return {id_: tuple(names) for id_, names in found.items()}


def first_commits(index: Index, findings: Iterable[FindingId]) -> tuple[Oid, ...]:
    """The commits that brought the places of these findings, each once."""
    with index.query() as database:
        return tuple(Oid(commit) for (commit,) in database.execute(_FIRST_COMMITS, (listed(findings),)))


def first_days(index: Index, findings: Iterable[FindingId], days: Mapping[Oid, date]) -> dict[FindingId, date]:
    """When the first place of each of these findings came, by the days of those commits; the others are left out."""
    written = {oid: day.isoformat() for oid, day in days.items()}
    with index.query() as database:
        database.create_function("day_of", 1, written.get, deterministic=True)
        found = database.execute(_FIRST_DAYS, (listed(findings),))
        return {FindingId(id_): date.fromisoformat(day) for id_, day in found if day is not None}


def lines_of(index: Index, findings: Iterable[FindingId]) -> dict[tuple[str, int], tuple[FindingId, ...]]:
    """Which of these findings stand in which line of which file, in any version of it."""
    found: dict[tuple[str, int], tuple[FindingId, ...]] = {}
    with index.query() as database:
        for path, line, id_ in database.execute(_LINES, (listed(findings),)):
            found[path, line] = (*found.get((path, line), ()), FindingId(id_))
    return found


def first_paths(index: Index) -> dict[FindingId, str]:
    """The first path, as shown, under which each finding stands; what stands in no file is left out."""
    with index.query() as database:
        return {id_: path for id_, path in database.execute(_FIRST_PATHS) if path is not None}


def _matches(path: str | None, glob: str) -> bool:
    return path is not None and fnmatchcase(path, glob)

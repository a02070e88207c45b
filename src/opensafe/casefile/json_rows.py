"""Findings as JSON, written by the index itself: neither they nor their places become objects on the way.

The same text as `reports.json_findings` makes of each, in a list that is a field of the document. A test compares them.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import NamedTuple

from opensafe.casefile.index import Index
from opensafe.casefile.where import EVERY, Where
from opensafe.model.finding import Category, Confidence, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import PlaceKind
from opensafe.model.text import well_formed

_STATES = {state: state.value for state in State}  # to ask an enum takes longer
_STATE = "\x01"  # where the state goes: no text of JSON holds it
_REMEMBERED = 10_000  # lists of texts: what is forgotten is only written again


class JsonRow(NamedTuple):
    """A finding with the first of its places. `covered`: questions about files are told of it."""

    number: int
    id: FindingId
    covered: bool
    waits: bool
    text: str

    def told(self, state: State) -> str:
        """The text, as of a finding in this state."""
        return self.text.replace(_STATE, _STATES[state], 1)


def _object(fields: Mapping[str, str], indent: int) -> str:
    """The expression for an object with these fields, each given as the expression for its JSON.

    `printf` fills all of them in at once, which takes a third less than to join them one after the other.
    """
    inner, outer = " " * (indent + 2), " " * indent
    lines = ",\n".join(f'{inner}"{name}": %s' for name in fields)
    return f"printf('{{\n{lines}\n{outer}}}', {', '.join(fields.values())})"


def _texts(*columns: str) -> dict[str, str]:
    return {column.rpartition(".")[2]: f"json_quote({column})" for column in columns}


def _numbers(*columns: str) -> dict[str, str]:
    return {column: f'CAST("{column}" AS INTEGER)' for column in columns}


def _flags(*columns: str) -> dict[str, str]:
    return {column: f"CASE WHEN spot.{column} THEN 'true' ELSE 'false' END" for column in columns}


def _list(column: str, indent: int) -> str:
    return f"CASE {column} WHEN '[]' THEN '[]' ELSE listed({column}, {indent}) END"


def _if_any(column: str, indent: int) -> str:
    """A field that is left out where its list is empty."""
    start = f',\n{" " * indent}"{column}": '
    return f"CASE {column} WHEN '[]' THEN '' ELSE '{start}' || listed({column}, {indent}) END"


_PLACE = _object(
    _texts("kind", "oid", "path", "ref")
    | _numbers("line", "column", "start", "end")
    | {"via": _list("via", 10)}
    | _texts("first_commit", "last_commit")
    | _flags("in_head", "published"),
    8,
)
_PLACES = f"""(
SELECT CASE count(*) WHEN 0 THEN '[]' ELSE printf('[\n        %s\n      ]', group_concat({_PLACE}, ',\n        ')) END
  || CASE WHEN occurrences > count(*) THEN printf(',\n      "more_places": %d', occurrences - count(*)) ELSE '' END
FROM mark JOIN spot ON spot.number = mark.spot WHERE mark.finding = finding.key AND mark.number < ?
)"""  # noqa: S608 - constants of ours
_FINDING = _object(
    _texts("id", "category", "detector")
    | {"witnesses": _list("witnesses", 6)}
    | _texts("title", "severity", "confidence")
    | {"state": f"'\"{_STATE}\"'"}
    | {"masked": f"json_quote(masked) || {_if_any('profile', 6)} || {_if_any('covered_by', 6)}"}
    | {"occurrences": "occurrences", "places": _PLACES},
    4,
)
_ROWS = f"""
SELECT number, id, covered_by <> '[]', covered_by = '[]' OR category = 'secret', '    ' || {_FINDING} FROM finding
"""  # noqa: S608 - as above
_WORDS = {"category": Category, "severity": Severity, "confidence": Confidence}
_UNKNOWN = " OR ".join(
    [f"{name} NOT IN ({', '.join(repr(word.value) for word in words)})" for name, words in _WORDS.items()]
)
_KINDS = ", ".join(repr(kind.value) for kind in PlaceKind)
_DAMAGED = f"""
SELECT EXISTS (SELECT 1 FROM finding WHERE {_UNKNOWN}) OR EXISTS (SELECT 1 FROM spot WHERE kind NOT IN ({_KINDS}))
"""  # noqa: S608 - as above


def json_rows(index: Index, most_places: int, where: Where = EVERY) -> Iterator[JsonRow]:
    """The findings that meet the conditions, with so many places at most, in the order of `Index.findings`.

    Each is indented as an item of a list in the outermost object. Characters beyond ASCII stand as they are.
    """
    with index.query() as database:
        if database.execute(_DAMAGED).fetchone() != (0,):
            raise ValueError("a word that opensafe never wrote")
        database.create_function("listed", 2, lru_cache(_REMEMBERED)(_listed), deterministic=True)
        query = f"{_ROWS}{where.sql} ORDER BY number"
        yield from map(JsonRow._make, database.execute(query, (most_places, *where.values)))


def _listed(packed: str, indent: int) -> str:
    """A list of texts, as the index keeps it, with an indent before its end."""
    items = (encode_basestring_ascii(well_formed(text)) for text in json.loads(packed))
    lines = ",\n".join(f"{' ' * (indent + 2)}{item}" for item in items)
    return f"[\n{lines}\n{' ' * indent}]"

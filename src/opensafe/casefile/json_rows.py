"""Findings as JSON, written by the index itself: neither they nor their places become objects on the way.

The same text as `reports.json_findings` makes of each, in a list that is a field of the document. A test compares them.
"""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import NamedTuple

from opensafe.casefile.index import Index
from opensafe.casefile.where import EVERY, Where
from opensafe.model.finding import Category, Confidence, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import PlaceKind
from opensafe.model.text import well_formed
from opensafe.model.tuples import tuples_of

_STATES = {state: f'"state": "{state.value}"' for state in State}  # to ask an enum takes longer
_OPEN = _STATES[State.OPEN]  # no value within the text holds that: its quotes would be escaped
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
        return self.text if state is State.OPEN else self.text.replace(_OPEN, _STATES[state], 1)


class _Value(NamedTuple):
    """The expression for a value, and the place for it in a format of `printf`."""

    sql: str
    form: str = "%s"


def _object(fields: Mapping[str, _Value], indent: int) -> str:
    """The expression for an object with these fields, indented as an item of a list.

    `printf` fills all of them in at once, which takes a third less than to join them one after the other.
    """
    inner, outer = " " * (indent + 2), " " * indent
    lines = ",\n".join(f'{inner}"{name}": {value.form}' for name, value in fields.items())
    return f"printf('{outer}{{\n{lines}\n{outer}}}', {', '.join(value.sql for value in fields.values())})"


def _texts(*columns: str) -> dict[str, _Value]:
    return {column: _Value(f"json_quote({column})") for column in columns}


def _words(*columns: str) -> dict[str, _Value]:
    """Columns of which `_DAMAGED` says what they may hold. To quote what they hold would take time for nothing."""
    return {column: _Value(column, '"%s"') for column in columns}


def _numbers(*columns: str) -> dict[str, _Value]:
    return {column: _Value(f'"{column}"', "%d") for column in columns}


def _flags(*columns: str) -> dict[str, _Value]:
    return {column: _Value(f"CASE WHEN spot.{column} THEN 'true' ELSE 'false' END") for column in columns}


def _list(column: str, indent: int) -> dict[str, _Value]:
    return {column: _Value(f"CASE {column} WHEN '[]' THEN '[]' ELSE listed({column}, {indent}) END")}


def _if_any(column: str, indent: int) -> str:
    """A field that is left out where its list is empty."""
    start = f',\n{" " * indent}"{column}": '
    return f"CASE {column} WHEN '[]' THEN '' ELSE '{start}' || listed({column}, {indent}) END"


_PLACE = _object(
    _words("kind")
    | _texts("oid", "path", "ref")
    | _numbers("line", "column", "start", "end")
    | _list("via", 10)
    | _texts("first_commit", "last_commit")
    | _flags("in_head", "published"),
    8,
)
_MORE = """
CASE WHEN occurrences > count(*) THEN printf(',\n      "more_places": %d', occurrences - count(*)) ELSE '' END
"""
_PLACES = f"""(
SELECT CASE count(*) WHEN 0 THEN '[]' || {_MORE}
  ELSE printf('[\n%s\n      ]%s', group_concat({_PLACE}, ',\n'), {_MORE}) END
FROM mark JOIN spot ON spot.number = mark.spot WHERE mark.finding = finding.key AND mark.number < ?
)"""  # noqa: S608 - constants of ours
_FINDING = _object(
    _texts("id")
    | _words("category")
    | _texts("detector")
    | _list("witnesses", 6)
    | _texts("title")
    | _words("severity", "confidence")
    | {"state": _Value(f"'{State.OPEN.value}'", '"%s"')}
    | {"masked": _Value(f"json_quote(masked), {_if_any('profile', 6)}, {_if_any('covered_by', 6)}", "%s%s%s")}
    | _numbers("occurrences")
    | {"places": _Value(_PLACES)},
    4,
)
_ROWS = f"""
SELECT number, id, covered_by <> '[]', covered_by = '[]' OR category = 'secret', {_FINDING} FROM finding
"""  # noqa: S608 - as above


def _unknown(column: str, words: type[StrEnum]) -> str:
    """Whether it is none of these words: compared one by one, as the first of them are the commonest."""
    return " AND ".join(f"{column} IS NOT '{word.value}'" for word in words)


_DAMAGED = f"""
SELECT EXISTS (
  SELECT 1 FROM finding
  WHERE {_unknown("category", Category)} OR {_unknown("severity", Severity)} OR {_unknown("confidence", Confidence)}
) OR EXISTS (SELECT 1 FROM spot WHERE {_unknown("kind", PlaceKind)})
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
        yield from tuples_of(JsonRow, database.execute(query, (most_places, *where.values)))


def _listed(packed: str, indent: int) -> str:
    """A list of texts, as the index keeps it, with an indent before its end."""
    items = (encode_basestring_ascii(well_formed(text)) for text in json.loads(packed))
    lines = ",\n".join(f"{' ' * (indent + 2)}{item}" for item in items)
    return f"[\n{lines}\n{' ' * indent}]"

"""Columns that are written as lists in code and JSON: `surname = c("A", "B")`, `"dob": ["…", "…"]`, `"x": {"0": "…"}`.

And the rows of R's `tribble(~name, ~phone, "A", "1")`. All are found from a mention of the column's name.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from opensafe.detectors.grids import MAX_ROWS, Cell, Grid, Row
from opensafe.detectors.textlines import line_around
from opensafe.model.expressions import expression

_BLANK = rb"[ \t\r\n]"
_REACH = 60  # bytes of a name before its mention
_NAME = expression(rb"[\"'`](?P<quoted>[^\"'`\r\n=:,(){}\[\]]{1,80})[\"'`]|(?P<bare>[A-Za-z][\w.]{0,80})")
_TAIL = expression(rb"[\w .]{0,80}[\"'`\]]{0,2}[ \t]{0,4}[:=<>]")  # of a name that something is given to
_OPENS = expression(
    rb"[\"'`\]]{0,2}[ \t]{0,4}(?::|=>|=|<-|>)"
    + _BLANK
    + rb"{0,20}(?:(?:[A-Za-z][\w.:]{0,40})?[(\[{]"
    + _BLANK
    + rb"{0,20}){0,4}"
)
_ITEM = expression(
    rb"(?:[\"']?(?:\d{1,9}|row\d{1,6})[\"']?" + _BLANK + rb"{0,4}:" + _BLANK + rb"{0,4})?"
    rb"(?:[LNUubrB]?\"(?P<double>(?:[^\"\\\n]|\\.){0,2000}+)\"|[NUubrB]?'(?P<single>(?:[^'\\\n]|\\.){0,2000}+)'"
    rb"|(?P<plain>[-+\d./]{1,60}|NA|NA_character_|None|null|nan|NULL|TRUE|FALSE))"
    + _BLANK
    + rb"{0,20}(?P<end>,?)"
    + _BLANK
    + rb"{0,200}"
)
_SHOWN = expression(
    rb"[ \t#>.]{0,12}\$ (?P<name>[\w.`]{1,80})[ ]{0,40}(?::[ ]{0,2}(?:chr|Date|Factor|Ord\.factor|num|int|POSIXct)\b"
    rb"[^\"\r\n]{0,40}?(?=[ ]\"|[ ]{2})|[ ]<(?:chr|date|dttm|fct|int|dbl)>)"
)
_SHOWN_VALUE = expression(
    rb"\"(?P<quoted>[^\"\r\n]{1,200})\"|(?<=[ ,])(?P<bare>[\w/-][^\",\r\n]{0,60}?)(?=[,\r\n]|[ ]|$)"
)
_TRIBBLE = expression(rb"tribble\(" + _BLANK + rb"{0,40}(?=~)")
_TILDED = expression(rb"~[`\"]?(?P<name>[A-Za-z][\w .]{0,80})[`\"]?" + _BLANK + rb"{0,40},?" + _BLANK + rb"{0,200}")
_COMMENT = expression(rb"#[^\n]{0,400}\n[ \t]{0,200}")


def listed_under(data: bytes, mentions: Iterable[int]) -> Iterator[Grid]:
    """The list behind each name that one of the offsets is part of; one with a single value as well."""
    reached = -1
    for at in mentions:
        name = _name_around(data, at) if at > reached and may_name_list(data, at) else None
        opened = _OPENS.match(data, name[1]) if name else None
        if name and opened:
            is_list = opened.group().rstrip()[-1:] in b"([{"
            values = list(islice(_items(data, opened.end()), None if is_list else 1))
            reached = values[-1][1] if values else opened.end()
            yield iter([Row((name,)), *(Row((value,)) for value in values)])


def structured(data: bytes, mentions: Iterable[int]) -> Iterator[Grid]:
    """What R shows of a column with `str` and `glimpse`: ` $ dob : chr  "…" "…"`, `$ dob <date> …, …`."""
    for at in mentions:
        line = line_around(data, at)
        shown = _SHOWN.match(data, *line) if b"$" in data[slice(*line)] else None
        if shown and shown.start("name") <= at < shown.end("name"):
            values = _SHOWN_VALUE.finditer(data, shown.end(), line[1])
            cells = [value.span("quoted" if value["bare"] is None else "bare") for value in values]
            yield iter([Row((shown.span("name"),)), *(Row((cell,)) for cell in cells)])


def may_name_list(data: bytes, at: int) -> bool:
    """Whether something is given to the name that stands at an offset."""
    return _TAIL.match(data, at) is not None


def _name_around(data: bytes, at: int) -> Cell | None:
    """The whole name that stands at an offset."""
    for found in _NAME.finditer(data, max(0, at - _REACH), at + 2 * _REACH):
        group = "quoted" if found["bare"] is None else "bare"
        if found.start(group) <= at < found.end(group):
            return found.span(group)
        if found.start() > at:
            return None
    return None


def _items(data: bytes, at: int) -> Iterator[Cell]:
    for _ in range(MAX_ROWS):
        item = _ITEM.match(data, at)
        if item is None:
            return
        yield _value(item)
        if not item["end"]:
            return
        comment = _COMMENT.match(data, item.end())
        at = comment.end() if comment else item.end()


def _value(item: re.Match[bytes]) -> Cell:
    return next(item.span(group) for group in ("double", "single", "plain") if item[group] is not None)


def tribbles(data: bytes) -> Iterator[Grid]:
    """The tables that R code writes down row by row."""
    for found in _TRIBBLE.finditer(data):
        header: list[Cell] = []
        at = found.end()
        while name := _TILDED.match(data, at):
            header.append(name.span("name"))
            at = name.end()
        if header:
            yield _tribble(data, tuple(header), at)


def _tribble(data: bytes, header: tuple[Cell, ...], at: int) -> Grid:
    yield Row(header)
    row: list[Cell] = []
    for cell in _items(data, at):
        row.append(cell)
        if len(row) == len(header):
            yield Row(tuple(row))
            row = []

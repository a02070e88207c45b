"""Reads a small YAML file as plain texts, lists and mappings that know their lines.

Nothing is constructed: no tags, no anchors and no aliases, so that a file cannot grow and cannot name a type. The
events of the parser are read one by one, so that depth is bounded before it costs anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MOST_BYTES = 256 << 10
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Text:
    line: int  # from 1
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    line: int
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Fields:
    line: int
    nodes: dict[str, "Node"]


Node = Text | Items | Fields


class NotReadable(Exception):
    """`what` is wrong at `line` of the file; `advice` says what to do."""

    def __init__(self, line: int, what: str, advice: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what
        self.advice = advice


def read_yaml(data: bytes) -> Node:
    """The one document of a file. Raises NotReadable."""
    if len(data) > MOST_BYTES:
        raise NotReadable(1, f"the file is larger than {MOST_BYTES >> 10} KiB", "split it, or shorten the examples")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotReadable(line, "this is not UTF-8", "save the file as UTF-8 in your editor") from error
    events = _events(text)
    node = next((_node(event, events, 0) for event in events if isinstance(event, _BEGINNINGS)), None)
    if node is None:
        raise NotReadable(1, "the file is empty", "begin it with a line `rules:` and a list below")
    for event in events:
        if isinstance(event, DocumentStartEvent):
            raise NotReadable(_line(event), "a second document begins here", "keep one list of rules; remove the ---")
    return node


_BEGINNINGS = (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"column {mark.column + 1}: " if mark else ""
        line = mark.line + 1 if mark else 1
        raise NotReadable(line, f"{where}this is not YAML", "look for a missing quote, colon or indent") from error
    except Exception as error:  # on damaged files the parser raises assertions and more: none may end a command
        advice = "remove control characters and % at the beginning; put patterns in quotes: '…'"
        raise NotReadable(1, "the file is not YAML", advice) from error


def _node(event: Event, events: Iterator[Event], depth: int) -> Node:
    _refuse(event, depth)
    if isinstance(event, SequenceStartEvent):
        return Items(_line(event), tuple(_items(events, depth)))
    if isinstance(event, MappingStartEvent):
        return Fields(_line(event), _fields(events, depth))
    return Text(_line(event), str(getattr(event, "value", "")))


def _items(events: Iterator[Event], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, SequenceEndEvent):
            return
        yield _node(event, events, depth + 1)


def _fields(events: Iterator[Event], depth: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        key = _node(event, events, depth + 1)
        if not isinstance(key, Text):
            raise NotReadable(key.line, "a key has to be a word", "write `key: value`")
        if key.value in found:
            raise NotReadable(key.line, "this key is here twice", "keep one of the two")
        value = _node(next(events), events, depth + 1)
        # A value that is left out stands, for the parser, where the next thing begins.
        found[key.value] = Text(key.line, "") if value == Text(value.line, "") else value
    return found


def _refuse(event: Event, depth: int) -> None:
    line = _line(event)
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise NotReadable(line, "anchors and aliases (& and *) are not read", "write the text out, in quotes")
    if getattr(event, "tag", None):
        raise NotReadable(line, "tags (!) are not read", "leave the tag out, or put the text in quotes")
    if depth > _DEEPEST:
        raise NotReadable(line, "this is nested too deeply", "look at the brackets and the indent")


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1

"""Makes rules of a file `rules.yaml`. Whatever is not as documented is refused, with its line and what to do.

The form is described in `docs/rules.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from opensafe.detectors.team.effort import check
from opensafe.detectors.team.expression import parse
from opensafe.detectors.team.syntax import NotAPattern, written
from opensafe.detectors.team.yamltree import Fields, Items, Node, NotReadable, Text, read_yaml
from opensafe.errors import UsageError
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity
from opensafe.model.teamrule import TeamExample, TeamRule

_Word = TypeVar("_Word", bound=str)

_MOST_RULES = 100
_MOST_ITEMS = 50
_LONGEST_TEXT = 2000  # characters
_LONGEST_ID = 40
_FARTHEST = 200  # bytes: a detector sees that much around every place
_USUALLY_WITHIN = 100

_ID = expression(r"[a-z][a-z0-9]{0,39}(?:-[a-z0-9]{1,40}){0,8}")
_KEY = expression(r"[\w-]{1,40}")
_CATEGORIES = (Category.SECRET, Category.NAME, Category.DATA, Category.SETTING)
_NEEDED = ("id", "title", "category", "severity", "pattern", "why", "remedy", "examples", "counter-examples")
_OPTIONAL = ("ignore-case", "context", "files")
KEYS = (*_NEEDED, *_OPTIONAL)


def read_rules(data: bytes, file: str) -> tuple[TeamRule, ...]:
    """The rules of a file, in its order. Raises UsageError naming `file`, the line, what is wrong and what to do."""
    try:
        return _rules(read_yaml(data))
    except NotReadable as wrong:
        raise UsageError(f"{file}, line {wrong.line}: {wrong.what}", remedy=wrong.advice) from wrong


def _rules(root: Node) -> tuple[TeamRule, ...]:
    top = _fields(root, ("rules",), ())
    items = _items(top["rules"], _MOST_RULES)
    rules: dict[str, TeamRule] = {}
    for item in items:
        rule = _Reading(_fields(item, _NEEDED, _OPTIONAL)).rule()
        if rule.id in rules:
            raise NotReadable(item.line, f"a second rule has the id {rule.id}", "give each rule an id of its own")
        rules[rule.id] = rule
    return tuple(rules.values())


@dataclass(frozen=True, slots=True)
class _Reading:
    """One rule on its way from the file."""

    nodes: Mapping[str, Node]

    def rule(self) -> TeamRule:
        pattern, longest = self._pattern()
        words, within = self._context()
        return TeamRule(
            id=self._id(),
            title=self._line_of("title"),
            category=_one_of(self.nodes["category"], _CATEGORIES),
            severity=_one_of(self.nodes["severity"], tuple(Severity)),
            why=self._line_of("why"),
            remedy=self._line_of("remedy"),
            expression=pattern,
            longest=longest,
            words=words,
            within=within,
            files=tuple(_text(node).encode() for node in self._list("files")),
            examples=tuple(map(_example, self._list("examples"))),
            counter_examples=tuple(map(_counter_example, self._list("counter-examples"))),
        )

    def _id(self) -> str:
        value = _text(self.nodes["id"])
        if not _ID.fullmatch(value) or len(value) > _LONGEST_ID:
            raise NotReadable(
                self.nodes["id"].line, "an id has small letters, digits and dashes", "for example: hospital-number"
            )
        return value

    def _line_of(self, key: str) -> str:
        return " ".join(_text(self.nodes[key]).split())

    def _pattern(self) -> tuple[bytes, int]:
        """The expression, and how long a match can be."""
        node = self.nodes["pattern"]
        ignore_case = "ignore-case" in self.nodes and _one_of(self.nodes["ignore-case"], ("true", "false")) == "true"
        try:
            part = parse(_text(node), ignore_case=ignore_case)
            effort = check(part)
        except NotAPattern as wrong:
            raise NotReadable(node.line, f"pattern, character {wrong.at}: {wrong.what}", wrong.advice) from wrong
        return written(part), effort.longest

    def _context(self) -> tuple[tuple[bytes, ...], int]:
        if "context" not in self.nodes:
            return (), 0
        nodes = _fields(self.nodes["context"], ("words",), ("within",))
        words = tuple(_text(node).strip().lower().encode() for node in _items(nodes["words"], _MOST_ITEMS))
        return words, _number(nodes["within"], _FARTHEST) if "within" in nodes else _USUALLY_WITHIN

    def _list(self, key: str) -> tuple[Node, ...]:
        return _items(self.nodes[key], _MOST_ITEMS) if key in self.nodes else ()


def _example(node: Node) -> TeamExample:
    nodes = _fields(node, ("text", "value"), ("file",))
    return _with_file(nodes, TeamExample(_text(nodes["text"]), _text(nodes["value"])))


def _counter_example(node: Node) -> TeamExample:
    """A text by itself, or one with the file that it would stand in."""
    if isinstance(node, Text):
        return TeamExample(_text(node))
    nodes = _fields(node, ("text",), ("file",))
    return _with_file(nodes, TeamExample(_text(nodes["text"])))


def _with_file(nodes: Mapping[str, Node], example: TeamExample) -> TeamExample:
    return TeamExample(example.text, example.value, _text(nodes["file"])) if "file" in nodes else example


def _fields(node: Node, needed: tuple[str, ...], optional: tuple[str, ...]) -> Mapping[str, Node]:
    if not isinstance(node, Fields):
        raise NotReadable(node.line, f"`{needed[0]}:` is expected here", f"write the keys {', '.join(needed)}")
    for key, value in node.nodes.items():
        if key not in {*needed, *optional}:
            named = f"`{key}`" if _KEY.fullmatch(key) else "this"
            raise NotReadable(value.line, f"{named} is no key here", f"keys are: {', '.join((*needed, *optional))}")
    missing = [key for key in needed if key not in node.nodes]
    if missing:
        raise NotReadable(node.line, f"`{missing[0]}` is missing", f"keys are: {', '.join((*needed, *optional))}")
    return node.nodes


def _items(node: Node, most: int) -> tuple[Node, ...]:
    if not isinstance(node, Items) or not node.nodes:
        raise NotReadable(node.line, "a list is expected here", "put each item on a line of its own, with a dash")
    if len(node.nodes) > most:
        raise NotReadable(node.line, f"this list has more than {most} items", "make it shorter")
    return node.nodes


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise NotReadable(node.line, "a text is expected here", "put it in single quotes: '…'")
    if not node.value.strip():
        raise NotReadable(node.line, "a text is missing here", "say it in a few words")
    if len(node.value) > _LONGEST_TEXT:
        raise NotReadable(node.line, f"this text has more than {_LONGEST_TEXT} characters", "make it shorter")
    return node.value


def _number(node: Node, most: int) -> int:
    value = _text(node)
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= most):
        raise NotReadable(node.line, f"a number from 1 to {most} is expected here", f"for example {most // 2}")
    return int(value)


def _one_of(node: Node, choices: tuple[_Word, ...]) -> _Word:
    value = _text(node)
    for choice in choices:
        if str(choice) == value:
            return choice
    words = ", ".join(map(str, choices))
    raise NotReadable(node.line, "this is none of the words that can stand here", f"write one of: {words}")

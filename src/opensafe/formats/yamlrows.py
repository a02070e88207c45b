"""Records in a YAML text: lists whose items are mappings with keys of one line, as programs write tables down.

What is nested in a record, and text that goes on over several lines, is passed over: this is for telling what a file
holds, not for reading it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.model.expressions import expression

_PAIR = expression(
    r"(?P<indent> {0,40})(?P<item>- {1,3})?(?P<quote>[\"']?)(?P<key>[^\s:#\"'{\[&*!|>-][^:\"']{0,99})(?P=quote):"
    r"(?: {1,40}(?P<value>\S.*))?"
)
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")  # between the sides of a merge that somebody committed
_NOTHING = frozenset(("null", "~", "Null", "NULL", "|", ">", "|-", ">-"))


@dataclass(slots=True)
class _List:
    """Records that are being read: where the dash of an item stands, and where its keys do."""

    dash: int
    keys: int
    records: list[dict[str, str]] = field(default_factory=list)


def records_in(text: str) -> Iterator[list[dict[str, str]]]:
    """Each list of records, in the order of the text."""
    current: _List | None = None
    for line in text.splitlines():
        pair = _PAIR.fullmatch(line.rstrip())
        if current is not None and _ends(line, current):
            yield current.records
            current = None
        if pair is None:
            continue
        indent, key = len(pair["indent"]), pair.start("key") - len(pair["quote"])
        if pair["item"] and (current is None or indent == current.dash):
            current = current or _List(indent, key)
            current.records.append({pair["key"]: _plain(pair["value"])})
        elif current is not None and not pair["item"] and indent == current.keys:
            current.records[-1][pair["key"]] = _plain(pair["value"])
    if current is not None:
        yield current.records


def _ends(line: str, current: _List) -> bool:
    """Whether a line belongs to the list no longer."""
    indent = len(line) - len(line.lstrip(" "))
    is_item = line.startswith("- ", indent)
    return (
        bool(line.strip())
        and not line.startswith(_CONFLICT)
        and (indent < current.dash or (indent == current.dash and not is_item))
    )


def _plain(value: str | None) -> str:
    """A value without its quotes; nothing for what stands for nothing, or is written in the lines below."""
    text = (value or "").strip()
    if text in _NOTHING:
        return ""
    return text[1:-1] if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] else text

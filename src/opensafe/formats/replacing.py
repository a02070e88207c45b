"""Where the team's own literals and expressions stand in a content, decoded or not."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick

from opensafe.formats.decode import Part, decode
from opensafe.model.edit import Edit
from opensafe.model.plan import SpanEdit
from opensafe.model.replacing import Rule, RuleKind
from opensafe.model.specimen import Role

_SURE = 8
"""Bytes of a literal that is looked for in binary content too: a shorter one may stand there by chance."""


Matches = Callable[[bytes], Iterable[Edit]]
"""Gives the edits that the expressions among some rules ask for in a text (`git.expressions`)."""


class Replacer:
    """One list of rules: `edits` gives what they ask for in a content. `matches` runs the expressions among them."""

    def __init__(self, rules: Sequence[Rule], matches: Matches) -> None:
        literals = [rule for rule in rules if rule.kind is RuleKind.LITERAL]
        self._literals = _Literals(literals)
        self._sure = _Literals([rule for rule in literals if len(rule.pattern) >= _SURE])
        self._matches = matches

    def edits(self, data: bytes, path: bytes = b"") -> Iterator[SpanEdit]:
        """Every change in the content and in what is decoded from it, formats permitting or not."""
        for part in decode(data, path).parts:
            for edit in self.in_part(part):
                yield SpanEdit(part.via, edit.start, edit.end, edit.replacement)

    def in_part(self, part: Part) -> Iterator[Edit]:
        """Matches whose new text differs from the old: a rule may well match what it puts in place."""
        if part.role is Role.BINARY:
            found = self._sure.find(part.data)
        else:
            found = [*self._literals.find(part.data), *self._matches(part.data)]
        yield from (edit for edit in found if part.data[edit.start : edit.end] != edit.replacement)

    def in_text(self, text: bytes) -> list[Edit]:
        return list(self.in_part(Part((), text, Role.TEXT)))


class _Literals:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._engine = BytesAhoCorasick([rule.pattern for rule in rules]) if rules else None

    def find(self, data: bytes) -> list[Edit]:
        """Overlapping ones too: where edits meet, the longer decides and no byte of either is left."""
        if self._engine is None:
            return []
        found = self._engine.find_matches_as_indexes(data, overlapping=True)
        return [Edit(start, end, self._rules[index].replacement) for index, start, end in found]

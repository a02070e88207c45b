"""Makes detectors of a rule: Hyperscan finds where a match ends, `re` says where it begins and what the value is.

A rule with context words looks twice: for a word near the value, and for one in the header of its column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.detectors.grids import Grid, delimited
from opensafe.detectors.kinds import ContentDetector, PatternDetector
from opensafe.detectors.markupgrids import of_pages
from opensafe.detectors.sqlgrids import inserted
from opensafe.model.detector import Card, Detector, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit
from opensafe.model.globs import matches_path
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen
from opensafe.model.teamrule import TeamExample, TeamRule

_FORMS = {
    Category.SECRET: Form.TOKEN,
    Category.NAME: Form.PERSON_NAME,
    Category.DATA: Form.OTHER,
    Category.SETTING: Form.HOST,
}


def team_detectors(rule: TeamRule) -> tuple[Detector, ...]:
    """The detectors of a rule, with one card. They are as much a part of an audit as those of opensafe."""
    ready, card = _Ready(rule), _card(rule)
    near = PatternDetector(card, (rule.expression,), ready.near)
    if not rule.words:
        return (near,)
    return near, ContentDetector(card, ready.in_columns, tuple(rb"(?i:%b)" % re.escape(word) for word in rule.words))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with its expressions compiled. A word counts where no other letter or digit touches it."""

    rule: TeamRule
    pattern: re.Pattern[bytes] = field(init=False)
    words: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        words = b"|".join(map(re.escape, self.rule.words))
        object.__setattr__(self, "pattern", re.compile(self.rule.expression))
        object.__setattr__(self, "words", re.compile(rb"(?<![a-z0-9])(?:%b)(?![a-z0-9])" % words))

    def near(self, specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        """The values that begin from `start` to `end`, beside a word of the rule where it has any."""
        data, rule = specimen.data, self.rule
        for first, last in self._values(specimen, start, end, min(len(data), end + rule.longest + 1)):
            if not rule.words or self._is_near(data, first, last):
                yield self._hit(data, first, last)

    def _is_near(self, data: bytes, start: int, end: int) -> bool:
        """Whether a word stands near. One byte more is looked at, so that half of a word is not taken for one."""
        reach = self.rule.within
        before, after = data[max(0, start - reach - 1) : start].lower(), data[end : end + reach + 1].lower()
        behind = any(word.end() <= reach for word in self.words.finditer(after))
        return behind or self.words.search(before, start > reach) is not None

    def in_columns(self, specimen: Specimen) -> Iterator[Hit]:
        """The values below a header that holds a word of the rule."""
        data = specimen.data
        for grid in (delimited(data), *inserted(data), *of_pages(data)):
            for start, end in self._cells(grid, data):
                for first, last in self._values(specimen, start, end, end):
                    yield self._hit(data, first, last)

    def _cells(self, grid: Grid, data: bytes) -> Iterator[tuple[int, int]]:
        header = next(grid, None)
        cells = header.cells if header else ()
        columns = [number for number, (start, end) in enumerate(cells) if self.words.search(data[start:end].lower())]
        for row in grid if columns else ():
            yield from (row.cells[number] for number in columns if number < len(row.cells))

    def _values(self, specimen: Specimen, start: int, end: int, until: int) -> Iterator[tuple[int, int]]:
        """Spans of values whose match begins from `start` to `end`; the text from `end` to `until` belongs to it."""
        if self.rule.files and not _stands_in(specimen.path, self.rule.files):
            return
        group = "value" if "value" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(specimen.data, start, until):
            if match.start() >= end:
                return
            if match.start(group) >= 0:
                yield match.span(group)

    def _hit(self, data: bytes, start: int, end: int) -> Hit:
        rule = self.rule
        return Hit(
            start=start,
            end=end,
            value=Secret(data[start:end], "value"),
            form=_FORMS[rule.category],
            severity=rule.severity,
            confidence=Confidence.HIGH if rule.words else Confidence.MEDIUM,
            why="a rule of the team, with a word that belongs to it" if rule.words else "a rule of the team",
        )


def _stands_in(path: bytes, globs: tuple[bytes, ...]) -> bool:
    """Whether a glob matches the file's name, or its folder and name. More of a path no detector is told."""
    spots = path.split(b"/")[-2:]
    return any(matches_path(spot, globs) for spot in (b"/".join(spots), spots[-1]))


def _card(rule: TeamRule) -> Card:
    return Card(
        id=rule.detector,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        scope=Scope.CONTENT if rule.words else Scope.PASSAGE,
        why=rule.why,
        remedy=rule.remedy,
        reference="rules.yaml of the team",
        examples=tuple(map(_example, rule.examples)),
        non_examples=tuple(map(_example, rule.counter_examples)),
    )


def _example(example: TeamExample) -> Example:
    return Example((example.text,), (example.value,) if example.value else (), example.file)

"""Makes a detector of a rule: Hyperscan finds where a match ends, `re` says where it begins and what the value is."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.model.detector import Card, Example, Scope
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
_REACH = 512


def team_detector(rule: TeamRule) -> PatternDetector:
    """The detector of a rule. It is as much a part of an audit as those of opensafe."""
    pattern, words = re.compile(rule.expression), _any_word(rule.words)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        if rule.files and not _stands_in(specimen.path, rule.files):
            return
        for match in pattern.finditer(specimen.data, start, min(len(specimen.data), end + rule.longest + 1)):
            if match.start() >= end:
                return
            first, last = match.span("value" if "value" in pattern.groupindex else 0)
            near = around(specimen.data, first, last, rule.within).lower() if words else b""
            if first < last and (words is None or words.search(near)):
                yield _hit(rule, specimen, first, last)

    return PatternDetector(_card(rule), (rule.expression,), examine, reach=_REACH)


def _hit(rule: TeamRule, specimen: Specimen, start: int, end: int) -> Hit:
    return Hit(
        start=start,
        end=end,
        value=Secret(specimen.data[start:end], "value"),
        form=_FORMS[rule.category],
        severity=rule.severity,
        confidence=Confidence.HIGH if rule.words else Confidence.MEDIUM,
        why="a rule of the team, with a word that belongs to it near by" if rule.words else "a rule of the team",
    )


def _stands_in(path: bytes, globs: tuple[bytes, ...]) -> bool:
    """Whether a glob matches the file's name, or its folder and name. More of a path no detector is told."""
    spots = path.split(b"/")[-2:]
    return any(matches_path(spot, globs) for spot in (b"/".join(spots), spots[-1]))


def _any_word(words: tuple[bytes, ...]) -> re.Pattern[bytes] | None:
    """A word counts where no other letter or digit touches it."""
    return re.compile(rb"(?<![a-z0-9])(?:%b)(?![a-z0-9])" % b"|".join(map(re.escape, words))) if words else None


def _card(rule: TeamRule) -> Card:
    return Card(
        id=rule.detector,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        scope=Scope.PASSAGE,
        why=rule.why,
        remedy=rule.remedy,
        reference="rules.yaml of the team",
        examples=tuple(map(_example, rule.examples)),
        non_examples=tuple(map(_example, rule.counter_examples)),
    )


def _example(example: TeamExample) -> Example:
    return Example((example.text,), (example.value,) if example.value else (), example.file)

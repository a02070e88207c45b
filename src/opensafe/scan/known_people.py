"""One finding where two detectors see the same person: decision record 0009."""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from opensafe.model.finding import Category, Form, Severity
from opensafe.model.match import Match, Verdict

_Span = tuple[tuple[str, ...], int, int]


def known_people_once(matches: Sequence[Match]) -> Iterator[Match]:
    """The matches without addresses and names that are seen as, or as part of, those of a known person.

    Of an address the graver of the two severities stays.
    """
    known = _Known(matches)
    if not known.spans:
        yield from matches
        return
    severity = {_span(m): m.verdict.severity for m in matches if _is_address(m) and m.verdict.category is Category.DATA}
    for match in matches:
        verdict = match.verdict
        if _is_address(match) and verdict.person is not None:
            yield replace(match, verdict=_at_least(verdict, severity.get(_span(match), verdict.severity)))
        elif not (verdict.person is None and verdict.form in _TOLD and known.covers(match)):
            yield match


class _Known:
    """Spans in which a known person was seen."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self.spans = sorted(_span(match) for match in matches if match.verdict.person is not None)

    def covers(self, match: Match) -> bool:
        """Whether a match lies in one of them. Of two spans the later one ends later too: none lies in another."""
        via, start, end = _span(match)
        at = bisect_right(self.spans, (via, start, sys.maxsize)) - 1
        return at >= 0 and self.spans[at][0] == via and end <= self.spans[at][2]


_TOLD = frozenset({Form.EMAIL, Form.PERSON_NAME})
"""What a finding about a person says too; of other forms (a login that is a password) each is a matter of its own."""


def _is_address(match: Match) -> bool:
    return match.verdict.form is Form.EMAIL


@lru_cache(maxsize=4096)
def _at_least(verdict: Verdict, severity: Severity) -> Verdict:
    """One object for all matches of a value, as verdicts are."""
    return verdict if verdict.severity.rank <= severity.rank else replace(verdict, severity=severity)


def _span(match: Match) -> _Span:
    return match.via, match.start, match.end

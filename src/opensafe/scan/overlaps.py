"""Witnesses of the same secret agree on its span: one finding, however many saw it, and nothing of the text around it.

Detectors draw the line differently: the whole address or the password in it, a token or its first half. What stands
around a smaller span decides. Structure (a scheme, a colon, a semicolon) is no part of a secret: the smaller span is
right. More characters of the same kind are: the larger span is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Form
from opensafe.model.match import Match, Verdict

_STRUCTURE = expression(rb"[\s:;@?&\"'<>{}()\[\],\\]|=(?!=?\Z)")
_ROUGH = ("secrets.generic-assignment", "secrets.kingfisher-catalogue")
"""Detectors whose ends are less exact than those of a rule for one form, the roughest first."""


def one_secret(matches: Sequence[Match], data: bytes) -> list[Match]:
    """The matches of one text (`data`), those of secrets that overlap brought to the spans of the secrets."""
    secrets = sorted((m for m in matches if _is_secret(m)), key=lambda m: (m.start, -m.end))
    agreed = [match for cluster in _clusters(secrets) for match in _agreed(cluster, data)]
    return [*(match for match in matches if not _is_secret(match)), *agreed]


def _is_secret(match: Match) -> bool:
    return match.verdict.category is Category.SECRET and match.verdict.form is not Form.FILE


def _clusters(matches: Iterable[Match]) -> Iterator[list[Match]]:
    """Matches in order of their starts, as far as they hang together by overlaps."""
    cluster: list[Match] = []
    end = 0
    for match in matches:
        if cluster and match.start >= end:
            yield cluster
            cluster = []
        cluster.append(match)
        end = max(end, match.end) if len(cluster) > 1 else match.end
    if cluster:
        yield cluster


def _agreed(cluster: list[Match], data: bytes) -> Iterator[Match]:
    if len(cluster) == 1:
        yield cluster[0]
        return
    by_span = [list(same) for _, same in groupby(cluster, key=lambda m: (m.start, m.end))]
    speakers = [min(same, key=_rank) for same in by_span]
    kept = _spans(speakers, data)
    while unheard := [s for s in speakers if not any(_overlap(s, other) for other in kept)]:
        kept += _spans(unheard, data)
    for same in by_span:
        for speaker in _heard_by(same[0], kept):
            yield from (_said_of(match, speaker) for match in same)


def _spans(speakers: Sequence[Match], data: bytes) -> list[Match]:
    """Those whose spans are the secrets: of any two that overlap one gives way."""
    kept: list[Match] = []
    for match in sorted(speakers, key=lambda m: (m.end - m.start, m.start)):
        rivals = [other for other in kept if _overlap(match, other)]
        if all(_is_better(match, other, data) for other in rivals):
            kept = [other for other in kept if other not in rivals] + [match]
    return kept


def _is_better(larger: Match, smaller: Match, data: bytes) -> bool:
    """Whether the larger of two spans is the secret."""
    if larger.verdict.form is Form.PRIVATE_KEY:
        return True
    if larger.start <= smaller.start and smaller.end <= larger.end:
        if smaller.verdict.detector == _ROUGH[0] and larger.verdict.detector not in _ROUGH:
            return True
        before, behind = data[larger.start : smaller.start], data[smaller.end : larger.end]
        return not (_STRUCTURE.search(before + b"\0") or _STRUCTURE.search(behind))
    return _rank(larger) < _rank(smaller)


def _heard_by(match: Match, kept: Sequence[Match]) -> list[Match]:
    return [speaker for speaker in kept if _overlap(match, speaker)]


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _rank(match: Match) -> tuple[int, int, int, str, str]:
    verdict = match.verdict
    roughness = _ROUGH[::-1].index(verdict.detector) + 1 if verdict.detector in _ROUGH else 0
    return roughness, verdict.severity.rank, verdict.confidence.rank, verdict.detector, verdict.finding


def _said_of(match: Match, speaker: Match) -> Match:
    if match.verdict.finding == speaker.verdict.finding and (match.start, match.end) == (speaker.start, speaker.end):
        return match
    moved = _moved(match.verdict, speaker.verdict)
    return replace(match, verdict=moved, start=speaker.start, end=speaker.end, line=speaker.line, column=speaker.column)


@lru_cache(maxsize=4096)
def _moved(verdict: Verdict, speaker: Verdict) -> Verdict:
    """One object for all matches of a value, as verdicts are."""
    return replace(verdict, finding=speaker.finding, masked=speaker.masked, form=speaker.form)

"""Records what people decide about findings and skips."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.places import Reach, reach
from opensafe.casefile.selection import Filter
from opensafe.casefile.subjects import subjects
from opensafe.casework.confirming import Confirmation, confirming_lines, log_confirmation
from opensafe.casework.deciding import Decided, Ruling, Verdict, check, together
from opensafe.casework.readiness import profile_of
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.model.decision import Decision
from opensafe.model.second_person import TwoPeople, asks_second
from opensafe.model.settlement import unreplaced
from opensafe.model.subject import Subject
from opensafe.model.tuples import tuples_of


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would touch: the findings and skips, and where the findings stand."""

    subjects: Decided
    reach: Reach
    alone: int  # findings that would wait for a second person


def choose(case: Case, ids: Sequence[str], chosen: Filter | None) -> Decided:
    """The subjects: by (the beginning of) their ids, or every finding that `chosen` takes."""
    findings: list[Subject] = [case.index.finding_by_prefix(name) for name in ids if not name.upper().startswith("S-")]
    skips = [case.index.skip_by_prefix(name) for name in ids if name.upper().startswith("S-")]
    if chosen is not None:
        findings += subjects(case, chosen, case.today)
    unique = {finding.id: finding for finding in findings}
    return Decided(tuple(unique.values()), tuple({skip.id: skip for skip in skips}.values()))


def decided_before(case: Case, subjects: Decided) -> Decided:
    """Those about which something was decided and not withdrawn yet. Raises UsageError where there is none."""
    said = unreplaced(case.decisions.read())
    findings = tuple(finding for finding in subjects.findings if said.get(finding.id))
    skips = tuple(skip for skip in subjects.skips if said.get(skip.id))
    if subjects.ids and not (findings or skips):
        raise UsageError("nothing was decided about these", remedy="opensafe show ID tells what was decided, and when")
    return Decided(findings, skips)


def preview(case: Case, rulings: Sequence[Ruling], confirmations: Sequence[Confirmation] = ()) -> Preview:
    """Checks everything that `decide` checks, and says what it would touch. Writes nothing."""
    subjects = check(case, rulings) if rulings or not confirmations else together(())
    narrowed = {ruling.verdict.path for ruling in rulings}
    glob = narrowed.pop() if len(narrowed) == 1 else ""
    ids = [finding.id for finding in subjects.findings]
    return Preview(subjects, reach(case.index, ids, glob), alone(case, rulings))


def alone(case: Case, rulings: Sequence[Ruling]) -> int:
    """How many findings wait for a second person when this is decided."""
    demands = profile_of(case).second_person
    one_word = [r for r in rulings if not (r.verdict.undo or r.verdict.second or r.verdict.without_second)]
    return sum(asks_second(demands, f, r.verdict.action) for r in one_word for f in r.subjects.findings)


def decide(
    case: Case,
    rulings: Sequence[Ruling],
    confirmations: Sequence[Confirmation] = (),
    *,
    cache: str | None = None,
    typed: bool = True,
) -> Decided:
    """Append one line for each subject and each confirmed finding, all of them or none.

    Confirmations have been checked (`sheet_decisions`). What was `typed` by a person is looked through for values; the
    words of a suggestion are our own. Raises UsageError where an action does not fit.
    """
    subjects = check(case, rulings) if rulings or not confirmations else together(())
    if typed:
        _refuse_values(case, rulings, cache)
    demands = profile_of(case).second_person
    today = case.today
    with case.writing("decide"):
        confirmed = (line for one in confirmations for line in confirming_lines(one, today))
        case.decisions.append(*(line for ruling in rulings for line in _lines(ruling, demands, today)), *confirmed)
        for alike in _alike(rulings):
            _log(case, alike)
        for one in confirmations:
            log_confirmation(case, one)
    return subjects


def _refuse_values(case: Case, rulings: Sequence[Ruling], cache: str | None) -> None:
    for texts in sorted({_texts(ruling.verdict) for ruling in rulings}):
        refuse_values(case, cache, **dict(texts))


def _texts(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """What was typed and goes on the record, by its option. The owner of data is named, as people who decide are."""
    return (
        ("reason", verdict.reason),
        ("to", verdict.to),
        ("without_second", verdict.without_second),
        ("evidence", verdict.permission.evidence),
        ("source", verdict.permission.source),
    )


def _lines(ruling: Ruling, demands: Sequence[TwoPeople], today: date) -> Iterator[Decision]:
    verdict = ruling.verdict
    alone = Decision(
        subject="",
        action=verdict.action,
        by=verdict.by,
        on=today,
        reason=verdict.reason,
        to=verdict.to,
        path=verdict.path,
        expires=verdict.expires,
        second=verdict.second,
        undo=verdict.undo,
        owner=verdict.permission.owner,
        permitted=verdict.permission.on,
        evidence=verdict.permission.evidence,
        source=verdict.permission.source,
    )
    asked = alone._replace(second_needed=not verdict.undo, without_second=verdict.without_second)
    needed = {f.id for f in ruling.subjects.findings if asks_second(demands, f, verdict.action)}
    said = {False: alone[1:], True: asked[1:]}
    yield from tuples_of(Decision, ((subject, *said[subject in needed]) for subject in ruling.subjects.ids))


def _alike(rulings: Sequence[Ruling]) -> Iterable[list[Ruling]]:
    """What the same people decided in the same way is one entry of the log, however many reasons they gave."""
    alike: dict[tuple[object, ...], list[Ruling]] = {}
    for ruling in rulings:
        verdict = ruling.verdict
        key = (verdict.action, verdict.by, verdict.second, verdict.without_second, verdict.undo, bool(verdict.path))
        alike.setdefault(key, []).append(ruling)
    return alike.values()


def _log(case: Case, alike: Sequence[Ruling]) -> None:
    verdict, subjects = alike[0].verdict, together(alike)
    reasons = sorted({ruling.verdict.reason for ruling in alike})
    what = "Withdrew the decisions about" if verdict.undo else f"Decided {verdict.action} for"
    details: dict[str, str | int | bool] = {
        "findings": len(subjects.findings),
        "skips": len(subjects.skips),
        "narrowed": bool(verdict.path),
        **({"second": verdict.second} if verdict.second else {}),
        **({"without_second": verdict.without_second} if verdict.without_second else {}),
    }
    why = reasons[0] if len(reasons) == 1 else f"{len(reasons)} reasons, each with its decision"
    case.log.append("decide", f"{what} {subjects.counted}", by=verdict.by, why=why, details=details)

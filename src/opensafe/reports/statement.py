"""The short public statement: counts and dates only, nothing that helps an attacker (facts, secrets 11)."""

import re
from collections.abc import Iterator

from opensafe.model.caseview import CaseView
from opensafe.model.finding import State
from opensafe.model.readiness import Level
from opensafe.model.rotation import RotationState
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.verdict import VerdictState, verdict
from opensafe.reports.wording import count, day, moment, number

_READY = frozenset({VerdictState.READY, VerdictState.RELEASED})
_REPLACED = frozenset({RotationState.ROTATED, RotationState.REVOKED})
_CHANGED = (State.REDACT, State.RENAME, State.STRIP_OUTPUTS)


def public_statement(view: CaseView) -> str:
    """Markdown to put beside the Open repository; marked as a draft until everything is settled."""
    lines = ["# How this repository was prepared for opening", ""]
    if verdict(view).state not in _READY:
        lines += ["**Draft, not for publication: the case is not finished.**", ""]
    lines += [f"- {line}" for line in _lines(view)]
    return "\n".join(lines) + "\n"


def _lines(view: CaseView) -> Iterator[str]:
    yield from _read(view)
    yield from _changed(view)
    yield from _rotated(view)
    yield from _proved(view)
    yield from _checked(view)
    if view.log_head:
        yield f"Head hash of the log of every step: `{_plain(view.log_head)}`."
    yield f"Prepared with opensafe {_plain(view.version)}. Statement of {_plain(moment(view.made))}."


def _read(view: CaseView) -> Iterator[str]:
    if view.audit is None:
        yield "The history has not been read."
        return
    coverage = view.audit.coverage
    finished = _plain(moment(view.audit.finished))
    yield (
        f"The history was searched on {finished}: "
        f"read {number(coverage.read)} of {count(coverage.objects, 'object')}; {coverage.told_skips}."
    )


def _changed(view: CaseView) -> Iterator[str]:
    replaced = sum(view.counts.where(state=state).findings for state in _CHANGED)
    removed = view.counts.where(state=State.REMOVE_FILE).findings
    yield (
        f"{count(replaced, 'value')} replaced and {count(removed, 'finding')} removed with the file before publication."
    )


def _rotated(view: CaseView) -> Iterator[str]:
    replaced = [rotation for rotation in view.rotations if rotation.state in _REPLACED]
    if replaced:
        last = max(rotation.on for rotation in replaced)
        yield f"{count(len(replaced), 'credential')} rotated or revoked before publication, the last on {day(last)}."
    else:
        yield "0 credentials rotated or revoked."


def _proved(view: CaseView) -> Iterator[str]:
    if view.verification is None:
        yield "The published history has not been verified."
        return
    checks = view.verification.checks
    passed = sum(1 for check in checks if check.passed)
    yield (
        f"Verification of commit `{_plain(view.verification.head)}`: "
        f"{number(passed)} of {count(len(checks), 'check')} passed."
    )


def _checked(view: CaseView) -> Iterator[str]:
    if view.checklist is None:
        return
    mandatory = sum(1 for answer in view.checklist.answers if answer.row.level is Level.MANDATORY)
    met = mandatory - len(view.checklist.open_rows)
    yield (
        f"Readiness checklist `{_plain(view.checklist.profile.id)}`: "
        f"{number(met)} of {count(mandatory, 'mandatory row')} settled, {count(len(view.signoffs), 'sign-off')}."
    )


def _plain(text: str) -> str:
    """Ids and dates only: whatever Markdown or HTML would act on is dropped."""
    return re.sub(r"[^A-Za-z0-9 .,:+-]", "", text)[:100]


FORMAT = ReportFormat("statement", ".md", public_statement, most=0, credentials=False)

"""Proof by somebody else, later: a clone of what was published, held against the case."""

from dataclasses import dataclass, replace
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casework.compiled_decisions import decided_state
from opensafe.casework.originals import Originals, originals, unread_values
from opensafe.casework.place_values import as_verdict
from opensafe.casework.published_record import compare_clone, published_record
from opensafe.casework.removed_values import decided_away, searched_as_words, searched_in_every_form
from opensafe.casework.second_audit import audit_again, none_returned, read_all
from opensafe.casework.source import audited_roster, context_of
from opensafe.errors import ExitCode, UsageError
from opensafe.git.layout import read_layout
from opensafe.history.reading import History, read_history
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.model.verification import Check, Verification
from opensafe.proof.identity import check_ids
from opensafe.proof.prove import check_residue
from opensafe.scan.late import known_values
from opensafe.scan.settings import ScanSettings

_UNREAD = "re-audit-complete"


@dataclass(frozen=True, slots=True)
class CloneVerified:
    """The checks on the clone, and where the values were read again (`Originals.where`)."""

    verification: Verification
    values_from: str

    @property
    def exit_code(self) -> ExitCode:
        """12 where something is not as recorded; 11 where all that was read is, but not everything was."""
        failed = {check.id for check in self.verification.checks if not check.passed}
        if failed == {_UNREAD}:
            return ExitCode.INCOMPLETE
        return ExitCode.VERIFICATION_FAILED if failed else ExitCode.DONE


def verify_clone(
    case: Case,
    clone: Path,
    progress: Progress,
    *,
    roster: Path | None = None,
    workers: int = 0,
    cache: str | None = None,
    by: str = "",
) -> CloneVerified:
    """Read `clone` as a foreign source and test it against what this case decided, built and proved.

    Values are read again from the source or the backup; without both, the audit with the case's key is all there is.
    """
    with case.writing("verify --against"):
        state = decided_state(case)
        record = published_record(case, state)
        history = _read_clone(case, clone, progress)
        from_where = originals(case, case.work, progress)
        away = decided_away(state)
        values = from_where.values(case, away)
        used = audited_roster(case, roster)
        people = context_of(case, from_where.history or history, used, cache)
        known = known_values((as_verdict(finding), value) for finding, value in values)
        audited = audit_again(history, ScanSettings(people, case.key, workers=workers), known, progress)
        checks = (
            *compare_clone(record, history),
            check_ids(history.view, history.graph, progress),
            *_value_checks(history, from_where, away, values, progress),
            _with_source(none_returned(audited, {finding.id for finding in away}), from_where),
            read_all(audited, state),
        )
        verified = CloneVerified(_verification(checks, history, audited), from_where.where)
        _log(case, verified, by)
        case.sweep()
    return verified


def _read_clone(case: Case, clone: Path, progress: Progress) -> History:
    layout = read_layout(clone)
    if layout.alternates:
        raise UsageError(
            "the clone borrows objects from another folder, so it shows nothing about what the host serves",
            remedy="clone it anew, without --shared and --reference: git clone --mirror URL",
        )
    return read_history(layout, case.work / "clone-view", progress)


def _value_checks(
    history: History,
    from_where: Originals,
    away: list[Finding],
    values: list[tuple[Finding, Secret]],
    progress: Progress,
) -> list[Check]:
    """The search for the values themselves; nothing where they cannot be read any more: the caller says so."""
    if from_where.history is None:
        return []
    lost = unread_values(away, values)
    figure = f"{len(values):,} values read again from {from_where.where}, of {len(lost):,} findings none could be"
    every, words = searched_in_every_form(values), searched_as_words(values)
    searched = check_residue(history.view, history.graph, every, progress, words, names=list(history.refs.refs))
    return [Check("values-read", not lost, figure), searched]


def _with_source(check: Check, from_where: Originals) -> Check:
    """Says in the figure how far the audit could know the values."""
    known = f"values from {from_where.where}" if from_where.history else from_where.where
    return replace(check, figure=f"{check.figure}; {known}")


def _verification(checks: tuple[Check, ...], history: History, audited: AuditRecord) -> Verification:
    """`unchanged` counts what the clone holds; that it is what was recorded is what the checks say."""
    holds = {
        "commits": len(history.graph.commits),
        "blobs": len(history.graph.blobs),
        "refs": len(history.published),
        "findings": len(audited.findings),
    }
    return Verification(checks, {}, holds, (), history.refs.head or "")


def _log(case: Case, verified: CloneVerified, by: str) -> None:
    verification = verified.verification
    failed = ", ".join(check.id for check in verification.checks if not check.passed)
    what = f"Verified a clone of what was published: {f'FAILED ({failed})' if failed else 'passed'}"
    details: dict[str, str | int | float | bool] = {
        "checks": len(verification.checks),
        "commit": verification.head,
        "values": verified.values_from,
    }
    case.log.append("verify", what, by=by, details=details)

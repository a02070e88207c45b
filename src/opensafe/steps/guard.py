"""Keeps an open repository clean: reads what a commit or a push would add, and says what stops it.

Nothing of the repository is run, and nothing is written: neither to it nor to the case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.folder import Case
from opensafe.casework.cards import cards_by_id
from opensafe.casework.guarding import Guard, blocking, guard_of, place_states, without_numbers
from opensafe.errors import ExitCode
from opensafe.git.layout import SourceLayout
from opensafe.git.message_file import message_in
from opensafe.git.view import ObjectView, open_view
from opensafe.history.additions import Additions
from opensafe.history.pushed import parse_updates, pushed_additions, unmerged_additions
from opensafe.history.staged import staged_additions
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.progress import Progress
from opensafe.model.settlement import settle, settle_skip
from opensafe.model.skip import Skip, SkipState
from opensafe.model.teamrule import TeamRule
from opensafe.scan.additions import scan_additions


@dataclass(frozen=True, slots=True)
class Guarded:
    """What was read and found. `blocked` are the findings that stop it, with the places that do; `remedies` by id.

    `beyond` names the branch that holds everything else, where only what is beyond it was read.
    """

    findings: tuple[Finding, ...]
    coverage: Coverage
    place_states: Mapping[FindingId, Sequence[State]]
    blocked: tuple[Finding, ...]
    remedies: Mapping[FindingId, str]
    beyond: str = ""

    @property
    def unread(self) -> tuple[Skip, ...]:
        """What could not be read and nobody accepted: a file that was to be removed must not come back unread."""
        return tuple(skip for skip in self.coverage.skipped if skip.state is not SkipState.ACCEPTED)

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to read."""
        return not (self.coverage.objects or self.coverage.skipped)

    @property
    def exit_code(self) -> ExitCode:
        """11 while something could not be read, else 10 while something stops it (contract)."""
        if self.unread:
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS_OPEN if self.blocked else ExitCode.DONE


def guard_for(case: Case | None, *, named: Sequence[TeamRule] = (), cache: str | None = None) -> Guard:
    """What a run goes by: rules, roster and decisions of the case, and rules that were named. Raises UsageError."""
    return guard_of(case, cache, named)


def guard_staged(layout: SourceLayout, guard: Guard, progress: Progress, *, index: Path | None = None) -> Guarded:
    """What is staged and differs from HEAD. `index` is the file that git works with, where it is not the usual one."""
    file = index or layout.git_dir / "index"
    return _guarded(layout, guard, progress, lambda view: staged_additions(view, layout, file))


def guard_message(layout: SourceLayout, guard: Guard, progress: Progress, *, message: bytes, edited: bool) -> Guarded:
    """A message that is about to be committed; see `message_in` for `edited`."""

    def added(_view: ObjectView) -> Additions:
        additions = Additions()
        additions.add_message(message_in(message, edited=edited))
        return additions

    return _guarded(layout, guard, progress, added)


def guard_push(layout: SourceLayout, guard: Guard, progress: Progress, *, lines: bytes, remote: str) -> Guarded:
    """What a push would add to the remote. `lines` are what git says to a pre-push hook. Raises UsageError."""
    updates = parse_updates(lines)
    return _guarded(layout, guard, progress, lambda view: pushed_additions(view, layout, updates, remote))


def guard_unmerged(layout: SourceLayout, guard: Guard, progress: Progress) -> Guarded:
    """Everything that HEAD reaches and the default branch of the remote does not."""
    beyond: list[str] = []

    def added(view: ObjectView) -> Additions:
        additions, branch = unmerged_additions(view, layout)
        beyond.append(branch)
        return additions

    return replace(_guarded(layout, guard, progress, added), beyond="".join(beyond))


def _guarded(
    layout: SourceLayout, guard: Guard, progress: Progress, added: Callable[[ObjectView], Additions]
) -> Guarded:
    with TemporaryDirectory(prefix="opensafe-") as folder:
        view = open_view(layout, Path(folder) / "view")
        scanned = scan_additions(view, added(view), guard.settings, progress)
    blocked = tuple(without_numbers(finding) for finding in blocking(scanned.findings, guard.taken))
    skipped = tuple(settle_skip(skip, guard.taken.get(skip.id, ())) for skip in scanned.coverage.skipped)
    findings = [settle(finding, guard.taken.get(finding.id, ())) for finding in scanned.findings]
    return Guarded(
        findings=tuple(map(without_numbers, findings)),
        coverage=replace(scanned.coverage, skipped=skipped),
        place_states=place_states(findings, guard.taken),
        blocked=blocked,
        remedies=_remedies(blocked, guard.settings.context.rules),
    )


def _remedies(findings: Sequence[Finding], rules: tuple[TeamRule, ...]) -> dict[FindingId, str]:
    cards = cards_by_id(rules) if findings else {}
    return {f.id: cards[f.detector].remedy for f in findings if f.detector in cards}

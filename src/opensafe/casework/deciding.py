"""What is decided about what, and which decisions can be taken: the same for every way in which people decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casework.permissions import require_permission
from opensafe.casework.readiness import profile_of
from opensafe.errors import UsageError
from opensafe.model.decision import Action
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Form
from opensafe.model.fitting import fitting_actions
from opensafe.model.permission import NO_PERMISSION, Permission
from opensafe.model.same_person import is_name, same_person
from opensafe.model.second_person import TwoPeople, asks_second
from opensafe.model.skip import Skip
from opensafe.model.subject import Subject
from opensafe.model.text import counted_together

_SKIP_ACTIONS = frozenset({Action.ACCEPT, Action.REMOVE_FILE})
NEEDS_REASON = frozenset({Action.KEEP, Action.NOT_A_FINDING, Action.ACCEPT})

_PLAIN = expression(r"[^\W_](?:[\w .@+/-]{0,198}[\w.+/-])?")
"""Text that ends no string, opens no markup and separates no columns, whatever file it comes to stand in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided, by whom, why, and how narrowly."""

    action: Action | None
    by: str
    reason: str = ""
    to: str = ""
    path: str = ""
    expires: date | None = None
    second: str = ""
    without_second: str = ""
    undo: bool = False
    permission: Permission = NO_PERMISSION


@dataclass(frozen=True, slots=True)
class Decided:
    """Which findings and skips a decision is about."""

    findings: tuple[Subject, ...]
    skips: tuple[Skip, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return (*(finding.id for finding in self.findings), *(skip.id for skip in self.skips))

    @property
    def counted(self) -> str:
        return counted_together({"finding": len(self.findings), "skip": len(self.skips)})


@dataclass(frozen=True, slots=True)
class Ruling:
    """One verdict about some subjects: several are written together or not at all."""

    subjects: Decided
    verdict: Verdict


def together(rulings: Sequence[Ruling]) -> Decided:
    """The subjects of all rulings."""
    return Decided(
        tuple(finding for ruling in rulings for finding in ruling.subjects.findings),
        tuple(skip for ruling in rulings for skip in ruling.subjects.skips),
    )


def check(case: Case, rulings: Sequence[Ruling]) -> Decided:
    """All subjects together. Raises UsageError for the first ruling that cannot be taken."""
    subjects = together(rulings)
    if not subjects.ids:
        raise UsageError("nothing was chosen to decide about", remedy="opensafe findings lists the ids and filters")
    demands, today = profile_of(case).second_person, case.today
    for ruling in rulings:
        check_ruling(ruling, demands, today)
    return subjects


def check_ruling(ruling: Ruling, demands: Sequence[TwoPeople], today: date) -> None:
    """Raises UsageError where it cannot be taken; `demands` are the profile's. The remedy names the option."""
    _check(ruling.subjects, ruling.verdict, today)
    _check_second(ruling, demands)


def _check_second(ruling: Ruling, demands: Sequence[TwoPeople]) -> None:
    verdict = ruling.verdict
    if verdict.second and not is_name(verdict.second):
        raise UsageError("the second person needs a name", remedy="--second NAME")
    if verdict.second and same_person(verdict.second, verdict.by):
        raise UsageError("the second person is the first one", remedy="--second NAME names somebody else")
    if not verdict.without_second:
        return
    if verdict.second:
        raise UsageError("--second and --without-second say the opposite", remedy="give one of them")
    if not any(asks_second(demands, finding, verdict.action) for finding in ruling.subjects.findings):
        raise UsageError("no second person is asked for here", remedy="leave --without-second out")


def _check(subjects: Decided, verdict: Verdict, today: date) -> None:
    if not is_name(verdict.by):
        raise UsageError("a decision needs the name of a person", remedy="add --by NAME")
    if verdict.undo:
        return
    if verdict.action is None:
        raise UsageError("a decision needs an action", remedy="add --action redact|remove-file|keep|… or --undo")
    if verdict.expires is not None and verdict.expires < today:
        raise UsageError("the decision would have run out already", remedy="--expires takes the last day of it")
    if verdict.action in NEEDS_REASON and not verdict.reason.strip():
        raise UsageError(f"--action {verdict.action} needs a reason for the record", remedy="add --reason TEXT")
    if verdict.to and not _PLAIN.fullmatch(verdict.to):
        raise UsageError(
            "--to may hold letters, digits, spaces and . _ - @ + / only, and begins with a letter or digit:"
            " it is put into code, JSON, YAML, CSV and XML alike",
            remedy="choose a plainer text, or leave --to out for a numbered placeholder",
        )
    if subjects.skips and verdict.action not in _SKIP_ACTIONS:
        raise UsageError(f"{subjects.skips[0].id} is a skip", remedy="skips take --action accept or remove-file")
    require_permission(subjects.findings, verdict.action, verdict.permission)
    for finding in subjects.findings:
        _check_fits(finding, verdict.action)


def _check_fits(finding: Subject, action: Action) -> None:
    """Some actions mean nothing for some findings."""
    if action is Action.ACCEPT:
        raise UsageError(f"{finding.id} is a finding, not a skip", remedy="use --action keep or not-a-finding")
    if action in fitting_actions(finding):
        return
    if action is Action.STRIP_OUTPUTS:
        raise UsageError(
            f"{finding.id} is not a question about the outputs of a notebook",
            remedy="opensafe findings --detector data.notebook-outputs lists those; here use --action redact,"
            " remove-file or keep",
        )
    if finding.form is Form.FILE:
        raise UsageError(
            f"{finding.id} is a question about a whole file",
            remedy="use --action remove-file, keep, or strip-outputs where it is about those of a notebook",
        )
    if finding.category is Category.SETTING and finding.form is Form.OTHER:
        raise UsageError(f"{finding.id} is a setting of the source", remedy="use --action keep with a reason")
    raise UsageError(f"{finding.id} is not a name", remedy="use --action redact")

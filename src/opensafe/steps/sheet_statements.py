"""Takes back sheets with attestations and sign-offs: every row is checked before any of it counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casework.public import open_public
from opensafe.casework.readiness import profile_of
from opensafe.casework.sheet_binding import code_of, present_code, refuse_problems, require_same
from opensafe.casework.sheet_cells import SheetRow, word
from opensafe.casework.sheet_rows import read_sheet
from opensafe.casework.signing_roles import check_role
from opensafe.casework.statements import Said, Signed
from opensafe.casework.typed_texts import TypedTexts
from opensafe.errors import OutOfOrder, UsageError
from opensafe.model.logentry import LogEntry
from opensafe.model.readiness import AnswerValue, Profile, Role
from opensafe.model.sheet import SheetKind
from opensafe.model.signers import refuse_condition
from opensafe.reports.checklist_sheet import ANSWER, EVIDENCE, NAME, ROLE, ROW, SIGNED, YES

_ANSWERS = tuple(answer.value for answer in AnswerValue if answer is not AnswerValue.CANNOT_TELL)
_ROLES = tuple(role.value for role in Role)
# Steps that change what a report says: whoever signs a sheet has not seen what they did after it was made.
_CHANGING = frozenset({"audit", "decide", "rotate", "plan", "rewrite", "verify", "scaffold", "attest", "release"})


def attestations_on(case: Case, file: Path, *, cache: str | None = None) -> list[Said]:
    """Raises OutOfOrder for a sheet of another commit or policy, UsageError naming every cell that will not do."""
    rows = read_sheet(file)
    profile, _ = _require_same(case, rows, SheetKind.ATTEST)
    filled = _filled(rows, (ANSWER, EVIDENCE, NAME, ROLE))
    texts = TypedTexts(case, cache)
    problems: list[str] = []
    said = [_said(row, {r.id for r in profile.rows}, texts, problems) for row in filled]
    for row, one in zip(filled, said, strict=True):
        problems += [] if one is None else list(_refused(case, row, one))
    refuse_problems(problems, len(filled))
    return [one for one in said if one is not None]


def signoffs_on(case: Case, file: Path) -> list[Signed]:
    """As `attestations_on`; and nothing that a report shows may have changed since the sheet was made."""
    rows = read_sheet(file)
    _, seen = _require_same(case, rows, SheetKind.SIGNOFF)
    _refuse_later_steps(case, seen)
    filled = _filled(rows, (SIGNED, NAME))
    problems: list[str] = []
    signed = [_signed(row, seen, problems) for row in filled]
    for row, one in zip(filled, signed, strict=True):
        problems += [] if one is None else list(_refused(case, row, one))
    refuse_problems(problems, len(filled))
    return [one for one in signed if one is not None]


def _refused(case: Case, row: SheetRow, one: Said | Signed) -> Iterator[str]:
    """Why this person may not speak in this role, or not in this way."""
    try:
        check_role(case, open_public(case), one.role, one.by)
    except UsageError as error:
        yield f"row {row.number}, {NAME}: {error.cause}"
    if isinstance(one, Said) and one.answer is AnswerValue.MET:
        try:
            refuse_condition(one.evidence)
        except UsageError as error:
            yield f"row {row.number}, {EVIDENCE}: {error.cause}"


def _require_same(case: Case, rows: Sequence[SheetRow], kind: SheetKind) -> tuple[Profile, LogEntry]:
    code = code_of(rows, kind)
    profile = profile_of(case)
    now = present_code(case, kind, open_public(case).head, profile.digest)
    changes = ["the policy profile has changed"] if code.state != now.state else []
    return profile, require_same(now, code, case.log.entries(), changes)


def _refuse_later_steps(case: Case, seen: LogEntry) -> None:
    later = Counter(e.step for e in case.log.entries() if e.seq > seen.seq and e.step in _CHANGING)
    if later:
        told = ", ".join(f"{count}x {step}" for step, count in sorted(later.items()))
        raise OutOfOrder(
            f"the case has changed since this sheet was made: {told}",
            remedy="whoever signs reads the report of now first: opensafe report, then opensafe signoff --sheet FILE",
        )


def _filled(rows: Sequence[SheetRow], titles: Sequence[str]) -> list[SheetRow]:
    filled = [row for row in rows if any(row.text(title) for title in titles)]
    if not filled:
        raise UsageError("no row of the sheet is filled in", remedy=f"fill in the columns {', '.join(titles)}")
    return filled


def _said(row: SheetRow, known: set[str], texts: TypedTexts, problems: list[str]) -> Said | None:
    answer, role = word(row.text(ANSWER), _ANSWERS), word(row.text(ROLE), _ROLES)
    id_ = word(row.text(ROW), known)
    held = texts.holds(row.text(EVIDENCE))
    wrong = {
        ROW: "" if id_ else "the policy has no such row",
        ANSWER: "" if answer else f"is none of {', '.join(_ANSWERS)}",
        EVIDENCE: f"the text seems to hold {held}" if held else "" if row.text(EVIDENCE) else "is missing",
        NAME: "" if row.text(NAME) else "is missing",
        ROLE: "" if role else f"is none of {', '.join(_ROLES)}",
    }
    problems += [f"row {row.number}, {title}: {what}" for title, what in wrong.items() if what]
    if id_ is None or answer is None or role is None:
        return None
    return Said(id_, AnswerValue(answer), row.text(NAME), Role(role), row.text(EVIDENCE))


def _signed(row: SheetRow, seen: LogEntry, problems: list[str]) -> Signed | None:
    role = word(row.text(ROLE), _ROLES)
    wrong = {
        ROLE: "" if role else f"is none of {', '.join(_ROLES)}",
        SIGNED: "" if word(row.text(SIGNED), (YES, "y", "signed", "x")) else f"says no: write {YES}, or clear the row",
        NAME: "" if row.text(NAME) else "is missing",
    }
    problems += [f"row {row.number}, {title}: {what}" for title, what in wrong.items() if what]
    return None if role is None else Signed(Role(role), row.text(NAME), seen.hash)

"""Sheets for what only people can say: answers to rows of the checklist, and sign-offs."""

from collections.abc import Sequence

from opensafe.model.readiness import Answer, AnswerValue, Checklist, Level, Role
from opensafe.model.sheet import CODE, Column, Sheet, SheetCode

ROW, ANSWER, EVIDENCE, NAME, ROLE, SIGNED = "Row", "Answer", "Evidence", "Name", "Role", "I sign"
YES = "yes"

_ANSWERS = tuple(answer.value for answer in AnswerValue if answer is not AnswerValue.CANNOT_TELL)
_ROLES = tuple(role.value for role in Role)
_UNCHANGED = "Do not change the column Sheet code: it says for which commit, policy and log this is."
_ATTEST_COLUMNS = (
    Column(ROW, 8),
    Column("Statement", 44),
    Column("Level", 14),
    Column("Answer now", 14),
    Column("What was found", 44),
    Column("To do", 40),
    Column(ANSWER, 16, fill=True, options=_ANSWERS),
    Column(EVIDENCE, 44, fill=True),
    Column(NAME, 20, fill=True),
    Column(ROLE, 18, fill=True, options=_ROLES),
    CODE,
)
_ATTEST_GUIDANCE = (
    "Fill in Answer, Evidence, Name and Role for the rows that you can answer. Leave the others empty.",
    "Evidence: what was looked at, by whom, and where that is written down. Put no credential and no patient into it.",
    _UNCHANGED,
    "Send the file back. It is taken with: opensafe attest --from FILE",
)
_SIGN_COLUMNS = (
    Column(ROLE, 20),
    Column("Commit", 44),
    Column("Policy", 20),
    Column("Open rows of the checklist", 44),
    Column(SIGNED, 10, fill=True, options=(YES,)),
    Column(NAME, 24, fill=True),
    CODE,
)
_SIGN_GUIDANCE = (
    "Read the report first. Then write yes and your name into the row of your role.",
    "A sign-off holds for this commit and this policy only. Any change after it asks for a new one.",
    _UNCHANGED,
    "Send the file back. It is taken with: opensafe signoff --from FILE",
)


def attestation_sheet(name: str, checklist: Checklist, code: SheetCode) -> Sheet:
    """Every row of the checklist, the open ones first."""
    listed = sorted(checklist.answers, key=lambda answer: not answer.open)
    rows = tuple((*_attest_row(answer), "", "", "", "", str(code)) for answer in listed)
    return Sheet(f"Attestations for {name}", _ATTEST_GUIDANCE, _ATTEST_COLUMNS, rows)


def _attest_row(answer: Answer) -> tuple[str, ...]:
    level = "mandatory" if answer.row.level is Level.MANDATORY else "best practice"
    state = f"{answer.answer} (stale)" if answer.stale else answer.answer.value
    return answer.row.id, answer.row.statement, level, state, "; ".join(answer.evidence), answer.row.remedy


def signoff_sheet(name: str, checklist: Checklist, missing: Sequence[Role], code: SheetCode) -> Sheet:
    """One row for each role that has yet to sign."""
    waiting = ", ".join(answer.row.id for answer in checklist.open_rows) or "none"
    rows = tuple((role.value, checklist.commit, checklist.profile.id, waiting, "", "", str(code)) for role in missing)
    return Sheet(f"Sign-offs for {name}", _SIGN_GUIDANCE, _SIGN_COLUMNS, rows)

"""The readiness checklist: positive statements, answers, and the gate to a release."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from opensafe.errors import NotReady
from opensafe.model.second_person import TwoPeople
from opensafe.model.text import counted


class Level(StrEnum):
    MANDATORY = "mandatory"
    BEST_PRACTICE = "best-practice"


class AnswerValue(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    CANNOT_TELL = "cannot-tell"
    NOT_APPLICABLE = "not-applicable"


class How(StrEnum):
    """How an answer was established."""

    AUTOMATIC = "automatic"
    EVIDENCE = "evidence"  # gathered by opensafe, confirmed by a person
    ATTESTED = "attested"


class Role(StrEnum):
    """Roles of the policy (v1.0, section 4 f) and those that organisations add."""

    POINT_OF_CONTACT = "point-of-contact"
    LEAD_DEVELOPER = "lead-developer"
    MAINTAINER = "maintainer"
    IG_LEAD = "ig-lead"
    COMMUNITY_LEAD = "community-lead"
    CALDICOTT_GUARDIAN = "caldicott-guardian"
    DPO = "dpo"
    SIRO = "siro"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One row of a policy profile. `check` names the automatic check (empty: only a person can say)."""

    id: str
    statement: str
    level: Level
    how: How
    check: str
    remedy: str
    source: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A policy as data: its rows, the sign-offs that a release needs, and its gates."""

    id: str
    title: str
    source: str
    rows: tuple[ProfileRow, ...]
    signoffs: tuple[Role, ...]
    rotation_blocks_plan: bool
    digest: str
    second_person: tuple[TwoPeople, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an automatic check found: an answer and the evidence, in words without values."""

    answer: AnswerValue
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a person said about one row, for one commit under one profile."""

    row: str
    answer: AnswerValue
    by: str
    role: Role
    on: date
    evidence: str
    commit: str
    profile_digest: str


class Established(StrEnum):
    """How it is known who signed."""

    TYPED = "typed"  # somebody typed the name
    SHEET = "sheet"  # a sheet that was filled in elsewhere came back
    SSH_SIGNED = "ssh-signed"  # the log was signed with a key


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person signs in a role, for one commit, having seen the log up to `log_head`."""

    role: Role
    by: str
    on: date
    commit: str
    profile_digest: str
    log_head: str
    established: Established = Established.TYPED


@dataclass(frozen=True, slots=True)
class Answer:
    """One row as answered now. A stale answer was given for another commit or profile and does not count."""

    row: ProfileRow
    answer: AnswerValue
    how: How
    evidence: tuple[str, ...]
    stale: bool = False

    @property
    def open(self) -> bool:
        settled = self.answer in {AnswerValue.MET, AnswerValue.NOT_APPLICABLE}
        return self.row.level is Level.MANDATORY and (self.stale or not settled)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every row with its answer, for one commit."""

    profile: Profile
    commit: str
    answers: tuple[Answer, ...]

    @property
    def open_rows(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.open)

    @property
    def ready(self) -> bool:
        return not self.open_rows


@dataclass(frozen=True, slots=True)
class ReadyRepository:
    """A repository that may be tagged. Made only by `establish`."""

    commit: str
    checklist: Checklist
    signoffs: tuple[SignOff, ...] = field(default=())

    @classmethod
    def establish(
        cls,
        *,
        commit: str,
        checklist: Checklist,
        signoffs: Sequence[SignOff],
        unrotated: int,
        proven_commit: str,
        forbidden: Sequence[str] = (),
    ) -> "ReadyRepository":
        """Raises NotReady naming everything that is missing, in one message.

        `forbidden` says what an openness category keeps back (policy v1.0, section 3): one sentence each.
        """
        missing: list[str] = []
        if proven_commit != commit:
            missing.append("the proof does not cover this commit (opensafe verify)")
        if checklist.commit != commit:
            missing.append("the checklist was made for another commit (opensafe check)")
        missing += [f"row {answer.row.id}: {answer.row.statement}" for answer in checklist.open_rows]
        if unrotated:
            missing.append(f"{counted(unrotated, 'credential')} not rotated (opensafe rotate list)")
        missing += [f"not to be published yet: {sentence} (opensafe category list)" for sentence in forbidden]
        valid = [s for s in signoffs if s.commit == commit and s.profile_digest == checklist.profile.digest]
        signed = {signoff.role for signoff in valid}
        missing += [f"sign-off of the {role}" for role in checklist.profile.signoffs if role not in signed]
        if missing:
            raise NotReady(
                "not ready to release:\n  - " + "\n  - ".join(missing),
                remedy="opensafe check shows each open row; opensafe attest, signoff and rotate record settle them",
            )
        return cls(commit, checklist, tuple(valid))

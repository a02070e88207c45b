"""How decisions, rotations, attestations and sign-offs are written as JSON, and read back."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from opensafe.casefile.canonical import Json
from opensafe.casefile.ledger import Ledger
from opensafe.model.decision import Action, Decision
from opensafe.model.identifiers import FindingId
from opensafe.model.readiness import AnswerValue, Attestation, Role, SignOff
from opensafe.model.rotation import Rotation, RotationState

Word = TypeVar("Word", bound=StrEnum)
Record = Decision | Rotation | Attestation | SignOff


def decision_ledger(path: Path) -> Ledger[Decision]:
    return Ledger(path, encode, _decision)


def rotation_ledger(path: Path) -> Ledger[Rotation]:
    return Ledger(path, encode, _rotation)


def attestation_ledger(path: Path) -> Ledger[Attestation]:
    return Ledger(path, encode, _attestation)


def signoff_ledger(path: Path) -> Ledger[SignOff]:
    return Ledger(path, encode, _signoff)


def encode(record: Record) -> Mapping[str, Json]:
    """Every field by its name: dates in ISO 8601, words as themselves."""
    return {item.name: _plain(getattr(record, item.name)) for item in fields(record)}


def _plain(value: Any) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


class _Fields:
    """Takes the fields of a record out of a JSON object, each with its type. Raises ValueError naming the field."""

    def __init__(self, found: Mapping[str, object], kind: type[Record]) -> None:
        # A line that was written before a field was thought of lacks it: the field has its default.
        defaults = {item.name: item.default for item in fields(kind) if item.default is not MISSING}
        if (found.keys() | defaults.keys()) != (names := {item.name for item in fields(kind)}):
            raise ValueError(f"a {kind.__name__.lower()} has the fields {', '.join(sorted(names))}")
        self._found = {**defaults, **found}

    def text(self, name: str) -> str:
        value = self._found[name]
        if not isinstance(value, str):
            raise ValueError(f'"{name}" is not a text')  # noqa: TRY004 - what a decoder raises is ValueError
        return value

    def flag(self, name: str) -> bool:
        value = self._found[name]
        if not isinstance(value, bool):
            raise ValueError(f'"{name}" is not true or false')  # noqa: TRY004 - as above
        return value

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise ValueError(f'"{name}" is not a date') from None

    def day_or_none(self, name: str) -> date | None:
        return None if self._found[name] is None else self.day(name)

    def word(self, name: str, words: type[Word]) -> Word:
        try:
            return words(self.text(name))
        except ValueError:
            raise ValueError(f'"{name}" is not one of {", ".join(words)}') from None

    def word_or_none(self, name: str, words: type[Word]) -> Word | None:
        return None if self._found[name] is None else self.word(name, words)


def _decision(found: Mapping[str, object]) -> Decision:
    take = _Fields(found, Decision)
    return Decision(
        subject=take.text("subject"),
        action=take.word_or_none("action", Action),
        by=take.text("by"),
        on=take.day("on"),
        reason=take.text("reason"),
        to=take.text("to"),
        path=take.text("path"),
        expires=take.day_or_none("expires"),
        second=take.text("second"),
        undo=take.flag("undo"),
    )


def _rotation(found: Mapping[str, object]) -> Rotation:
    take = _Fields(found, Rotation)
    return Rotation(
        finding=FindingId(take.text("finding")),
        state=take.word("state", RotationState),
        owner=take.text("owner"),
        on=take.day("on"),
        by=take.text("by"),
        evidence=take.text("evidence"),
        second=take.text("second"),
    )


def _attestation(found: Mapping[str, object]) -> Attestation:
    take = _Fields(found, Attestation)
    return Attestation(
        row=take.text("row"),
        answer=take.word("answer", AnswerValue),
        by=take.text("by"),
        role=take.word("role", Role),
        on=take.day("on"),
        evidence=take.text("evidence"),
        commit=take.text("commit"),
        profile_digest=take.text("profile_digest"),
    )


def _signoff(found: Mapping[str, object]) -> SignOff:
    take = _Fields(found, SignOff)
    return SignOff(
        role=take.word("role", Role),
        by=take.text("by"),
        on=take.day("on"),
        commit=take.text("commit"),
        profile_digest=take.text("profile_digest"),
        log_head=take.text("log_head"),
    )

"""A sheet that is filled in elsewhere and taken back: what stands on it, and what state of the case it belongs to."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.expressions import expression

_SHORT = 16  # hexadecimal digits of each digest: 64 bits, which nobody meets by accident
_CODE = expression(r"opensafe (?P<kind>[a-z]{1,10}) (?P<commit>[0-9a-f-]{1,16}) (?P<state>\w{1,16}) (?P<log>\w{1,16})")


class SheetKind(StrEnum):
    DECIDE = "decide"
    ATTEST = "attest"
    SIGNOFF = "signoff"


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What binds each row to a state of the case: it stands in the row itself, so that rows may be sorted and deleted.

    `commit` is the one that was audited, or that would be published; `state` a digest of what was asked about (the
    audit, or the profile); `log` the head of the log, as the report of that moment shows it. Each is cut to 16 digits.
    """

    kind: SheetKind
    commit: str
    state: str
    log: str

    @classmethod
    def of(cls, kind: SheetKind, commit: str | None, state: str, log: str) -> "SheetCode":
        return cls(kind, (commit or "-")[:_SHORT], state[:_SHORT], log[:_SHORT])

    @classmethod
    def parse(cls, text: str) -> "SheetCode | None":
        """`None` for what is no code. Spreadsheets may change the case and the spaces."""
        match = _CODE.fullmatch(" ".join(text.lower().split()))
        if match is None or match["kind"] not in set(SheetKind):
            return None
        return cls(SheetKind(match["kind"]), match["commit"], match["state"], match["log"])

    def __str__(self) -> str:
        return f"opensafe {self.kind} {self.commit} {self.state} {self.log}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. What is to be filled in may have `options`; `width` is in characters, for a spreadsheet."""

    title: str
    width: int = 14
    fill: bool = False
    options: tuple[str, ...] = ()


CODE = Column("Sheet code", 12)
"""The last column of every sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` have a text for each column, the code in the last one. `guidance` tells how to fill it in."""

    title: str
    guidance: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

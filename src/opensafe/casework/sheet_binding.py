"""Which state of the case a sheet belongs to, and what has changed since it was made."""

from collections.abc import Sequence

from opensafe.casefile.folder import Case
from opensafe.casework.sheet_cells import SheetRow
from opensafe.errors import OutOfOrder, UsageError
from opensafe.model.logentry import LogEntry
from opensafe.model.sheet import CODE, SheetCode, SheetKind
from opensafe.model.text import counted


def code_of(rows: Sequence[SheetRow], kind: SheetKind) -> SheetCode:
    """The one code of all rows. Raises UsageError naming the first row that has none, or another."""
    found: SheetCode | None = None
    for row in rows:
        code = SheetCode.parse(row.text(CODE.title))
        if code is None:
            raise UsageError(
                f"row {row.number}, {CODE.title}: this is not what opensafe wrote there",
                remedy="copy the code from another row of the same sheet, or fill in a new sheet",
            )
        if found is not None and code != found:
            raise UsageError(f"row {row.number} comes from another sheet", remedy="take each sheet back by itself")
        found = code
    if found is None:
        raise UsageError("the sheet has no rows", remedy="fill in a sheet that opensafe wrote")
    if found.kind is not kind:
        raise UsageError(f"this sheet is for opensafe {found.kind}", remedy=f"opensafe {found.kind} --from FILE")
    return found


def require_columns(rows: Sequence[SheetRow], titles: Sequence[str]) -> None:
    """Raises UsageError naming what was cut off: what stood there tells whether something changed since."""
    lost = [title for title in titles if not any(title.casefold() in row.cells for row in rows)]
    if lost:
        columns = "column" if len(lost) == 1 else "columns"
        raise UsageError(
            f"the sheet has lost the {columns} {', '.join(lost)}",
            remedy="put it back as it was, or fill in a new sheet; columns may change places",
        )


def require_same(now: SheetCode, code: SheetCode, entries: Sequence[LogEntry], changes: Sequence[str] = ()) -> LogEntry:
    """The entry of the log that was the last one when the sheet was made.

    Raises OutOfOrder saying what has changed since. `changes` are what the caller knows beyond the code.
    """
    told = [] if code.commit == now.commit else [f"it was made for commit {code.commit}, now it is {now.commit}"]
    seen = next((entry for entry in entries if entry.hash.startswith(code.log)), None)
    if seen is None:
        told.append("the log of this case has no such entry: it is a sheet of another case, or the log was cut")
    told += changes
    if not told and code.state != now.state:
        told.append("what it asks about has changed")
    if told or seen is None:
        raise OutOfOrder(
            "this sheet belongs to another state of the case: " + "; ".join(told),
            remedy=f"make a new one: opensafe {code.kind} --sheet FILE",
        )
    return seen


def present_code(case: Case, kind: SheetKind, commit: str | None, state: str) -> SheetCode:
    return SheetCode.of(kind, commit, state, case.log.head())


def refuse_problems(problems: Sequence[str], count: int) -> None:
    """Raises UsageError naming every problem of a sheet: nothing of it is taken."""
    if not problems:
        return
    raise UsageError(
        f"{counted(len(problems), 'problem')} in {counted(count, 'row')}; nothing was taken:\n  - "
        + "\n  - ".join(problems),
        remedy="correct these cells and take the sheet back again",
    )

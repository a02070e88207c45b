"""Printable work sheets: for each owner the credentials to rotate, with the steps of their playbooks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from opensafe.casefile.credentials import credential_rows
from opensafe.casefile.disk import write_whole
from opensafe.casefile.folder import Case
from opensafe.casefile.rotations import latest, unrotated
from opensafe.casework.exposures import exposures
from opensafe.casework.read_only import hand_out, require_place
from opensafe.casework.rotation_playbooks import playbook_for
from opensafe.errors import UsageError
from opensafe.model.finding import Finding
from opensafe.model.text import counted
from opensafe.model.worksheet import OwnersSheet, Task, WorkSheets
from opensafe.reports.rotation_table import RotationRow, rotation_rows
from opensafe.reports.worksheet import worksheet
from opensafe.version import VERSION

_PRINTED = 200  # credentials of one owner: each takes most of a page
_PLACES = 5  # of one credential: whoever rotates it needs to know where it is used, not each version


@dataclass(frozen=True, slots=True)
class Printed:
    """Where the sheets lie. They are `recorded` in the log of the case, unless that can only be read here."""

    file: Path
    recorded: bool


def write_sheets(case: Case, *, owner: str | None = None, output: Path | None = None, by: str = "") -> Printed:
    """The sheets of all owners, or of one (empty: of what nobody owns yet), into `output` or the case's reports.

    Raises UsageError where that owner has nothing to rotate, or OutOfOrder before the first audit.
    """
    require_place(case, output, what="a work sheet", remedy="opensafe rotate sheet --output FILE")
    moment = datetime.now(UTC)
    sheets = _sheets(case, case.today)
    chosen = tuple(sheet for sheet in sheets if owner is None or sheet.owner.casefold() == owner.casefold())
    if owner is not None and not chosen:
        raise UsageError(
            f"{owner or 'nobody'} has no credential to rotate",
            remedy=f"owners are: {', '.join(sheet.owner or 'nobody yet' for sheet in sheets) or 'none'}",
        )
    made = moment.isoformat(timespec="seconds")
    config = case.config
    text = worksheet(WorkSheets(config.name, config.organisation, made, VERSION, case.log.head(), chosen))
    file = output or case.reports / f"{config.name}-rotation-{moment.strftime('%Y%m%dT%H%M%SZ')}.html"

    def write() -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode())

    def record() -> None:
        what = f"Printed {counted(len(chosen), 'work sheet')}"
        case.log.append("rotate", what, by=by, details={"credentials": sum(len(s.tasks) for s in chosen)})

    return Printed(file, hand_out(case, "rotate sheet", write, record))


def _sheets(case: Case, today: date) -> tuple[OwnersSheet, ...]:
    """Owners by name, those without one last."""
    lines = latest(case)
    waiting = unrotated(credential_rows(case, today), lines, today)
    known = exposures(case, waiting, today)
    held = [line for line in lines.values() if line.finding in known]
    by_owner: dict[str, list[RotationRow]] = {}
    for row in rotation_rows(held, waiting, today, known):
        by_owner.setdefault(row.rotation.owner if row.rotation else "", []).append(row)
    return tuple(_sheet(case, owner, by_owner[owner]) for owner in sorted(by_owner, key=lambda o: (not o, o)))


def _sheet(case: Case, owner: str, rows: Sequence[RotationRow]) -> OwnersSheet:
    """The first of the owner's credentials, each with its places: those of the others are not read."""
    printed = rows[:_PRINTED]
    places = case.index.places_of(row.id for row in printed)
    found = case.index.among(row.id for row in printed)
    tasks = (_task(replace(each, places=places[each.id]), row) for each, row in zip(found, printed, strict=True))
    return OwnersSheet(owner, tuple(tasks), len(rows) - len(printed))


def _task(finding: Finding, row: RotationRow) -> Task:
    book = playbook_for(finding, finding.places)
    shortened = replace(finding, places=finding.places[:_PLACES])
    return Task(shortened, row.rotation, row.exposure, book.title, book.sections)
